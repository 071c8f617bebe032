"""What a backend can do. Our engine says so itself; any other backend is probed, without changing it."""

from helpers.ask import get_json
from helpers.errors import BackendError

# What a lab may need -> what is missing without it, in words.
NAMES = {
    "lambda": "Lambda",
    "layers": "layers that are applied to functions",
    "iam": "IAM that refuses what is not allowed",
    "dynamodb": "DynamoDB",
}


def features_of(endpoint: str | None, status: dict | None) -> dict:
    """Return the features of the backend at `endpoint` (None: AWS), as {"lambda": bool, "layers": bool, ...}.

    `status` is what `GET /_lab/status` answered, None if the backend is not ours. Further keys, such as
    "isolation" or "nodejs", are only known for our engine.
    """
    if endpoint is None:
        return dict.fromkeys(NAMES, True)
    if status is not None:
        return {"lambda": True, **status.get("features", {})}
    health = get_json(endpoint, "/_localstack/health") or {}
    services = health.get("services", {})
    return {
        "lambda": services.get("lambda") in ("available", "running"),
        # Open-source LocalStack accepts layers and never applies them.
        "layers": health.get("edition") == "pro",
        "iam": refuses_unknown_keys(endpoint),
        "dynamodb": services.get("dynamodb") in ("available", "running"),
    }


def refuses_unknown_keys(endpoint: str) -> bool:
    """Tell whether the backend refuses an access key that nobody has. Who accepts any key enforces nothing."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    client = boto3.session.Session().client(
        "iam",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",  # the example key of AWS's documentation
        aws_secret_access_key="unknown",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=20),
        verify=False,
    )
    try:
        client.list_roles(MaxItems=1)
    except ClientError as error:
        return error.response["ResponseMetadata"].get("HTTPStatusCode") in (401, 403)
    except BotoCoreError:
        return False
    return False


def require(features: dict, needs: tuple[str, ...], lab: str, backend: str) -> None:
    """Stop a lab that needs what the backend lacks.

    Raises: BackendError naming all that is missing.
    """
    missing = [NAMES.get(name, name) for name in needs if not features.get(name)]
    if missing:
        raise BackendError(
            f"Lab {lab} needs {' and '.join(missing)}, which the {backend} backend lacks: "
            "unset AWS_ENDPOINT_URL and LAB_BACKEND to use the embedded one."
        )
