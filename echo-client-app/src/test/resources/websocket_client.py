"""A WebSocket client of the websockets package; says ok if every message came back."""

import asyncio
import sys

import websockets

MESSAGES = ["hi", b"\x00\xff", "", b"", "\u00e9" * 1000, bytes(300), bytes(70000), bytes(5_000_000)]


async def main(url):
    async with websockets.connect(url, max_size=None) as socket:
        for message in MESSAGES:
            await socket.send(message)
            assert await socket.recv() == message, (type(message), len(message))
        await socket.send(["a", "b", "\u00e9"])
        assert await socket.recv() == "ab\u00e9"
        await (await socket.ping(b"abc"))
        await socket.close(4001, "done")
        assert socket.close_code == 4001, socket.close_code
    print("ok")


asyncio.run(main(sys.argv[1]))
