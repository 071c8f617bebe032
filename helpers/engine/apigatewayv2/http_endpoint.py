"""A request to an HTTP API, from its arrival to its answer.

Stage, preflight, route, throttling, authorization, integration, CORS. What is not found is a 404 {"message":"Not
Found"}; `apigw-requestid` is on every answer (API Gateway Developer Guide, "Troubleshooting issues with HTTP API …",
2026-11).
"""

from __future__ import annotations

import json
import logging

from localstack.http import Request, Response

from ..apigateway import metrics
from ..lambda_ import metrics as lambda_metrics
from . import (
    access_logs,
    cors,
    http_calls,
    iam_authorization,
    integrations,
    jwt_authorizers,
    lambda_authorizers,
    routing,
)
from .apis import Api
from .errors import ApiError, internal
from .http_calls import Call
from .proxy_responses import Answer
from .throttling import throttle

LOG = logging.getLogger(__name__)
NOT_FOUND = ApiError(404, "Not Found")
MOST_BYTES = 10 * 1024 * 1024  # of a request ("Quotas for configuring and running an HTTP API", 2026-11)


def serve(api: Api, request: Request) -> Response:
    """The answer to a request."""
    path, _, host, headers = http_calls.read(api, request)
    stage, rest = routing.select_stage(api, path)
    snapshot = api.deployed(stage) if stage else None
    if stage is None or snapshot is None or snapshot.fields["DisableExecuteApiEndpoint"]:
        return made(failure(NOT_FOUND), "")
    call = Call(
        api,
        snapshot,
        stage,
        request,
        request.method,
        rest,
        headers,
        request.query_string.decode("latin-1"),
        request.get_data(),
        host,
        request.remote_addr or "127.0.0.1",
    )
    rules = snapshot.fields.get("CorsConfiguration")
    found = cors.preflight(call, rules) if rules else None
    if found is None:
        found = answer(call)
        if rules:
            cors.apply(call, rules, found)
    count(call, found)
    access_logs.write(call, found)
    return made(found, call.request_id)


def count(call: Call, found: Answer) -> None:
    """Count a request in the API's metrics."""
    key = call.route.get("RouteKey", "")
    settings = {**call.stage["DefaultRouteSettings"], **(call.stage["RouteSettings"].get(key) or {})}
    verb, _, path = key.partition(" ")
    method = (verb, path or verb) if settings.get("DetailedMetricsEnabled") else ("", "")
    of = metrics.Source(call.api.account, call.api.region, ("ApiId", call.api.id), call.stage_name, method)
    metrics.count(of, found.status, ("4xx", "5xx"), call.milliseconds, call.integration.milliseconds)
    lambda_metrics.count(of, "DataProcessed", len(call.body) + len(found.body))


def answer(call: Call) -> Answer:
    """What the route answers, or why it does not."""
    try:
        matched = routing.select_route(call.snapshot.all("Route"), call.method, call.path)
        if matched is None:
            raise NOT_FOUND
        call.route, call.path_parameters = matched
        if len(call.body) > MOST_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        throttle(call.api, call.stage, call.route["RouteKey"])
        call.authorizer = authorize(call)
        integration = call.snapshot.get("Integration", call.route.get("Target", "").partition("/")[2])
        if integration is None:
            raise internal()
        return integrations.answer(call, integration)
    except ApiError as error:
        call.error = error.message
        return failure(error)
    except Exception:  # a fault of ours must be an answer, too
        LOG.exception("A request to the HTTP API %s failed", call.api.id)
        call.error = internal().message
        return failure(internal())


def authorize(call: Call) -> dict[str, object]:
    """`requestContext.authorizer` of who may call the route. Raises: ApiError."""
    kind = call.route["AuthorizationType"]
    if kind == "NONE":
        return {}
    if kind == "AWS_IAM":
        return iam_authorization.authorize(call.api, call.request, "Invoke", call.execute_arn)
    authorizer = call.snapshot.get("Authorizer", call.route["AuthorizerId"])
    if authorizer is None:
        raise internal()
    if kind == "JWT":
        return jwt_authorizers.authorize(call, authorizer, call.route.get("AuthorizationScopes") or [])
    return lambda_authorizers.authorize(call, authorizer)


def failure(error: ApiError) -> Answer:
    """An error as an answer."""
    headers = [("content-type", "application/json"), *error.headers.items()]
    return Answer(error.status, headers, json.dumps({"message": error.message}, separators=(",", ":")).encode())


def made(answer: Answer, request_id: str) -> Response:
    """The answer for the server."""
    response = Response(answer.body, answer.status)
    response.headers.clear()
    for name, value in answer.headers:
        if name.lower() != "content-length":
            response.headers.add(name, value)
    if request_id:
        response.headers["apigw-requestid"] = request_id
    response.headers["content-length"] = str(len(answer.body))
    return response
