"""Integrations of type HTTP and HTTP_PROXY: API Gateway calls any address.

- A function URL or an API of this engine is called by its name: see `server.outgoing_requests`.
- A redirect is the backend's answer, which the client gets: API Gateway does not follow it (AWS re:Post and
  stackoverflow.com/questions/35520516, 2026-11). LocalStack 4.9.2 does.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import requests


def request(*, url: str, headers: Any, **parameters: Any) -> requests.Response:
    """`requests.request`, for an integration. Raises: what that raises."""
    return requests.request(url=url, headers=headers, allow_redirects=False, **parameters)


OF_INTEGRATIONS = SimpleNamespace(request=request, exceptions=requests.exceptions)
"""What takes the place of `requests` in LocalStack's integrations, which use these two."""
