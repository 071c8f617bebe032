"""Records: log events, and what commands make of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .. import stored_events
from .discovery import discover
from .times import Moment


class Record(dict[str, Any]):
    """Fields by their name. Those of the message are looked for when one is asked for that is not there."""

    def __init__(self, fields: dict[str, Any], group: str = "") -> None:
        super().__init__(fields)
        self._group = group

    def __missing__(self, name: str) -> Any:
        """A field of the message, None if it has not that either."""
        if self._group:
            group, self._group = self._group, ""
            for found, value in discover(group, self["@message"]).items():
                self.setdefault(found, value)
            return self.get(name)
        return None


Expression = Callable[[Record], Any]


def read(groups: Iterable[Any], start: int, end: int) -> Iterator[Record]:
    """The log events of groups (moto's), from `start` to `end` (ms, both included)."""
    for group in groups:
        for stream in list(group.streams.values()):
            for event in stored_events.of(stream).between(start, end):
                yield Record(
                    {
                        "@timestamp": Moment(event.timestamp),
                        "@ingestionTime": Moment(event.ingestion_time),
                        "@message": event.message,
                        "@logStream": stream.log_stream_name,
                        "@log": f"{group.account_id}:{group.name}",
                        "@ptr": event.written_id,
                    },
                    group.name,
                )


def shown(value: Any) -> str:
    """A value as a result has it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, (dict, list)):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return str(value)
