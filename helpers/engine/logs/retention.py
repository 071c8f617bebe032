"""A size limit for all log events together: the oldest make room for new ones (`stored`).

AWS keeps logs on disks of its own for as long as a group's retention says; here they are in the engine's memory, which
a function that prints in a loop would fill. moto 5.1 keeps everything.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import Any
from weakref import ref

LIMIT_BYTES = 256 * 1024 * 1024
EVENT_BYTES = 500  # that an event takes beside its message


class Retention:
    """Stored log events in their order. `keep` records new ones and removes the oldest above the limit."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self.limit = limit
        self.bytes = 0
        self._lock = threading.Lock()
        self._stored: deque[tuple[ref[Any], int, int]] = deque()  # log stream, events, bytes

    def keep(self, stream: Any, messages: Sequence[str]) -> None:
        """Record `messages`, the last ones in `stream.events`, and remove the oldest events above the limit."""
        size = sum(map(len, messages)) + EVENT_BYTES * len(messages)
        with self._lock:
            self._stored.append((ref(stream), len(messages), size))
            self.bytes += size
            while self.bytes > self.limit and len(self._stored) > 1:
                oldest, count, size = self._stored.popleft()
                self.bytes -= size
                if (found := oldest()) is not None:  # its group may have been deleted
                    found.events.drop(count)


stored = Retention()
