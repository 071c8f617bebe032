"""Requests that nobody can read: what LocalStack 4.9.2 answers with 500 is the caller's mistake on AWS.

Code by protocol: JSON `SerializationException` (LocalStack's snapshots of API Gateway, 2024), of Lambda
`InvalidRequestContentException`, "Could not parse request body into json: …" (its snapshots of Invoke, 2024), of S3
`MalformedXML` (S3 API Reference, "Error responses", 2026-11), of the Query protocol `MalformedInput` (IAM). What
follows is LocalStack's; AWS quotes its Java parsers.
"""

from __future__ import annotations

from botocore.model import OperationNotFoundError
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.protocol.parser import OperationNotFoundParserError, RequestParserError, UnknownParserError

LONGEST = 400  # of what is quoted


def is_of_no_operation(exception: Exception) -> bool:
    """Whether the request names no operation that is known."""
    return isinstance(exception, OperationNotFoundParserError) or (
        isinstance(exception, UnknownParserError) and isinstance(exception.__cause__, OperationNotFoundError)
    )


def refusal(exception: RequestParserError, context: RequestContext) -> CommonServiceException:
    """The answer to a request that could not be read."""
    service, said = context.service.service_name, str(exception)[:LONGEST]
    if service == "lambda":
        code, said = "InvalidRequestContentException", f"Could not parse request body into json: {said}"
    elif service == "s3":
        code = "MalformedXML"
        said = "The XML you provided was not well-formed or did not validate against our published schema"
    else:
        code = "MalformedInput" if context.protocol in ("query", "ec2") else "SerializationException"
    return CommonServiceException(code, said, 400, True)
