"""Features of a backend. Our own engine reports them; any other backend is probed, without changing it."""

from collections.abc import Mapping
from typing import Any

from helpers.backend.health import get_json, lab_health
from helpers.errors import BackendError

# The features that a lab may need, in words.
NAMES = {
    "lambda": "Lambda",
    "layers": "layers that are applied to functions",
    "iam": "IAM that refuses what is not allowed",
    "dynamodb": "DynamoDB",
}


def features_of(endpoint: str | None, status: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the features of the backend at `endpoint` (None: AWS), as {"lambda": bool, "layers": bool, ...}.

    `status` is the response of `GET /_lab/status`, None if the backend is not our own engine. A value of
    None: not known. Further keys, such as "isolation" or "nodejs", are only known of an engine that told its status.
    """
    if endpoint is None:
        return dict.fromkeys(NAMES, True)
    if status is not None:
        return {"lambda": True, **status.get("features", {})}
    if lab_health(endpoint):
        # Each of our engines has these. Whether it enforces IAM no probe can tell: it refuses unknown keys in any case.
        common = {"lambda": True, "layers": True, "dynamodb": True, "iam": None}
        return {**common, "auth": not accepts(endpoint, "test", "unknown")}
    health = get_json(endpoint, "/_localstack/health") or {}
    services = health.get("services", {})
    return {
        "lambda": services.get("lambda") in ("available", "running"),
        # Open-source LocalStack accepts layers and never applies them.
        "layers": health.get("edition") == "pro",
        # The example key of AWS's documentation: who accepts a key that nobody has enforces nothing.
        "iam": accepts(endpoint, "AKIAIOSFODNN7EXAMPLE", "unknown") is False,
        "dynamodb": services.get("dynamodb") in ("available", "running"),
    }


def accepts(endpoint: str, key: str, secret: str) -> bool | None:
    """Return whether the backend accepts a request signed with this key; None if that cannot be told."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    client = boto3.session.Session().client(
        "iam",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20),
        verify=False,
    )
    try:
        client.list_roles(MaxItems=1)
    except ClientError as error:
        return False if error.response["ResponseMetadata"].get("HTTPStatusCode") in (401, 403) else None
    except (BotoCoreError, ResponseParserError):
        return None
    return True


def require(features: Mapping[str, Any], needs: tuple[str, ...], lab: str, backend: str) -> None:
    """Refuse a lab that needs what the backend is known to lack.

    Raises: BackendError naming all that is missing.
    """
    missing = [NAMES.get(name, name) for name in needs if features.get(name, False) is False]
    if missing:
        raise BackendError(
            f"Lab {lab} needs {' and '.join(missing)}, which the {backend} backend lacks: "
            "unset AWS_ENDPOINT_URL and LAB_BACKEND to use the embedded one."
        )
