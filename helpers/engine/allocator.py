"""The allocator that this process runs with; it has to be chosen before Python starts."""

from __future__ import annotations

import os
import sys

# The C library's instead of Python's own (why: `server.memory_release`), and two arenas instead of eight for each
# processor: every thread's arena keeps free memory of its own.
ALLOCATOR = {"PYTHONMALLOC": "malloc", "MALLOC_ARENA_MAX": "2"}


def choose() -> None:
    """Restart this process unless it runs with `ALLOCATOR`."""
    if not ALLOCATOR.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, "-m", "helpers.engine", *sys.argv[1:]], os.environ | ALLOCATOR)
