"""In which order greenlets run, as JSON; run by the engine's Python: see test_greenlets.py."""

import asyncio
import json
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from helpers.engine.execution import waiting
from helpers.engine.server.front.greenlets import Greenlets
from helpers.engine.server.front.workers import Workers


async def main():
    greenlets, said, done = Greenlets(asyncio.get_running_loop(), Workers(1)), [], asyncio.Event()
    pairs = [socket.socketpair() for _ in range(3)]

    def serve(number, ours, theirs):
        said.append(f"{number} begins")
        theirs.send(b"x")  # what it waits for is there at once
        waiting.loop.get().until_ready(ours.fileno(), False, 10)
        said.append(f"{number} ends")
        if number == 2:
            done.set()

    for number, (ours, theirs) in enumerate(pairs):
        greenlets.run(lambda number=number, ours=ours, theirs=theirs: serve(number, ours, theirs))
    said.append("all are known")
    await done.wait()
    return said


print(json.dumps(asyncio.run(main())))
