"""Authorization of $connect, the only route of a WebSocket API that has one: IAM, or a function of type REQUEST.

Identity sources are `route.request.header.X`, `route.request.querystring.x`, `stageVariables.x`, `context.x`; one that
is missing is a 401, as is a function that fails with "Unauthorized"; a no is a 403 (API Gateway Developer Guide,
"Control access to WebSocket APIs with AWS Lambda REQUEST authorizers", 2026-11). What the function says is in every
later event of the connection.
"""

from __future__ import annotations

from typing import Any

from . import iam_authorization, lambda_authorizers
from .apis import Fields, Snapshot
from .errors import forbidden, internal, unauthorized
from .websocket_connections import Connection


def authorize(connection: Connection, snapshot: Snapshot, stage: Fields, route: Fields, event: dict[str, Any]) -> None:
    """Let a connection be, and keep what the authorizer says of it. Raises: ApiError (401, 403, 500)."""
    arn = connection.api.execute_arn(f"{connection.stage_name}/$connect")
    kind = route["AuthorizationType"]
    if kind == "AWS_IAM":
        connection.request.method = "GET"  # what was signed; rolo calls it WEBSOCKET
        iam_authorization.authorize(connection.api, connection.request, "Invoke", arn)
    elif kind == "CUSTOM":
        authorizer = snapshot.get("Authorizer", route["AuthorizerId"])
        if authorizer is None:
            raise internal()
        for source in authorizer.get("IdentitySource") or ():
            if not _value(source, event):
                raise unauthorized()
        asked = {name: value for name, value in event.items() if name != "isBase64Encoded"}
        asked = {"type": "REQUEST", "methodArn": arn, "queryStringParameters": {}, "stageVariables": {}, **asked}
        said = lambda_authorizers.ask(connection.api, authorizer, asked, stage["StageVariables"])
        if not lambda_authorizers.permitted(said, arn, simple=False):
            raise forbidden()
        connection.authorizer = {"principalId": said["principalId"], **(said.get("context") or {})}


def _value(source: str, event: dict[str, Any]) -> str:
    where, _, name = source.removeprefix("$").removeprefix("route.").partition(".")
    if where == "request":
        kind, _, name = name.partition(".")
        if kind == "header":
            return next((str(value) for key, value in event["headers"].items() if key.lower() == name.lower()), "")
        return (event.get("queryStringParameters") or {}).get(name, "")
    found = event.get("stageVariables") or {} if where == "stageVariables" else event["requestContext"]
    return str(found.get(name, ""))
