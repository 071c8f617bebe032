"""What this engine has not: the answers made from the list in `absent`.

Whatever is accepted acts or is stored as on AWS; the rest is refused in one sentence, with the code `NotImplemented`
and status 501, which no AWS SDK retries. There are three kinds:

- a service, or an operation of a service, that LocalStack and we do not have: nothing has to be listed;
- an operation that LocalStack has, but that would be accepted without effect, or needs a download: a row of `absent`;
- a setting of an operation that would be accepted without effect: a row of `absent` with its `member`.

LocalStack's own answers speak of licence plans and never reach a caller.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext, ServiceException
from localstack.aws.chain import HandlerChain
from localstack.aws.protocol.parser import RequestParserError
from localstack.http import Response

from . import unreadable
from .absent import ABSENT, Absent

# AWS's names of services as people write them, where the service model's identifier is another.
NAMES = {"es": "Amazon Elasticsearch Service", "opensearch": "Amazon OpenSearch Service", "xray": "AWS X-Ray"}


class NotHereError(NotImplementedError):
    """What is not here was asked for. Its message is the whole answer."""


def _by_operation() -> dict[str, dict[str, list[Absent]]]:
    found: dict[str, dict[str, list[Absent]]] = {}
    for row in ABSENT:
        for operation in row.operations.split():
            found.setdefault(row.service, {}).setdefault(operation, []).append(row)
    return found


# Rows by service and operation: a request of another operation, Invoke above all, meets none of them.
ROWS = _by_operation()


def refuse(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before the services. Raises: NotImplemented (501) for what is in `ABSENT`."""
    service, operation = context.service.service_name, context.operation.name
    for absent in ROWS[service][operation]:
        if absent.asked_for(context.service_request or {}):
            what = f"{absent.member} of {operation}" if absent.member else operation
            raise refusal(f"{what} ({name_of(service, context)}) is not part of this engine: {absent.why}.")


def refusal(sentence: str) -> CommonServiceException:
    """The answer for what is not here."""
    return CommonServiceException("NotImplemented", sentence, 501, True)


def answer_not_implemented(self: Any, serializer: Any, context: RequestContext, exception: NotImplementedError) -> Any:
    """Replace `Skeleton.on_not_implemented_error`, for operations that a service of LocalStack's leaves out."""
    error: ServiceException = as_refusal(exception, context)
    return self.on_service_exception(serializer, context, error)


def exception_response(original: Any, self: Any, exception: Exception, context: RequestContext) -> Any:
    """Wrap `ServiceExceptionSerializer.create_exception_response`, for what LocalStack leaves out or cannot read."""
    if isinstance(exception, (NotImplementedError, RequestParserError)):
        exception = as_refusal(exception, context)
        context.service_exception = exception
        # To write an answer it needs some operation of the service.
        context.operation = context.operation or context.service.operation_model(context.service.operation_names[0])
    return original(self, exception, context)


def as_refusal(exception: Exception, context: RequestContext) -> CommonServiceException:
    """What a caller is told instead of LocalStack's text."""
    if isinstance(exception, NotHereError):
        return refusal(str(exception))
    service = name_of(context.service.service_name, context)
    if unreadable.is_of_no_operation(exception):
        asked = context.request.headers.get("X-Amz-Target", "").rpartition(".")[2]
        asked = asked or f"{context.request.method} {context.request.path}"
        return refusal(
            f"This engine knows no such operation of {service} ({asked}): it is newer than October 2025, or not AWS's."
        )
    if isinstance(exception, RequestParserError):
        return unreadable.refusal(exception, context)
    return refusal(f"{context.operation.name} ({service}) is not part of this engine, so nothing was done.")


def name_of(service: str, context: RequestContext) -> str:
    """AWS's name of a service, as in "AWS Lambda"."""
    return NAMES.get(service) or str(context.service.metadata.get("serviceFullName", service))
