"""Why something failed, in CloudFormation's words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from botocore.exceptions import ClientError

# The codes that resource handlers may fail with (CloudFormation CLI User Guide, "Handler error codes", 2026-11).
CODES = (
    ("AlreadyExists", ("AlreadyExist", "EntityAlreadyExists", "BucketAlreadyOwnedByYou", "ResourceConflict", "InUse")),
    ("NotFound", ("NotFound", "NoSuch", "NonExistent")),
    ("AccessDenied", ("AccessDenied", "NotAuthorized", "Forbidden")),
    ("Throttling", ("Throttl", "TooManyRequests")),
)


def message(error: Exception) -> str:
    """Return the reason of an event, from what a service answered."""
    if not isinstance(error, ClientError):
        return str(error) or type(error).__name__
    meta, said = error.response.get("ResponseMetadata", {}), error.response.get("Error", {})
    status, code = meta.get("HTTPStatusCode", 400), said.get("Code", "")
    handler_code = next(
        (name for name, parts in CODES if any(part in code for part in parts)),
        "InvalidRequest" if status < 500 else "GeneralServiceException",
    )
    return (
        f'Resource handler returned message: "{said.get("Message", error)} (Service: {_service(error)}, Status Code: '
        f'{status}, Request ID: {meta.get("RequestId", "")})" (RequestToken: {uuid.uuid4()}, '
        f"HandlerErrorCode: {handler_code})"
    )


def resources(verb: str, names: Iterable[str]) -> str:
    """Return the reason of a stack's status: these resources failed to `verb` ("create").

    With the space at the end, as recorded on AWS by LocalStack 4.9.2's tests (api/test_stacks, 2024).
    """
    return f"The following resource(s) failed to {verb}: [{', '.join(names)}]. "


def _service(error: ClientError) -> str:
    return getattr(error, "service_name", "") or error.operation_name
