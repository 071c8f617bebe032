"""What LocalStack 4.9.2 does not delete: AWS Lambda API Reference, "DeleteEventSourceMapping" (2026-11)."""

from __future__ import annotations

from collections.abc import Callable

from localstack.services.lambda_.event_source_mapping.esm_worker import EsmWorker


def delete(original: Callable[[EsmWorker], None], self: EsmWorker) -> None:
    """`EsmWorker.delete`, also of a mapping that is disabled: no thread runs that would take it from the list."""
    original(self)
    if not self.enabled:
        self.delete_esm_in_store()
