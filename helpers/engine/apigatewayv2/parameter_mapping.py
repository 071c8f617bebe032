"""Parameter mapping of HTTP APIs: what an integration is sent, and what the client is answered, beside the payload.

| key | values |
|---|---|
| `append:`, `overwrite:`, `remove:` with `header.X`, or (of requests) `querystring.x`; `overwrite:path` | of requests |
| the same with `header.X`; `overwrite:statuscode`, by the integration's status | of responses |

A value is text, in which `$request.header.x` and the like stand for what they name, with braces where more follows.
Source: API Gateway Developer Guide, "Transform API requests and responses for HTTP APIs" (2026-11). `remove` has no
value; a header name that AWS reserves is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import bad_request

Lookup = Callable[[str], str]  # "header.x" of the request, "" if there is none
Pairs = list[tuple[str, str]]

KEY = re.compile(r"(append|overwrite|remove):(header|querystring)\.([\w.-]+)|overwrite:(path|statuscode)")
STATUS = re.compile(r"[1-5]\d\d")
NAME = r"(?:request|response|context|stageVariables)\.[\w.-]+"
VARIABLE = re.compile(r"\$\{(" + NAME + r")\}|\$(" + NAME + ")")
RESERVED = re.compile(
    "(access-control-|apigw-|x-amz-|x-amzn-).*|authorization|connection|content-(encoding|length|location)|forwarded"
    "|keep-alive|origin|proxy-authenticat(e|ion)|te|trailers|transfer-encoding|upgrade|x-forwarded-(for|host|proto)|via"
)


def check(request: Mapping[str, str], response: Mapping[str, Mapping[str, str]]) -> None:
    """Raise BadRequestException for a mapping that cannot be."""
    for key in request:
        _check_key(key, ("header", "querystring", "path"))
    for status, mapping in response.items():
        if not STATUS.fullmatch(status):
            raise bad_request(f"Invalid status code specified in response parameters: {status}")
        for key in mapping:
            _check_key(key, ("header", "statuscode"))


def _check_key(key: str, kinds: tuple[str, ...]) -> None:
    found = KEY.fullmatch(key)
    if not found or (found[2] or found[4]) not in kinds:
        raise bad_request(f"Invalid mapping expression specified: {key}")
    name = (found[3] or "").lower()
    if found[2] == "header" and RESERVED.fullmatch(name):
        raise bad_request(f"Operations on header {name} are restricted")


def apply(
    mapping: Mapping[str, str], headers: Pairs, query: Pairs, lookup: Lookup
) -> tuple[Pairs, Pairs, dict[str, str]]:
    """Headers and query after a mapping, and what `overwrite:path` and `overwrite:statuscode` say."""
    lists, single = {"header": list(headers), "querystring": list(query)}, {}
    for key, value in mapping.items():
        found = KEY.fullmatch(key)
        if found is None:
            continue
        text = fill(value, lookup)
        if found[4]:
            single[found[4]] = text
            continue
        verb, kind, name = found[1], found[2], found[3]
        if verb != "append":
            same = str.lower if kind == "header" else str
            lists[kind] = [pair for pair in lists[kind] if same(pair[0]) != same(name)]
        if verb != "remove" and text:
            lists[kind].append((name, text))
    return lists["header"], lists["querystring"], single


def fill(value: str, lookup: Lookup) -> str:
    """A value with each variable in it replaced."""
    return VARIABLE.sub(lambda found: lookup(found[1] or found[2]), str(value))


def in_body(body: bytes, path: str) -> str:
    """A member of a JSON body by a path like `user.name`; "" if there is none."""
    try:
        thing: Any = json.loads(body)
    except ValueError:
        return ""
    for name in path.split("."):
        if not isinstance(thing, Mapping) or name not in thing:
            return ""
        thing = thing[name]
    return thing if isinstance(thing, str) else json.dumps(thing)
