"""Where an API can be called: `http://127.0.0.1:4566/_aws/execute-api/{api}/…`, and by AWS's own host name.

| address | as on AWS |
|---|---|
| `{ApiEndpoint}/items` | `https://{api}.execute-api.{region}.amazonaws.com/items`: stage $default |
| `{ApiEndpoint}/dev/items` | `https://{api}.execute-api.{region}.amazonaws.com/dev/items`: stage dev |

`ApiEndpoint` is the first address, which needs no name server; it begins with `ws://` for WebSocket APIs. A `Host`
header `{api}.execute-api.…` does as well: REST APIs have both, too (`apigateway`), and each of our APIs puts rules of
its own before theirs. A template that makes AWS's address of an API's id, as SAM's own templates do, gets the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from localstack.services.edge import ROUTER
from werkzeug.routing import Rule

from .. import settings

if TYPE_CHECKING:
    from .apis import Api

PREFIX = "/_aws/execute-api"
AT_AWS = re.compile(r"(http|ws)s?://([a-z0-9]+)\.execute-api\.[a-z0-9.-]+(/.*)?", re.DOTALL)
_rules: dict[str, list[Rule]] = {}
_endpoint: list[Any] = []


def serve_with(endpoint: Any) -> None:
    """Let `endpoint(request, api_id, …)` answer every request to an API that is published from now on."""
    _endpoint[:] = [endpoint]


def url(api_id: str, http: bool) -> str:
    """An API's ApiEndpoint."""
    return f"{'http' if http else 'ws'}://{settings.LOOPBACK}:{settings.current().port}{PREFIX}/{api_id}"


def in_template(value: str) -> str:
    """Replace `ChangeSetModelPreproc._perform_static_replacements`: AWS's address of an API becomes the one here."""
    found = AT_AWS.fullmatch(value)
    if not found:
        return value
    return url(found[2], http=found[1] == "http") + (found[3] or "")


def published(api: Api) -> None:
    """Answer requests to an API from now on."""
    host = f"{api.id}.execute-api.<regex('.*'):server>"
    defaults = {"api_id": api.id}
    where: tuple[dict[str, Any], ...] = (
        {"path": f"{PREFIX}/{api.id}"},
        {"path": f"{PREFIX}/{api.id}/<greedy_path:path>"},
        {"path": "/", "host": host},
        {"path": "/<greedy_path:path>", "host": host},
    )
    _rules[api.id] = [
        ROUTER.add(endpoint=_endpoint[0], defaults=defaults, strict_slashes=False, **place) for place in where
    ]


def unpublished(api: Api) -> None:
    """Answer them no more."""
    ROUTER.remove(_rules.pop(api.id, []))


def local_path(raw_path: str, api_id: str) -> str:
    """What a client has asked of the API: the path without what leads to it here; "/" at least."""
    prefix = f"{PREFIX}/{api_id}"
    return (raw_path.removeprefix(prefix) if raw_path.startswith(prefix) else raw_path) or "/"
