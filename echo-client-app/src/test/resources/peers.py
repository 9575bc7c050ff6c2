"""Peers for tests: an echo over a select loop, as it is or with one fault.

usage: peers.py KIND [OFFSET]

echo          returns every byte
flip N        inverts one bit of the byte at offset N of each connection
drop N        leaves out the byte at offset N
repeat N      returns the byte at offset N twice
close N       finishes after N bytes
silent        reads and answers nothing
extra         returns every byte, and one more at the end
greet         says what a mail server says, and no more
turns         flips for the first connection, is silent for the others
third N       returns every byte, but holds all up for N ms when the third connection sends
"""

import select
import socket
import sys
import time

KIND = sys.argv[1]
AT = int(sys.argv[2]) if len(sys.argv) > 2 else 0


class Peer:
    def __init__(self, sock, index):
        self.sock = sock
        self.kind = KIND
        if KIND == "turns":
            self.kind = "flip" if index == 0 else "silent"
        if KIND == "third":
            self.kind = "slow" if index == 2 else "echo"
        self.seen = 0
        self.out = bytearray(b"220 mail\r\n" if KIND == "greet" else b"")
        self.ended = False

    def take(self, data):
        start = self.seen
        self.seen += len(data)
        if self.kind in ("silent", "greet"):
            return
        if self.kind == "slow":
            time.sleep(AT / 1000)
        if self.kind in ("flip", "drop", "repeat") and start <= AT < self.seen:
            i = AT - start
            byte = data[i : i + 1]
            new = {"flip": bytes([byte[0] ^ 1]), "drop": b"", "repeat": byte * 2}
            data = data[:i] + new[self.kind] + data[i + 1 :]
        if self.kind == "close" and self.seen >= AT:
            data = data[: AT - start]
            self.ended = True
        self.out += data

    def end(self):
        self.ended = True
        if self.kind == "extra":
            self.out += b"!"


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    print(listener.getsockname()[1], flush=True)
    peers = {}
    count = 0
    while True:
        readers = [listener] + [s for s, p in peers.items() if not p.ended and len(p.out) < 1 << 20]
        writers = [s for s, p in peers.items() if p.out]
        readable, writable, _ = select.select(readers, writers, [])
        for sock in readable:
            if sock is listener:
                accepted, _ = listener.accept()
                accepted.setblocking(False)
                peers[accepted] = Peer(accepted, count)
                count += 1
                continue
            try:
                data = sock.recv(65536)
            except OSError:
                data = b""
            if data:
                peers[sock].take(data)
            else:
                peers[sock].end()
        for sock in writable:
            try:
                del peers[sock].out[: sock.send(peers[sock].out)]
            except OSError:
                peers[sock].out.clear()
                peers[sock].ended = True
        for sock in [s for s, p in peers.items() if p.ended and not p.out]:
            del peers[sock]
            sock.close()


main()
