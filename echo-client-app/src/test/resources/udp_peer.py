"""A plain UDP echo. After the word, what it does to which datagram, counted from 0.

udp_peer.py              returns all
udp_peer.py drop 3 7     does not return those
udp_peer.py double 3 7   returns those twice
udp_peer.py swap 3 7     returns each of those behind the next one
"""

import socket
import sys

word = sys.argv[1] if len(sys.argv) > 1 else ""
chosen = {int(number) for number in sys.argv[2:]}
held = None

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
    peer.bind(("127.0.0.1", 0))
    print(peer.getsockname()[1], flush=True)
    count = 0
    while True:
        data, source = peer.recvfrom(65536)
        hit = count in chosen
        count += 1
        if hit and word == "drop":
            continue
        if hit and word == "swap":
            held = data
            continue
        peer.sendto(data, source)
        if hit and word == "double":
            peer.sendto(data, source)
        if held is not None:
            peer.sendto(held, source)
            held = None
