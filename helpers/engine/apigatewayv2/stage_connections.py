"""`…/{stage}/@connections/{id}`: the API of connections, at a stage's address."""

from __future__ import annotations

import json

from localstack.aws.api import CommonServiceException
from localstack.http import Request, Response

from . import connection_management, http_calls
from .apis import Api
from .errors import ApiError
from .http_endpoint import failure, made


def serve(api: Api, request: Request) -> Response:
    """Answer a request that is no WebSocket handshake."""
    _, (_, stage, *rest), _, _ = http_calls.read(api, request)
    if rest[:1] != ["@connections"] or len(rest) != 2:
        return made(failure(ApiError(426, "Upgrade Required")), "")
    try:
        connection = connection_management.find(request, rest[1], api.id, stage)
        match request.method:
            case "POST":
                connection_management.post(connection, request.get_data())
                return Response(status=200)
            case "DELETE":
                connection.close()
                return Response(status=204)
            case "GET":
                return Response.for_json(_written(connection_management.described(connection)))
    except CommonServiceException as error:
        body = json.dumps({"message": error.message})
        return Response(body, error.status_code, {"x-amzn-ErrorType": error.code, "content-type": "application/json"})
    return made(failure(ApiError(405, "Method Not Allowed")), "")


def _written(fields: dict[str, object]) -> dict[str, object]:
    """As the service's protocol writes it: names begin in lower case, moments are ISO 8601."""
    identity = fields["Identity"]
    assert isinstance(identity, dict)
    moments = {name[:1].lower() + name[1:]: str(moment).replace(" ", "T") for name, moment in fields.items()}
    return moments | {"identity": {name[:1].lower() + name[1:]: value for name, value in identity.items()}}
