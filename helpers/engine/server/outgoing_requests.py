"""Limits for the engine's own HTTP requests: HTTP integrations, HTTP subscriptions of SNS, API destinations, …

A name below `localhost`, as function URLs have, is this machine: what resolves names in Python does not always know.

LocalStack 4.9.2 sends these with `requests`, most of them without a timeout, and reads whatever is answered into
memory. API Gateway waits for 29 s and takes 10 MB ("Amazon API Gateway quotas", 2026-11); the other services wait and
take less. boto3's clients, which read streams, are not concerned.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

from requests import Response
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError, ReadTimeout
from urllib3.exceptions import HTTPError, ReadTimeoutError

from .. import settings
from . import browsers

BYTES = 10 * 1024 * 1024
SECONDS = 29.0
LOCAL_NAMES = tuple(f".{name}" for name in browsers.NAMES)
PIECE = 64 * 1024


def send(original: Any, self: HTTPAdapter, request: Any, *args: Any, **kwargs: Any) -> Response:
    """Wrap `HTTPAdapter.send`: `SECONDS` is the default timeout, and names below localhost need no name server."""
    if kwargs.get("timeout") is None:
        kwargs["timeout"] = SECONDS
    parts = urlsplit(request.url)
    if (parts.hostname or "").endswith(LOCAL_NAMES) and parts.scheme == "http":
        request.headers.setdefault("Host", parts.netloc)
        port = f":{parts.port}" if parts.port else ""
        request.url = parts._replace(netloc=f"{settings.LOOPBACK}{port}").geturl()
    return original(self, request, *args, **kwargs)


def content(self: Response) -> bytes | None:
    """Replace `Response.content`. Raises: ConnectionError for too many bytes, ReadTimeout after too long."""
    if self._content is False:
        self._content = None if self.status_code == 0 or self.raw is None else read(self)
    self._content_consumed = True
    return self._content


def read(response: Response) -> bytes:
    """Read the body of a response, within the limits."""
    body = bytearray()
    deadline = time.monotonic() + SECONDS
    try:
        while piece := response.raw.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > BYTES:
                raise ConnectionError(f"The answer is larger than {BYTES} bytes.", response=response)
            if time.monotonic() > deadline:
                raise ReadTimeout(f"The answer was not complete after {SECONDS:.0f} s.", response=response)
    except ReadTimeoutError as error:
        raise ReadTimeout(error, response=response) from error
    except (HTTPError, OSError) as error:
        if isinstance(error, (ConnectionError, ReadTimeout)):
            raise
        raise ConnectionError(error, response=response) from error
    finally:
        response.close()
    return bytes(body)
