"""The event of a request to a function URL: payload format 2.0.

| fact | source |
|---|---|
| fields, names, joined values | Developer Guide, "Invoking Lambda function URLs", "Request payload format" (2026-11) |
| https and 443, TLS headers, `cookie` beside `cookies` | events in powertools-lambda-typescript, lambda_http (2025) |
| path and query stay percent-encoded | middleapi/standard-server#93, hotsock/voker#8: captured on AWS (2026-09) |
| text or base64 | `server.event_bodies` |
| no queryStringParameters, cookies or body where there are none | the same events |

LocalStack 4.9.2 knows no cookies, decodes the path, and takes any text that is not ASCII for binary.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from typing import Any

from localstack.http import Request

from ...iam.callers import ANONYMOUS, Caller, iam_authorizer, key_in
from ...server.event_bodies import body_and_encoding
from ...server.raw_bodies import raw_body

# Of the connection, not of the request; LocalStack's own.
LEFT_OUT = ("connection", "keep-alive", "transfer-encoding", "remote-addr", "x-localstack-tgt-api")


def event_of(request: Request, url_id: str, caller: Caller, trace: str) -> dict[str, Any]:
    """The event; `caller` is who signed the request, where the URL asks for that, `trace` the trace's header."""
    path, _, query = request.environ.get("RAW_URI", request.path).partition("?")
    headers = _headers(request, trace)
    body, encoded = body_and_encoding(raw_body(request), request.headers.get("Content-Type", ""))
    parameters = {name: ",".join(request.args.getlist(name)) for name in request.args}
    event: dict[str, Any] = {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query}
    if cookies := [cookie.strip() for cookie in headers.get("cookie", "").split(";") if cookie.strip()]:
        event["cookies"] = cookies
    event["headers"] = headers
    if parameters:
        event["queryStringParameters"] = parameters
    event["requestContext"] = _context(request, url_id, path, caller)
    if body:
        event["body"] = body
    return {**event, "isBase64Encoded": encoded}


def _context(request: Request, url_id: str, path: str, caller: Caller) -> dict[str, Any]:
    now = time.time()
    context: dict[str, Any] = {
        "accountId": caller.account or "anonymous",
        "apiId": url_id,
        "domainName": request.headers.get("Host", "").partition(":")[0],
        "domainPrefix": url_id,
        "http": {
            "method": request.method,
            "path": path,
            "protocol": request.environ.get("SERVER_PROTOCOL", "HTTP/1.1"),
            "sourceIp": request.remote_addr or "",
            "userAgent": request.headers.get("User-Agent", ""),
        },
        "requestId": str(uuid.uuid4()),
        "routeKey": "$default",
        "stage": "$default",
        "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "timeEpoch": int(now * 1000),
    }
    if caller is not ANONYMOUS:
        context["authorizer"] = {"iam": iam_authorizer(caller, key_in(request))}
    return context


def _headers(request: Request, trace: str) -> dict[str, str]:
    """Names in lower case, values of one name joined by commas; cookies, as HTTP has them, by semicolons."""
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        name = name.lower()
        separator = "; " if name == "cookie" else ","
        headers[name] = f"{headers[name]}{separator}{value}" if name in headers else value
    address = request.remote_addr or ""
    forwarded = headers.get("x-forwarded-for")
    return {
        **{name: value for name, value in headers.items() if name not in LEFT_OUT},
        "x-amzn-tls-cipher-suite": "TLS_AES_128_GCM_SHA256",
        "x-amzn-tls-version": "TLSv1.3",
        "x-amzn-trace-id": trace,
        "x-forwarded-for": f"{forwarded}, {address}" if forwarded else address,
        # As on AWS, where every request comes by TLS.
        "x-forwarded-port": "443",
        "x-forwarded-proto": "https",
    }
