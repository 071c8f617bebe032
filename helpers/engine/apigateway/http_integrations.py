"""Integrations of type HTTP and HTTP_PROXY: API Gateway calls any address.

- A function URL or an API of this engine is called by its name, which no name server need know: the connection goes to
  the engine, with the name in Host.
- A redirect is the backend's answer, which the client gets: API Gateway does not follow it (AWS re:Post and
  stackoverflow.com/questions/35520516, 2026-11). LocalStack 4.9.2 does.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import requests
from localstack import config

DOMAIN = "localhost.localstack.cloud"


def request(*, url: str, headers: Any, **parameters: Any) -> requests.Response:
    """`requests.request`, for an integration. Raises: what that raises."""
    parts = urlsplit(url)
    if is_own(parts.hostname or ""):
        headers = {**dict(headers), "Host": parts.netloc}
        url = parts._replace(scheme="http", netloc=f"127.0.0.1:{config.GATEWAY_LISTEN[0].port}").geturl()
    return requests.request(url=url, headers=headers, allow_redirects=False, **parameters)


def is_own(host: str) -> bool:
    """Whether it is the name of something in this engine: ID.lambda-url.REGION.127.0.0.1."""
    return any(host.endswith(f".{domain}") for domain in (config.LOCALSTACK_HOST.host, DOMAIN))


OF_INTEGRATIONS = SimpleNamespace(request=request, exceptions=requests.exceptions)
"""What takes the place of `requests` in LocalStack's integrations, which use these two."""
