"""Engines of the bench's own: free ports, temporary folders, nothing of the learner's."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from helpers.backend.engine import Engine, Record
from tests.tools.bench.client import Server, own_secret
from tests.tools.ports import free_port


def environ() -> dict[str, str]:
    """What an engine here may know of our environment: not the learner's port or folder."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LAB_")}


@contextmanager
def running(home: Path, more: Mapping[str, str] | None = None) -> Iterator[tuple[Server, Record]]:
    """An engine with its folder at `home`, and `more` in its environment, until the block ends."""
    engine = Engine(home, environ={**environ(), **(more or {})})
    try:
        record = engine.up(free_port())
        yield Server("ours", record.endpoint, own_secret(home)), record
    finally:
        engine.down()


def progress(text: str) -> None:
    """Say on standard error what is measured now."""
    print(f"... {text}", file=sys.stderr, flush=True)
