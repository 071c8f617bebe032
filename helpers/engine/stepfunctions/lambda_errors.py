"""Names of errors with which a task that invokes a function fails.

They come from AWS's own SDK: an error that Invoke's model does not have, AccessDeniedException above all, is an
`AWSLambdaException` there (execution histories in public reports, such as aws-deployment-framework's issue 460 and
lambda-refarch-imagerecognition's 19; 2026-11). LocalStack 4.9.2 makes up names.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.spec import load_service

UNKNOWN = "Lambda.AWSLambdaException"


def error_and_cause(original: Callable[[ClientError], tuple[str, str]], client_error: ClientError) -> tuple[str, str]:
    """Wrap `StateTaskServiceLambda._error_cause_from_client_error`."""
    error, cause = original(client_error)
    return (error if client_error.response["Error"]["Code"] in _modelled() else UNKNOWN), cause


def from_error(original: Callable[[Any, Any, Exception], Any], self: Any, env: Any, ex: Exception) -> Any:
    """Wrap `StateTaskLambda._from_error`, of a task that names the function's ARN itself."""
    event = original(self, env, ex)
    if isinstance(ex, ClientError):
        code = ex.response["Error"]["Code"]
        name = f"Lambda.{code}" if code in _modelled() else UNKNOWN
        event.error_name.error_name = name
        event.event_details["lambdaFunctionFailedEventDetails"]["error"] = name
    return event


@cache
def _modelled() -> frozenset[str]:
    return frozenset(shape.error_code for shape in load_service("lambda").operation_model("Invoke").error_shapes)
