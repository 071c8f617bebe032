"""Identifiers of log events as AWS writes them: 56 digits."""

from __future__ import annotations

from typing import Any


def written_id(event: Any) -> str:
    """The identifier of an event (moto's, which counts them)."""
    return f"{int(event.event_id):056d}"
