"""Every place where we change LocalStack's own behaviour, each with its reason. Called once, before it starts."""

from __future__ import annotations

from . import (
    code,
    deletions,
    enforcement,
    invocation,
    limits,
    loopback,
    memory,
    runtime_identifiers,
    service_catalog,
    status,
)


def install() -> None:
    """Install them all."""
    service_catalog.install()
    loopback.install()
    enforcement.install()
    limits.install()
    code.install()
    runtime_identifiers.install()
    invocation.install()
    deletions.install()
    status.install()
    memory.install()
