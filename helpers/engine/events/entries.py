"""Entries of PutEvents: up to 1 MiB each since January 2026.

User Guide, "Calculating PutEvents event entry size"; AWS Compute Blog, 29 January 2026, of payloads up to 1 MB.
LocalStack 4.9.2 takes 256 KiB of the detail alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.events.models import ValidationException

NOT_AUTHORIZED = {
    "ErrorCode": "NotAuthorizedForSourceException",
    "ErrorMessage": "Not authorized for the source.",
}
MOST_BYTES = 1_048_576
FEW = 262_144


def validate(original: Any, event: Mapping[str, Any]) -> Any:
    """Wrap `provider.validate_event`: what is wrong with an entry, or None. Raises: ValidationException."""
    if size(event) > MOST_BYTES:
        raise ValidationException("Total size of the entries in the request is over the limit.")
    detail = event.get("Detail") or ""
    # The original counts characters, and takes fewer of them; what it says of a short detail holds for a long one.
    return original({**event, "Detail": detail if len(detail) < FEW else _short(detail)})


def process(
    original: Any,
    self: Any,
    entry: Any,
    processed_entries: list[Any],
    failed_entry_count: dict[str, int],
    context: RequestContext,
) -> None:
    """Wrap `EventsProvider._process_entry`: sources that begin with `aws.` are AWS's own (API Reference, PutEvents)."""
    if str(entry.get("Source", "")).startswith("aws.") and not context.is_internal_call:
        processed_entries.append(dict(NOT_AUTHORIZED))
        failed_entry_count["count"] += 1
        return
    original(self, entry, processed_entries, failed_entry_count, context)


def size(event: Mapping[str, Any]) -> int:
    """The bytes of an entry, as EventBridge counts them."""
    texts = [event.get(name) or "" for name in ("Source", "DetailType", "Detail")] + list(event.get("Resources") or ())
    return (14 if event.get("Time") else 0) + sum(len(text.encode()) for text in texts)


def _short(detail: str) -> str:
    """A detail that is as good as a long one: an object if that is one, or else malformed too."""
    try:
        return "{}" if isinstance(json.loads(detail), dict) else "[]"
    except ValueError:
        return "malformed"
