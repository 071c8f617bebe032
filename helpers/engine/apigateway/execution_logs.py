"""The execution log that TestInvokeMethod returns: with the reason of a failure, without headers of the engine's own.

LocalStack 4.9.2 writes "Execution failed due to : ", and shows the headers that tell its services who calls. The
reasons are those of `errors`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from weakref import WeakKeyDictionary

from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import BaseGatewayException
from werkzeug.datastructures import Headers

from .errors import ExplainedError
from .request_validation import InvalidBodyError

NO_REASON = re.compile(r"^(.* : )Execution failed due to : $", re.MULTILINE)
INTERNAL_HEADERS = re.compile(r", (Authorization|x-localstack-data)=.*?(?=, [A-Za-z-]+=|}$)", re.MULTILINE)

# The log is written after the request has failed. Lines and not the exception: its traceback would keep its context.
_log_lines: WeakKeyDictionary[RestApiInvocationContext, tuple[str, ...]] = WeakKeyDictionary()


def note_failure(
    original: Callable[..., None], exception: BaseGatewayException, context: RestApiInvocationContext
) -> None:
    """Keep what the log says about a failed request, until its context is gone."""
    explained = isinstance(exception, ExplainedError)
    _log_lines[context] = exception.log_lines if explained else (f"Execution failed: {exception.message}",)
    original(exception, context)
    if isinstance(exception, InvalidBodyError):
        context.context_variables["error"]["validationErrorString"] = exception.validation


def reasons(context: RestApiInvocationContext) -> tuple[str, ...]:
    """Why a request failed, in AWS's words."""
    return _log_lines.get(context, ())


def log_of_success(
    original: Callable[..., str], invocation_context: RestApiInvocationContext, response_headers: Headers
) -> str:
    """Return LocalStack's log of a request that succeeded, without internal headers."""
    return INTERNAL_HEADERS.sub("", original(invocation_context, response_headers))


def log_of_failure(
    original: Callable[..., str], invocation_context: RestApiInvocationContext, response_status_code: int
) -> str:
    """Return LocalStack's log of a request that failed, with the reason in AWS's words."""
    text = INTERNAL_HEADERS.sub("", original(invocation_context, response_status_code))
    if (lines := _log_lines.get(invocation_context)) is None:
        return text
    return NO_REASON.sub(lambda found: "\n".join(found[1] + line for line in lines), text)
