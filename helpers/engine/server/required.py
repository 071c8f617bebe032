"""Members that a request must have, by its service's model: SDKs other than boto3 send it all the same.

LocalStack 4.9.2 and moto fail with 500, or take None for a name. Words: "1 validation error detected: Value null at
'stackName' failed to satisfy constraint: Member must not be null", as CloudFormation, DynamoDB and SNS answer, and of
SQS "The request must contain the parameter MessageBody." (LocalStack's snapshots, 2023 to 2025); of CloudWatch "The
parameter MetricName is required." Codes by service, from their API References (2026-11). Lambda has its own check.
"""

from __future__ import annotations

from functools import cache

from botocore.model import OperationModel
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from .constraints import in_words, lower

# What is left out: services whose members are in paths and headers, and who answer in words of their own.
CODES = {
    "cloudformation": "ValidationError",
    "cloudwatch": "MissingParameter",
    "dynamodb": "ValidationException",
    "dynamodbstreams": "ValidationException",
    "events": "ValidationException",
    "firehose": "ValidationException",
    "iam": "ValidationError",
    "kinesis": "ValidationException",
    "logs": "InvalidParameterException",
    "scheduler": "ValidationException",
    "secretsmanager": "ValidationException",
    "sns": "ValidationError",
    "sqs": "MissingParameter",
    "ssm": "ValidationException",
    "stepfunctions": "ValidationException",
}
OTHER_WORDS = {"Unsubscribe"}  # operations whose service says it already, in words of its own
NULL = "Value null at '{}' failed to satisfy constraint: Member must not be null"


def refuse_missing(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before services, and before authorization: what is not named cannot be judged.

    Raises: the service's error (400) for a member that is missing.
    """
    request = context.service_request or {}
    service = context.service.service_name
    if context.operation.name in OTHER_WORDS:
        return
    missing = [name for name in required(context.operation) if request.get(name) is None]
    if context.protocol == "query" or service == "sqs":
        # In a form an empty list looks like none, and an empty batch is refused as that (EmptyBatchRequest).
        members = context.operation.input_shape.members
        lists = [name for name in missing if members[name].type_name == "list"]
        context.service_request = request = {**request, **{name: [] for name in lists}}
        missing = [name for name in missing if name not in lists]
    if missing:
        raise CommonServiceException(CODES[service], _said(service, missing), 400, True)


def _said(service: str, missing: list[str]) -> str:
    match service:
        case "sqs":
            return f"The request must contain the parameter {missing[0]}."
        case "cloudwatch":
            return f"The parameter {missing[0]} is required."
    return in_words([NULL.format(lower(name)) for name in missing])


@cache  # as many entries as the services have operations
def required(operation: OperationModel) -> tuple[str, ...]:
    """The names of the members that an operation's request must have."""
    return tuple(operation.input_shape.required_members) if operation.input_shape else ()
