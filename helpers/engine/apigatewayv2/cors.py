"""CORS of HTTP APIs: the API answers preflight requests, and adds its headers to what its integrations answer.

"API Gateway automatically sends a response to preflight OPTIONS requests, even if there isn't an OPTIONS route"; "If
you configure CORS for an API, API Gateway ignores CORS headers returned from your backend integration"; a preflight
request has `origin` and `access-control-request-method`; origins may be `*`, `https://*`, `http://*` (API Gateway
Developer Guide, "Configure CORS for HTTP APIs", 2026-11). Its status is 204, without headers for other origins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .http_calls import Call
from .parameter_mapping import Pairs
from .proxy_responses import Answer

Configuration = Mapping[str, Any]


def preflight(call: Call, cors: Configuration) -> Answer | None:
    """The answer to a preflight request; None for any other."""
    if call.method != "OPTIONS" or not (call.header("origin") and call.header("access-control-request-method")):
        return None
    origin = allowed_origin(call, cors)
    if not origin:
        return Answer(204)
    headers = common(origin, cors)
    for name, key in (("methods", "AllowMethods"), ("headers", "AllowHeaders")):
        if cors.get(key):
            headers.append((f"access-control-allow-{name}", ",".join(cors[key])))
    if "MaxAge" in cors:
        headers.append(("access-control-max-age", str(cors["MaxAge"])))
    return Answer(204, headers)


def apply(call: Call, cors: Configuration, answer: Answer) -> None:
    """Replace what an answer says of other origins by what the API says."""
    answer.headers = [pair for pair in answer.headers if not pair[0].lower().startswith("access-control-")]
    if origin := allowed_origin(call, cors):
        answer.headers += common(origin, cors)
        if cors.get("ExposeHeaders"):
            answer.headers.append(("access-control-expose-headers", ",".join(cors["ExposeHeaders"])))


def common(origin: str, cors: Configuration) -> Pairs:
    """What both kinds of answers say."""
    credentials = [("access-control-allow-credentials", "true")] if cors.get("AllowCredentials") else []
    return [("access-control-allow-origin", origin), *credentials]


def allowed_origin(call: Call, cors: Configuration) -> str:
    """What is said of the request's origin: itself, or "*"; "" if it is not allowed, or there is none."""
    origin = call.header("origin")
    allowed = cors.get("AllowOrigins") or ()
    if not origin:
        return ""
    if "*" in allowed:
        return "*"
    schemes = [each.removesuffix("*") for each in allowed if each in ("https://*", "http://*")]
    return origin if origin in allowed or origin.startswith(tuple(schemes)) else ""
