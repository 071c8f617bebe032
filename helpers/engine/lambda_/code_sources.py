"""Where the code of a function or a layer comes from: a request names one source, whole.

LocalStack 4.9.2 answers a request without any with an error 500. The sentences are AWS's, as callers quote them
(aws/aws-sdk-go, issue 2183, of 2018; AWS's for two sources is in tests of their deployment tools, 2026-11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from . import versions

OPERATIONS = "CreateFunction UpdateFunctionCode PublishLayerVersion"


def refuse_unsourced(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations that bring code. Raises: InvalidParameterValueException (400)."""
    request = context.service_request
    match context.operation.name:
        case "CreateFunction":
            check_source(request.get("Code") or {})
        case "PublishLayerVersion":
            check_source(request.get("Content") or {})
        case "UpdateFunctionCode" if versions.find(context)[0]:  # else it is not found, which comes first
            check_source(request)


def check_source(code: Mapping[str, Any]) -> None:
    """Raise AWS's error for no source, half of one, or two."""
    from_bucket = [name for name in ("S3Bucket", "S3Key", "S3ObjectVersion") if code.get(name)]
    if code.get("ZipFile") and from_bucket:
        raise _refusal("Please do not provide other FunctionCode parameters when providing a ZipFile.")
    if not code.get("ZipFile") and not code.get("ImageUri") and not {"S3Bucket", "S3Key"} <= set(from_bucket):
        raise _refusal("Please provide a source for function code.")


def _refusal(sentence: str) -> InvalidParameterValueException:
    return InvalidParameterValueException(sentence, Type="User")
