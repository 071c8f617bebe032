"""Tumbling windows: a state that is carried from call to call, and a last call at a window's end.

Lambda Developer Guide, "Implementing stateful Kinesis Data Streams processing" (2026-11): records belong to a window by
the time of their arrival; the function gets the window, the state and whether this is its final call, and returns the
state. With a state above 1 MB it is told that the window was terminated early, and the same window goes on with a fresh
one (aws-lambda-dotnet, TimeWindowEvents, 2026-11). Windows begin at multiples of their length.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

STATE_BYTES = 1024 * 1024


@dataclass
class Window:
    """One window of a shard; times in seconds since 1970."""

    start: float
    seconds: int
    state: dict[str, Any] = field(default_factory=dict)
    too_large: bool = False

    @property
    def end(self) -> float:
        """When it ends."""
        return self.start + self.seconds

    def fields(self, shard_id: str, source_arn: str, *, final: bool) -> dict[str, Any]:
        """What the event has beside its records."""
        return {
            "window": {"start": _iso(self.start), "end": _iso(self.end)},
            "state": self.state,
            "shardId": shard_id,
            "eventSourceARN": source_arn,
            "isFinalInvokeForWindow": final and not self.too_large,
            "isWindowTerminatedEarly": final and self.too_large,
        }

    def take(self, payload: Any) -> None:
        """Keep the state that the function returned."""
        state = payload.get("state") if isinstance(payload, dict) else None
        self.state = state if isinstance(state, dict) else {}
        self.too_large = len(json.dumps(self.state)) > STATE_BYTES

    def following(self) -> Window | None:
        """The same window with a fresh state if it was terminated early; None if it has ended."""
        return Window(self.start, self.seconds) if self.too_large else None


def window_of(arrived: float, seconds: int) -> Window:
    """The window in which a record arrived."""
    return Window(arrived // seconds * seconds, seconds)


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
