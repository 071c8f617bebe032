"""Why something failed, in CloudFormation's words."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from botocore.exceptions import ClientError

# The codes that resource handlers may fail with (CloudFormation CLI User Guide, "Handler error codes", 2026-11).
CODES = (
    ("AlreadyExists", ("AlreadyExist", "EntityAlreadyExists", "BucketAlreadyOwnedByYou", "ResourceConflict", "InUse")),
    ("NotFound", ("NotFound", "NoSuch", "NonExistent", "DoesNotExist")),
    ("AccessDenied", ("AccessDenied", "NotAuthorized", "Forbidden")),
    ("Throttling", ("Throttl", "TooManyRequests")),
)


def message(error: Exception, kind: str = "") -> str:
    """Return the reason of an event, from what a service answered about a resource of type `kind`."""
    if not isinstance(error, ClientError):
        return str(error) or type(error).__name__
    meta, said = error.response.get("ResponseMetadata", {}), error.response.get("Error", {})
    status = meta.get("HTTPStatusCode", 400)
    service = kind.split("::")[1] if kind else "CloudFormation"
    return (
        f'Resource handler returned message: "{said.get("Message", error)} (Service: {service}, Status Code: {status}, '
        f'Request ID: {meta.get("RequestId", "")})" (RequestToken: {uuid.uuid4()}, '
        f"HandlerErrorCode: {handler_code(error)})"
    )


def handler_code(error: Exception) -> str:
    """Return what a resource handler that meets this error fails with: one of `CODES`, or that of the status."""
    if not isinstance(error, ClientError):
        return "InternalFailure"
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
    return next(
        (name for name, parts in CODES if any(part in code for part in parts)),
        {404: "NotFound"}.get(status, "InvalidRequest") if status < 500 else "GeneralServiceException",
    )


def resources(verb: str, names: Iterable[str]) -> str:
    """Return the reason of a stack's status: these resources failed to `verb` ("create").

    With the space at the end, as recorded on AWS by LocalStack 4.9.2's tests (api/test_stacks, 2024).
    """
    return f"The following resource(s) failed to {verb}: [{', '.join(names)}]. "
