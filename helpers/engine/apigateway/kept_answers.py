"""What Lambda authorizers have answered, kept for as long as they say. Of REST, HTTP and WebSocket APIs."""

from __future__ import annotations

import threading
import time
from typing import Generic, TypeVar

from cachetools import TLRUCache

MOST = 10_000  # answers that are kept; then those that were asked for least recently go

Answer = TypeVar("Answer")
Key = tuple[str, ...]


class KeptAnswers(Generic[Answer]):
    """Answers by a key that begins with the API's id and the stage's name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Values are (seconds, answer).
        self._kept = TLRUCache(MOST, ttu=lambda _, kept, now: now + kept[0], timer=time.monotonic)

    def get(self, key: Key) -> Answer | None:
        """The answer that is kept, if there is one."""
        with self._lock:
            kept = self._kept.get(key)
        return kept[1] if kept else None

    def keep(self, key: Key, answer: Answer, seconds: float) -> None:
        """Keep an answer for a while."""
        with self._lock:
            self._kept[key] = (seconds, answer)

    def forget(self, api_id: str, stage: str) -> None:
        """Drop what is kept for a stage."""
        with self._lock:
            for key in [key for key in self._kept if key[:2] == (api_id, stage)]:
                self._kept.pop(key, None)
