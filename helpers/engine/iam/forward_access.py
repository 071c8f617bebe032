"""Forward access sessions: a service that acts with the rights of whoever asked it to.

IAM User Guide, "Forward access sessions" (2026-11). CloudFormation does so for a stack without a service role: what it
reads and makes needs the same permissions as if its caller did. Here the calls that a service makes to others
(`internal_calls`) within a block of `acting_as` are judged as that caller's. What those others call in their turn is
not: it is bookkeeping of LocalStack's, as it is when the caller himself calls them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Session:
    """`service` ("cloudformation") acts as `caller`, a `callers.Caller`, which this does not import: it knows us."""

    caller: Any
    service: str


_session: ContextVar[Session | None] = ContextVar("forward access session", default=None)


@contextmanager
def acting_as(caller: Any, service: str) -> Iterator[None]:
    """Have calls of this thread to other services judged as the caller's; as before for None."""
    token = _session.set(Session(caller, service) if caller else None)
    try:
        yield
    finally:
        _session.reset(token)


@contextmanager
def handed_on() -> Iterator[Session | None]:
    """The session that a call to another service is made in. While the call is answered there is none."""
    session = _session.get()
    token = _session.set(None)
    try:
        yield session
    finally:
        _session.reset(token)
