"""Memory of attendees: proportional set sizes (PSS), which share what processes have in common among them."""

import contextlib
import json
import re
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import psutil

from classroom.trial.room import Room

PARTS = ("server", "kernels", "engine", "functions")
SECONDS = 10  # between two looks: each takes some milliseconds a process


@dataclass(frozen=True)
class Look:
    """PSS in bytes: of each attendee's parts, by name; of what all share, `hub` (with the proxy) and `engine`."""

    attendees: dict[str, Counter[str]]
    shared: Counter[str]


def part(command: str) -> str:
    """Which part a process belongs to, by its command line. What a cell starts counts as the kernels'."""
    for name, sign in (("server", r"-m classroom\.server"), ("engine", r"-m helpers\.engine")):
        if re.search(sign, command):
            return name
    return "functions" if re.search(r"/var/(lang|runtime|task|rapid)|/rapid/|/sandbox/", command) else "kernels"


def pss(pid: int) -> int:
    """The PSS of a process in bytes; 0 if it has ended."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as file:
        found = re.search(r"^Pss: +(\d+) kB", file.read(), re.MULTILINE)
        return 1024 * int(found[1]) if found else 0
    return 0


def look(room: Room, users: dict[int, str]) -> Look:
    """Look once. `users`: the names of attendees by their user ids."""
    attendees: dict[str, Counter[str]] = {name: Counter() for name in users.values()}
    for process in psutil.process_iter(["uids", "cmdline"]):
        uids = process.info["uids"]
        if uids and uids.real in users:
            attendees[users[uids.real]][part(" ".join(process.info["cmdline"] or []))] += pss(process.pid)
    engine = _shared_engine(room)
    hub = {pid for pid, uid in _tree(room.hub).items() if uid == 0} - set(engine)
    return Look(attendees, Counter({"hub": sum(map(pss, hub)), "engine": sum(map(pss, engine))}))


def _tree(pid: int) -> dict[int, int]:
    """Return {process id: user id} of a process and of all that it started."""
    found: dict[int, int] = {}
    with contextlib.suppress(psutil.Error):
        top = psutil.Process(pid)
        for one in (top, *top.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                found[one.pid] = one.uids().real
    return found


def _shared_engine(room: Room) -> dict[int, int]:
    with contextlib.suppress(OSError, ValueError):
        return _tree(json.loads((room.state / "hub" / "engine" / "engine.json").read_text())["pid"])
    return {}


class Watch:
    """Looks every ten seconds while the block runs; `looks` has what was seen."""

    def __init__(self, room: Room, names: Iterable[str]):
        self.room, self.users = room, {room.uid(name): name for name in names}
        self.looks: list[Look] = []
        self._stop, self._thread = threading.Event(), threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._stop.wait(SECONDS):
            self.looks.append(look(self.room, self.users))

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
