"""The event of a Lambda proxy integration, in both formats.

Source: API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs" (2026-11). Format 2.0 has
headers in lower case and several values of one in one text; format 1.0 has most as they came, but for those that a
recording shows otherwise (gist.github.com/metaskills/1eee9da3baaa5df9ac8426cc5fe12ca0, 2020-06).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..server.event_bodies import body_and_encoding
from .http_calls import Call

Event = dict[str, Any]

TITLED = ("Content-Length", "Host", "User-Agent", "X-Amzn-Trace-Id", "X-Forwarded-For")
AS_RECORDED = {name.lower(): name for name in (*TITLED, "X-Forwarded-Port", "X-Forwarded-Proto")}


def event_of(call: Call, version: str) -> Event:
    """The event for a function."""
    return event_2_0(call) if version == "2.0" else event_1_0(call)


def forwarded_headers(call: Call) -> list[tuple[str, str]]:
    """The client's headers, and those that AWS adds. Behind AWS's endpoints there is https only."""
    names = {name.lower() for name, _ in call.headers}
    added = [
        *([("Content-Length", str(len(call.body)))] if "content-length" not in names else []),
        *([("X-Amzn-Trace-Id", call.trace)] if "x-amzn-trace-id" not in names else []),
        ("X-Forwarded-For", call.source_ip),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Proto", "https"),
    ]
    return [*call.headers, *added]


def event_2_0(call: Call) -> Event:
    """Format 2.0."""
    headers = forwarded_headers(call)
    cookies = [part.strip() for name, value in headers if name.lower() == "cookie" for part in value.split(";")]
    event: Event = {
        "version": "2.0",
        "routeKey": call.route["RouteKey"],
        "rawPath": call.stage_path,
        "rawQueryString": call.query_string,
        **({"cookies": cookies} if cookies else {}),
        "headers": joined((name.lower(), value) for name, value in headers if name.lower() != "cookie"),
        "queryStringParameters": joined(call.query),
        "requestContext": context_2_0(call),
        "pathParameters": call.path_parameters,
        "stageVariables": call.stage["StageVariables"],
        **body_of(call),
    }
    return {name: value for name, value in event.items() if value not in ({}, None)}


def context_2_0(call: Call) -> Event:
    """`requestContext` of format 2.0."""
    return {
        "accountId": call.api.account,
        "apiId": call.api.id,
        **({"authorizer": call.authorizer} if call.authorizer else {}),
        "domainName": call.host,
        "domainPrefix": call.host.partition(".")[0],
        "http": {
            "method": call.method,
            "path": call.stage_path,
            "protocol": "HTTP/1.1",
            "sourceIp": call.source_ip,
            "userAgent": call.header("user-agent"),
        },
        "requestId": call.request_id,
        "routeKey": call.route["RouteKey"],
        "stage": call.stage_name,
        "time": call.moment,
        "timeEpoch": call.milliseconds,
    }


def event_1_0(call: Call) -> Event:
    """Format 1.0, a REST API's."""
    headers = [(AS_RECORDED.get(name.lower(), name), value) for name, value in forwarded_headers(call)]
    body = body_of(call)
    return {
        "version": "1.0",
        "resource": call.route["RouteKey"].partition(" ")[2] or "$default",
        "path": call.stage_path,
        "httpMethod": call.method,
        "headers": dict(headers),
        "multiValueHeaders": grouped(headers),
        "queryStringParameters": dict(call.query) or None,
        "multiValueQueryStringParameters": grouped(call.query) or None,
        "requestContext": context_1_0(call),
        "pathParameters": call.path_parameters or None,
        "stageVariables": call.stage["StageVariables"] or None,
        "body": body.get("body"),
        "isBase64Encoded": body["isBase64Encoded"],
    }


def context_1_0(call: Call) -> Event:
    """`requestContext` of format 1.0."""
    unknown = (
        "accessKey accountId caller cognitoAmr cognitoAuthenticationProvider cognitoAuthenticationType "
        "cognitoIdentityId cognitoIdentityPoolId principalOrgId user userArn"
    )
    identity = {**dict.fromkeys(unknown.split()), "sourceIp": call.source_ip, "userAgent": call.header("user-agent")}
    if iam := call.authorizer.get("iam"):
        identity |= {"accessKey": iam["accessKey"], "accountId": iam["accountId"], "caller": iam["callerId"]}
        identity |= {"user": iam["userId"], "userArn": iam["userArn"]}
    authorizer = call.authorizer.get("jwt") or call.authorizer.get("lambda")
    return {
        "accountId": call.api.account,
        "apiId": call.api.id,
        **({"authorizer": authorizer} if authorizer else {}),
        "domainName": call.host,
        "domainPrefix": call.host.partition(".")[0],
        "extendedRequestId": call.request_id,
        "httpMethod": call.method,
        "identity": identity,
        "path": call.stage_path,
        "protocol": "HTTP/1.1",
        "requestId": call.request_id,
        "requestTime": call.moment,
        "requestTimeEpoch": call.milliseconds,
        "resourceId": call.route["RouteKey"],
        "resourcePath": call.route["RouteKey"].partition(" ")[2] or "$default",
        "stage": call.stage_name,
    }


def body_of(call: Call) -> Event:
    """The body, as its content type has it; one that is compressed is never text."""
    compressed = call.header("content-encoding").lower() not in ("", "identity")
    body, encoded = body_and_encoding(call.body, "" if compressed else call.header("content-type"))
    return {**({"body": body} if call.body else {}), "isBase64Encoded": encoded}


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """{"a": "1,2"}"""
    return {name: ",".join(values) for name, values in grouped(pairs).items()}


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """{"a": ["1", "2"]}"""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
