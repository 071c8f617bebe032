"""What went to the function of a proxy integration and what it returned, kept until the request's log is written."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

_events: WeakKeyDictionary[RestApiInvocationContext, Mapping[str, Any]] = WeakKeyDictionary()
_payloads: WeakKeyDictionary[RestApiInvocationContext, bytes] = WeakKeyDictionary()
_thread = threading.local()  # a payload is parsed in the thread that called, without the request's context


def note_event(context: RestApiInvocationContext, event: Mapping[str, Any]) -> None:
    """Keep the event of a request."""
    _events[context] = event


def event_of(context: RestApiInvocationContext) -> Mapping[str, Any] | None:
    """The event of a request; None if no function was called by proxy."""
    return _events.get(context)


def hold(payload: bytes) -> None:
    """Hold what the function returned to this thread, until `note_payload`."""
    _thread.payload = payload


def note_payload(context: RestApiInvocationContext) -> None:
    """Keep what is held as this request's."""
    if (payload := vars(_thread).pop("payload", None)) is not None:
        _payloads[context] = payload


def payload_of(context: RestApiInvocationContext) -> bytes | None:
    """What the function returned for a request; None if it was not called by proxy, or did not answer."""
    return _payloads.get(context)
