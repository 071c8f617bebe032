"""What greenlets do and what the loop watches for them, as JSON; run by the engine's Python: see test_greenlets.py."""

import asyncio
import json
import os
import selectors
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from helpers.engine.execution import waiting
from helpers.engine.server.front.greenlets import Greenlets
from helpers.engine.server.front.workers import Workers


async def order():
    greenlets, said, done = Greenlets(asyncio.get_running_loop(), Workers(1)), [], asyncio.Event()
    pairs = [socket.socketpair() for _ in range(3)]

    def serve(number, ours, theirs):
        said.append(f"{number} begins")
        theirs.send(b"x")  # what it waits for is there at once
        waiting.loop.get().until_ready(ours.fileno(), 10)
        said.append(f"{number} ends")
        if number == 2:
            done.set()

    for number, (ours, theirs) in enumerate(pairs):
        greenlets.run(lambda number=number, ours=ours, theirs=theirs: serve(number, ours, theirs))
    said.append("all are known")
    await done.wait()
    return said


async def watched():
    """What the loop watches while a greenlet works, waits in a thread, has closed its selector, has ended."""
    greenlets, said, done = Greenlets(asyncio.get_running_loop(), Workers(1)), {}, asyncio.Event()

    def is_watched(descriptor):
        return descriptor in asyncio.get_running_loop()._selector.get_map()

    def closes(then):
        ours, theirs = socket.socketpair()
        selector = selectors.DefaultSelector()
        selector.register(ours, selectors.EVENT_READ)
        theirs.send(b"x")
        waiting.select(selector, 10)
        number = selector.fileno()
        said["while it works"] = is_watched(number)
        waiting.aside(lambda: time.sleep(0.02))
        said["after what took long, being ready"] = is_watched(number)
        waiting.select(selector, 10)
        said["when it waits again"] = is_watched(number)
        waiting.close(selector)
        said["when it is closed"] = is_watched(number)
        then(number)

    def ends(number):
        other, far = socket.socketpair()
        again = other if other.fileno() == number else socket.socket(fileno=os.dup2(other.fileno(), number))
        far.send(b"x")
        waiting.loop.get().until_ready(again.fileno(), 10)
        said["another of its number"] = is_watched(number)
        asyncio.get_running_loop().call_soon(lambda: (said.update({"at the end": is_watched(number)}), done.set()))

    greenlets.run(lambda: closes(ends))
    await asyncio.wait_for(done.wait(), 20)
    return said


print(json.dumps([asyncio.run(order()), asyncio.run(watched())]))
