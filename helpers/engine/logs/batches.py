"""What one call of `PutLogEvents` takes."""

from __future__ import annotations

from ..execution.platform_logs import LogEvent

# An event may be as large as that since April 2025 (CloudWatch Logs API Reference, 2026-11).
MAX_BATCH_BYTES = 1024 * 1024
MAX_BATCH_EVENTS = 10_000
EVENT_OVERHEAD_BYTES = 26  # that count for each event beside its message in UTF-8


def split(events: list[LogEvent]) -> tuple[list[LogEvent], list[LogEvent]]:
    """The first events, as many as one `PutLogEvents` takes, and the rest.

    A message larger than an event may be becomes several.
    """
    size = 0
    for number, event in enumerate(events):
        takes = len(event.message.encode("utf-8", "replace")) + EVENT_OVERHEAD_BYTES
        if takes > MAX_BATCH_BYTES and number == 0:
            first, more = _cut(event.message.encode("utf-8", "replace"))
            return [event._replace(message=first)], [event._replace(message=more), *events[1:]]
        if number == MAX_BATCH_EVENTS or size + takes > MAX_BATCH_BYTES:
            return events[:number], events[number:]
        size += takes
    return events, []


def _cut(message: bytes) -> tuple[str, str]:
    end = MAX_BATCH_BYTES - EVENT_OVERHEAD_BYTES
    while message[end] & 0xC0 == 0x80:  # not within a character
        end -= 1
    return message[:end].decode(), message[end:].decode()
