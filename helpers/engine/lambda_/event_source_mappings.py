"""Deleting a disabled event source mapping (AWS Lambda API Reference, "DeleteEventSourceMapping", 2026-11)."""

from __future__ import annotations

from collections.abc import Callable

from localstack.services.lambda_.event_source_mapping.esm_worker import EsmWorker


def delete(original: Callable[[EsmWorker], None], self: EsmWorker) -> None:
    """Wrap `EsmWorker.delete`: remove a disabled mapping here, for no thread runs that would."""
    original(self)
    if not self.enabled:
        self.delete_esm_in_store()
