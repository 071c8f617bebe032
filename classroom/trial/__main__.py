"""``python -m classroom.trial``. Exit status: 1 if an attendee did not finish, 2 if it cannot be tried here."""

import argparse
import asyncio
import os
import signal
import sys

from classroom import commands, limits
from classroom.trial import memory, report
from classroom.trial.attendee import LABS, Attendee, Played
from classroom.trial.room import Room, opened


def main(arguments: list[str]) -> int:
    """Let one attendee play, then all at once; print both."""
    options = parser().parse_args(arguments)
    if reason := commands.can_be_here():
        print(reason, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # and what was made is removed
    print(f"labs {options.labs}, {options.think:g} s to think between cells, engine: {options.engine}", flush=True)
    names = [f"trial-{number:02}" for number in range(1, options.attendees + 1)]
    with opened(names, options.port, engine=options.engine) as room:
        labs = tuple(lab for lab in LABS if lab[:2] in options.labs.split())
        play(room, names[:1], labs[:1], 0)  # what the first one waits for is loaded then
        alone, _ = play(room, names[:1], labs, 0)  # without a pause: the least that a cell takes
        print(report.fared("alone", alone), f"; load {os.getloadavg()[0]:.1f}", sep="", flush=True)
        together, looks = play(room, names, labs, options.think)
        print(report.fared(f"{len(names)} at once", together), f"; load {os.getloadavg()[0]:.1f}", sep="")
        print(report.compared(alone, together))
        print(report.memory_table(looks))
    failures = [one.failure for one in alone + together if one.failure]
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(prog="python -m classroom.trial", description=__doc__)
    parser.add_argument("--attendees", type=int, default=20)
    parser.add_argument("--think", type=float, default=15, help="mean seconds between two cells (15); 0 for none")
    parser.add_argument("--engine", choices=("own", "shared"), default="own")
    parser.add_argument("--labs", default="00 01 02 03", help="numbers (00 01 02 03)")
    parser.add_argument("--port", type=int, default=8600, help="the first of four that are free (8600)")
    return parser


def play(room: Room, names: list[str], labs: tuple[str, ...], think: float) -> tuple[list[Played], list[memory.Look]]:
    """Let these attendees play at once, with new servers; return how they fared, and the memory that was seen."""
    for name in names:
        room.call("POST", f"/hub/api/users/{name}")  # has the user made
    url = f"http://127.0.0.1:{room.port}"
    attendees = [Attendee(name, url, room.token, think, labs) for name in names]
    with memory.Watch(room, names) as watch:
        played = asyncio.run(_all(attendees))
    for one in played:
        one.processor = limits.used(one.name)
        room.call("DELETE", f"/hub/api/users/{one.name}/server")
    for name in names:
        room.stop(name)
    return played, watch.looks


async def _all(attendees: list[Attendee]) -> list[Played]:
    return await asyncio.gather(*(one.play() for one in attendees))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
