"""Ask a backend over plain HTTP, before there is a boto3 client."""

import http.client
import json


def get_json(endpoint: str, path: str, *, seconds: float = 5) -> dict | None:
    """Return the JSON object that `endpoint` + `path` answers with status 200, or None.

    None also means: nobody listens, no answer within `seconds`, not an object.
    """
    scheme, _, address = endpoint.partition("://")
    connect = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    try:
        connection = connect(address.rstrip("/"), timeout=seconds)
        try:
            connection.request("GET", path)
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


def lab_status(endpoint: str) -> dict | None:
    """Return what our own engine says of itself, or None if another program answers (or none)."""
    return get_json(endpoint, "/_lab/status")
