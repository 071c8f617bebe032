"""Limits of payloads and settings that LocalStack 4.9.2 does not check.

Limits and messages: AWS Lambda API Reference, "Invoke", "CreateFunction" and "UpdateFunctionConfiguration", and
Developer Guide, "Lambda quotas" (2026-11); of a function without a handler github.com/pipe-cd/pipecd/issues/1400.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, NoReturn

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException, InvalidRequestContentException
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from . import client_context, reserved_variables, runtime_identifiers
from .json_errors import in_words

SYNC_PAYLOAD_BYTES = 6 * 1024 * 1024
ASYNC_PAYLOAD_BYTES = 1024 * 1024  # 256 KB until October 2025
MEMORY_MB = (128, 10_240)
TIMEOUT_SECONDS = (1, 900)
VARIABLES_BYTES = 4096


def refuse_invocation(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Invoke. Raises: AWS's error for an invalid event or client context."""
    check_payload(context.service_request)
    client_context.refuse_invalid(context.service_request)
    client_context.leave_out(context.service_request)


def refuse_configuration(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CreateFunction and UpdateFunctionConfiguration. Raises: AWS's error for an invalid setting."""
    request = context.service_request
    if context.operation.name == "CreateFunction":
        check_package(request)
    check_dead_letters((request.get("DeadLetterConfig") or {}).get("TargetArn") or "")
    check_range(request, "MemorySize", "memorySize", *MEMORY_MB)
    check_range(request, "Timeout", "timeout", *TIMEOUT_SECONDS)
    runtime_identifiers.refuse_retired(request.get("Runtime"))
    reserved_variables.refuse_reserved(request.get("Environment"))
    check_variables(request.get("Environment"))


def check_package(request: Mapping[str, Any]) -> None:
    """Raise AWS's error for a function from a zip archive that does not say how it is to be run."""
    if not (request.get("Runtime") and request.get("Handler")):
        raise InvalidParameterValueException(
            "Runtime and Handler are mandatory parameters for functions created with deployment packages.", Type="User"
        )


def check_variables(environment: Mapping[str, Any] | None) -> None:
    """Raise AWS's error for environment variables of more than 4 KB: names and values, as compact JSON.

    LocalStack repeats the variables in its message, as AWS did. Since 2026 AWS tells the size instead: "exceeded the
    4KB limit. Measured size: 4152 bytes", as the CDK and Terraform users who met it quote it (public repositories,
    2026-09; one of them found that figure to be the length of the JSON).
    """
    variables = dict((environment or {}).get("Variables") or {})
    size = len(json.dumps(variables, separators=(",", ":")))
    if size > VARIABLES_BYTES:
        raise InvalidParameterValueException(
            "Lambda was unable to configure your environment variables because the environment variables you have "
            f"provided exceeded the 4KB limit. Measured size: {size} bytes",
            Type="User",
        )


def check_dead_letters(target: str) -> None:
    """Raise for a target that is neither queue nor topic; AWS's code, and words of ours, for no source has AWS's."""
    if target.startswith("arn:") and target.split(":")[2] not in ("sqs", "sns"):
        raise InvalidParameterValueException(
            f"The dead-letter target {target} is neither an Amazon SQS queue nor an Amazon SNS topic.", Type="User"
        )


def check_payload(request: dict[str, Any]) -> None:
    """Raise AWS's error for an event that is not JSON in UTF-8 or too large for its invocation type."""
    source: Any = request.get("Payload")
    payload = source.read() if hasattr(source, "read") else source or b""
    if source is not None:
        request["Payload"] = BytesIO(payload)
    asynchronous = request.get("InvocationType") == "Event"
    limit = ASYNC_PAYLOAD_BYTES if asynchronous else SYNC_PAYLOAD_BYTES
    if len(payload) > limit:
        # The API reference calls it RequestTooLargeException; this code and these words are what callers report.
        message = f"Request must be smaller than {limit} bytes for the InvokeFunction operation"
        if asynchronous:
            message = f"{len(payload)} byte payload is too large for the Event invocation type (limit {limit} bytes)"
        raise CommonServiceException("RequestEntityTooLargeException", message, 413, True)
    if payload:
        try:
            _JSON.decode(str(payload, "utf-8"))
        except (ValueError, RecursionError) as error:
            said = f"Could not parse request body into json: Could not parse payload into json: {in_words(error)}"
            raise InvalidRequestContentException(said, Type="User") from None


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"Unrecognized token '{constant}'")


_JSON = json.JSONDecoder(parse_constant=_no_json)  # NaN and Infinity are Python's


def check_range(request: Mapping[str, Any], name: str, member: str, least: int, most: int) -> None:
    """Raise AWS's error for a number out of range."""
    value = request.get(name)
    if value is None or least <= value <= most:
        return
    bound = f"greater than or equal to {least}" if value < least else f"less than or equal to {most}"
    raise CommonServiceException(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: "
        f"Member must have value {bound}",
        400,
        True,
    )
