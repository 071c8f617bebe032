"""The logs of all functions together stay within bounds: the oldest events make room for new ones.

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
    """What was stored, in order. `keep` is told of new events, and takes the oldest away once it is too much."""

    def __init__(self, limit: int = LIMIT_BYTES) -> None:
        self.limit = limit
        self.bytes = 0
        self._lock = threading.Lock()
        self._stored: deque[tuple[ref, int, int]] = deque()  # log stream, events, bytes

    def keep(self, stream: Any, messages: Sequence[str]) -> None:
        """`messages` are the last ones in `stream.events`."""
        size = sum(map(len, messages)) + EVENT_BYTES * len(messages)
        with self._lock:
            self._stored.append((ref(stream), len(messages), size))
            self.bytes += size
            while self.bytes > self.limit and len(self._stored) > 1:
                oldest, count, size = self._stored.popleft()
                self.bytes -= size
                if (found := oldest()) is not None:  # its group may have been deleted
                    del found.events[:count]


_retention = Retention()


def put_log_events(original: Any, self: Any, log_events: list[dict[str, Any]]) -> str:
    """`LogStream.put_log_events`, within bounds."""
    token = original(self, log_events)
    _retention.keep(self, [event["message"] for event in log_events])
    return token
