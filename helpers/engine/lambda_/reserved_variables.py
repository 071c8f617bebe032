"""Reserved environment variables, which LocalStack 4.9.2 accepts.

AWS Lambda Developer Guide, "Configuring environment variables", section "Reserved environment variables" (2026-11).
`TZ`, `LANG` and `PATH` are set by Lambda too, and may be set anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.aws.api.lambda_ import InvalidParameterValueException

RESERVED = frozenset(
    """
    _HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE
    AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
    AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR
    """.split()  # noqa: SIM905 (a list of quoted names reads worse)
)


def refuse_reserved(environment: Mapping[str, Any] | None) -> None:
    """Raise AWS's error for reserved names among the variables of a request's `Environment`."""
    used = sorted(RESERVED & set((environment or {}).get("Variables") or ()))
    if used:
        raise InvalidParameterValueException(
            "Lambda was unable to configure your environment variables because the environment variables you have "
            "provided contains reserved keys that are currently not supported for modification. Reserved keys used "
            f"in this request: {', '.join(used)}",
            Type="User",
        )
