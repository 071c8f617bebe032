"""Throttles: token buckets of a stage, of its methods, and of the API keys of usage plans.

A request takes a token of each (`token_buckets`), or is answered 429, THROTTLED.
In AWS's order, the narrowest limit first: per client and method (a usage plan's, for a method of a stage), per method
(a stage's method settings), per client (a usage plan's) (API Gateway Developer Guide, "Throttle requests to your REST
APIs for better throughput in API Gateway", 2026-11). AWS calls them best effort, here they are exact; the limits of an
account are those of AWS, which nothing here reaches. LocalStack 4.9.2 stores all of them and enforces none.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import ThrottledError

from . import token_buckets

UNLIMITED = 10_000.0  # requests a second: what a method's settings say where no limit was set
EVERY_METHOD = "*/*"


def take(bucket: Hashable, rate: float, burst: float, now: float) -> None:
    """Take a token at `now`, seconds since 1970. Raises: ThrottledError if there is none."""
    if not token_buckets.take(bucket, rate, burst, now):
        raise ThrottledError("Too Many Requests")


def by_stage(context: RestApiInvocationContext, now: float) -> None:
    """Count a request against the stage's settings for its method. Raises: ThrottledError."""
    name, found = settings_of(context)
    rate = float(found.get("throttlingRateLimit", UNLIMITED))
    if rate < UNLIMITED:
        bucket = (context.api_id, context.stage, name)
        take(bucket, rate, float(found.get("throttlingBurstLimit") or 0), now)


def settings_of(context: RestApiInvocationContext) -> tuple[str, Mapping[str, Any]]:
    """The stage's settings for a request's method, and what they are of: a method, or "*/*"."""
    settings = (context.stage_configuration or {}).get("methodSettings")
    if not settings:
        return EVERY_METHOD, {}
    method = method_of(context)
    own = next((given for name, given in settings.items() if plain(name) == method), None)
    return (method, own) if own else (EVERY_METHOD, settings.get(EVERY_METHOD) or {})


def method_of(context: RestApiInvocationContext) -> str:
    """ "pets/{id}/GET", as method settings and usage plans name a method, without the first slash."""
    return f"{context.resource['path']}/{context.resource_method['httpMethod']}".lstrip("/")


def plain(name: str) -> str:
    """A method as it was named: "/~1pets/GET", "~1pets/GET" or "/pets/GET"."""
    return name.replace("~1", "/").lstrip("/")


def of_plan(stage: Mapping[str, Any], method: str) -> Mapping[str, Any] | None:
    """A usage plan's throttle for a method of one of its stages; None without."""
    return next((given for name, given in (stage.get("throttle") or {}).items() if plain(name) == method), None)
