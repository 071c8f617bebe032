"""Health and status of a backend over plain HTTP, before there is a boto3 client."""

import hmac
import http.client
import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from helpers.backend import credentials


def get_json(
    endpoint: str, path: str, *, seconds: float = 5, headers: Mapping[str, str] | None = None
) -> dict[str, Any] | None:
    """Return the JSON object that `endpoint` + `path` answers with status 200, or None.

    None also means: nobody listens, no answer within `seconds`, not an object.
    """
    scheme, _, address = endpoint.partition("://")
    connect = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    try:
        connection = connect(address.rstrip("/"), timeout=seconds)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            answer = json.loads(response.read()) if response.status == 200 else None
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def healthy(endpoint: str, *, seconds: float = 5) -> bool:
    """Return whether a LocalStack answers at `endpoint` within `seconds`."""
    return get_json(endpoint, "/_localstack/health", seconds=seconds) is not None


def lab_health(endpoint: str) -> dict[str, Any] | None:
    """Return what an engine like ours reports to anybody, or None if another program answers, or none.

    {"engine": "lambda-labs", "backend": "embedded" or "docker"}
    """
    answer = get_json(endpoint, "/_lab/health")
    return answer if answer and answer.get("engine") == "lambda-labs" else None


def knows_secret(endpoint: str, secret: str, *, seconds: float = 5) -> bool:
    """Return whether the server at `endpoint` has the random secret: another program on this machine does not."""
    nonce = secrets.token_hex(16)
    said = get_json(endpoint, "/_lab/health", seconds=seconds, headers={"X-Lab-Nonce": nonce}) or {}
    return hmac.compare_digest(str(said.get("answer")).encode(), credentials.answer(secret, nonce).encode())


def lab_status(endpoint: str, secret: str) -> dict[str, Any] | None:
    """Return the status that our own engine reports to a caller that has its random secret, or None."""
    path = "/_lab/status"
    proof = credentials.proof(secret, "GET", path, time.time())
    return get_json(endpoint, path, headers={"Authorization": f"Lab {proof}"})
