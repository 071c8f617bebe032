"""Operating-system users for execution environments: each has one of its own, where the engine runs as root.

So limits that the kernel counts per user, such as the number of processes, are each environment's own.
"""

from __future__ import annotations

import itertools

from .environment import alive

UIDS = range(1_900_000_000, 1_900_065_536)  # nobody else's
_uids = itertools.cycle(UIDS)


def unused_uid() -> int:
    """A user id that no other environment has now, however many there have been."""
    taken = {environment.runtime.uid for environment in alive()}
    return next(uid for uid in _uids if uid not in taken)
