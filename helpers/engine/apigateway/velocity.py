"""Mapping templates: what they reach, and how much they may take.

LocalStack 4.9.2 evaluates them with airspeed, which gives a template every attribute of Python's objects: by
`$util.base64Encode.__globals__` whoever may make a REST API could run any code in the engine. Here a name after a dot
is a key of a map, a method in `velocity_methods`, or what AWS documents of `$input` and `$util`, and nothing else.

- `$util.base64Decode` is text; LocalStack's prints Python's bytes.
- A JSONPath may filter, and one that can select several is a list whatever it selects, as on AWS: `json_paths`.
- "Iterations in a #foreach … loop in mapping templates: 1,000" (API Gateway Developer Guide, "Quotas for configuring
  and running a REST API", 2026-11). What takes more, or makes texts larger than a body may be, ends with a 500.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

from airspeed.operators import LocalNamespace
from localstack.services.apigateway.next_gen.execute_api.template_mapping import VelocityInput, VelocityUtilApiGateway

from . import velocity_methods

INPUT = frozenset({"path", "json", "params", "body"})
UTIL = frozenset(
    ["escapeJavaScript", "parseJson", "urlEncode", "urlDecode", "base64Encode", "base64Decode", "toJson", "qr", "quiet"]
)
ITERATIONS = 1_000  # of one loop
BLOCKS = 100_000  # of a template: an iteration is one, a branch is one
COUNT = "blocks that were evaluated"  # no name that a template could use
INTEGERS = 2**63


def member(original: Callable[..., Any], self: Any, current_object: Any, loader: Any, top_namespace: Any) -> Any:
    """`NameOrCall.calculate`: a name, after a dot or in front, with what is called or selected of it."""
    name = self.name
    found: Any
    if isinstance(current_object, LocalNamespace):
        return original(self, current_object, loader, top_namespace)
    if self.parameters is not None and (method := velocity_methods.of(current_object).get(name)):
        found = partial(method, current_object)
    elif self.parameters is None and isinstance(current_object, velocity_methods.MAPS):
        found = current_object.get(name)
    elif (isinstance(current_object, VelocityInput) and name in INPUT) or (
        isinstance(current_object, VelocityUtilApiGateway) and name in UTIL
    ):
        found = getattr(current_object, name)
    else:
        return None
    return original(self, {name: found}, loader, top_namespace)


def block(original: Callable[..., None], self: Any, stream: Any, namespace: Any, loader: Any) -> None:
    """`Block.evaluate_raw`, which is counted. Raises: TooLargeError."""
    top = namespace.top()
    top[COUNT] = top.get(COUNT, 0) + 1
    loop = dict.get(namespace, "foreach")
    if top[COUNT] > BLOCKS or (isinstance(loop, dict) and loop["count"] > ITERATIONS):
        raise velocity_methods.TooLargeError("A loop of a mapping template has too many iterations")
    original(self, stream, namespace, loader)


def interpolated(original: Callable[..., str], self: Any, namespace: Any, loader: Any) -> str:
    """`InterpolatedStringLiteral.calculate`: a text with variables in it. Raises: TooLargeError."""
    return velocity_methods.fitting(original(self, namespace, loader))


def expression(original: Callable[..., Any], self: Any, namespace: Any, loader: Any) -> Any:
    """`Expression.calculate`: whole numbers have 64 bits, as Java's."""
    found = original(self, namespace, loader)
    if isinstance(found, int) and not isinstance(found, bool):
        return (found + INTEGERS) % (2 * INTEGERS) - INTEGERS
    return found


def base64_decode(self: VelocityUtilApiGateway, s: Any) -> str:
    """`$util.base64Decode`."""
    return base64.b64decode(str(s)).decode(errors="replace")
