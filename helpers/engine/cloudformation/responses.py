"""The URL to which a custom resource's function puts its response.

On AWS it is a presigned URL of S3, good for one request (User Guide, "Custom resource request objects", 2026-11). Here
it is an address of the engine with a secret that nobody can guess; it is good for one response, as long as
CloudFormation waits for it. It is HTTP: `cfn-response` of AWS speaks HTTPS on port 443 only, so inline code gets one
that takes both.
"""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from localstack.http import Request, Response, route
from localstack.services.edge import ROUTER

from .. import settings

PATH = "/_lab/custom-resources"
MOST_BYTES = 4096  # of a response (User Guide, "Custom resource response objects", 2026-11)


@dataclass
class Expected:
    """A response that is waited for."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    arrived: threading.Event = field(default_factory=threading.Event)
    body: bytes = b""

    @property
    def url(self) -> str:
        """Where to put it."""
        return f"http://{settings.LOOPBACK}:{settings.current().port}{PATH}/{self.secret}"


_expected: dict[str, Expected] = {}


def expect() -> Expected:
    """Return a response to wait for; `forget` it in the end."""
    _serve()
    one = Expected()
    _expected[one.secret] = one
    return one


def forget(one: Expected) -> None:
    """Take no response any more."""
    _expected.pop(one.secret, None)


def read(body: bytes) -> dict[str, Any]:
    """Return what a function answered. Raises: ValueError, a sentence."""
    if len(body) > MOST_BYTES:
        raise ValueError("Response object is too long.")
    try:
        answer = json.loads(body)
    except ValueError:
        raise ValueError("Invalid response: it is not JSON.") from None
    if not isinstance(answer, dict) or answer.get("Status") not in ("SUCCESS", "FAILED"):
        raise ValueError("Invalid response: its Status must be SUCCESS or FAILED.")
    if not isinstance(answer.get("Data") or {}, dict):
        raise ValueError("Invalid response: its Data must be an object.")
    return answer


class CustomResourceResponses:
    """The endpoint."""

    @route(f"{PATH}/<secret>", methods=["PUT"])
    def put(self, request: Request, secret: str) -> Response:
        """Take a response, once."""
        one = _expected.pop(secret, None)
        if one is None:
            return Response("This response is not waited for.", status=403)
        one.body = request.get_data()
        one.arrived.set()
        return Response(status=200)


@cache
def _serve() -> None:
    ROUTER.add(CustomResourceResponses())
