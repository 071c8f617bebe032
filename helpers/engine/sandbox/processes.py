"""The process table, read from `/proc` (Linux) or `ps` (elsewhere)."""

from __future__ import annotations

import os
import signal
import subprocess

PAGE = os.sysconf("SC_PAGE_SIZE")
HAS_PROC = os.path.exists("/proc/self/stat")


def parents() -> dict[int, int]:
    """Every process id, and the id of its parent."""
    if not HAS_PROC:
        listing = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True).stdout
        return {int(pid): int(parent) for pid, parent in map(str.split, listing.splitlines())}
    table = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (parent := _parent(name)) is not None:
            table[int(name)] = parent
    return table


def _parent(name: str) -> int | None:
    try:
        with open(f"/proc/{name}/stat", "rb") as file:
            # The command, in brackets, may itself hold spaces and brackets: cut after the last one.
            return int(file.read().rpartition(b")")[2].split()[1])
    except OSError:  # it ended while we were reading
        return None


def descendants(ancestor: int) -> list[int]:
    """The ids of all processes below `ancestor`, children before their own children."""
    children: dict[int, list[int]] = {}
    for pid, parent in parents().items():
        children.setdefault(parent, []).append(pid)
    found, queue = [], [ancestor]
    while queue:
        below = children.get(queue.pop(0), [])
        found += below
        queue += below
    return found


def resident_bytes(pid: int) -> int:
    """The resident memory of one process; 0 when it is gone, or where there is no `/proc`."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * PAGE
    except OSError:
        return 0


def send(pids: list[int], number: signal.Signals) -> None:
    """Signal each process that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass
