"""Ask a backend over plain HTTP, before there is a boto3 client."""

import http.client
import json


def get_json(endpoint: str, path: str, *, seconds: float = 5, secret: str | None = None) -> dict | None:
    """Return the JSON object that `endpoint` + `path` answers with status 200, or None.

    None also means: nobody listens, no answer within `seconds`, not an object. `secret` is sent along, so give it to
    the engine whose it is only.
    """
    scheme, _, address = endpoint.partition("://")
    connect = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    try:
        connection = connect(address.rstrip("/"), timeout=seconds)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {secret}"} if secret else {})
            response = connection.getresponse()
            answer = json.loads(response.read()) if response.status == 200 else None
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def healthy(endpoint: str, *, seconds: float = 5) -> bool:
    """Tell whether a LocalStack answers at `endpoint` within `seconds`."""
    return get_json(endpoint, "/_localstack/health", seconds=seconds) is not None


def lab_health(endpoint: str) -> dict | None:
    """Return what our own engine says to everybody, or None if another program answers (or none).

    {"engine": "lambda-labs", "backend": "embedded" or "docker"}
    """
    answer = get_json(endpoint, "/_lab/health")
    return answer if answer and answer.get("engine") == "lambda-labs" else None


def lab_status(endpoint: str, secret: str) -> dict | None:
    """Return what our own engine says of itself to who knows its random secret, or None.

    To be asked of an engine that is ours: `helpers.own_engine.status` sees to that.
    """
    return get_json(endpoint, "/_lab/status", secret=secret)
