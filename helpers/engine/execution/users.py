"""Operating-system users for execution environments: each has one of its own, where the engine runs as root.

So limits that the kernel counts per user, such as the number of processes, are each environment's own.
"""

from __future__ import annotations

import itertools
import threading

UIDS = range(1_900_000_000, 1_900_065_536)  # nobody else's
_uids = itertools.cycle(UIDS)
_taken: set[int] = set()
_lock = threading.Lock()


def take() -> int:
    """A user id that no environment has now, however many there have been; it is taken until `give_back`."""
    with _lock:
        uid = next(uid for uid in _uids if uid not in _taken)
        _taken.add(uid)
    return uid


def give_back(uid: int) -> None:
    """No process of this user is left. 0, for no user of its own, is fine."""
    with _lock:
        _taken.discard(uid)
