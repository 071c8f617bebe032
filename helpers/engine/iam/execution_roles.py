"""Permissions that Lambda demands of an execution role when something is configured that will need them.

Event source mappings, dead-letter queues and destinations are refused at once if the role could not serve them, also
where CloudFormation configures them. Messages: github.com/anomalyco/sst/issues/5737 (SQS, 2025), of DynamoDB
github.com/aws-amplify/amplify-js/issues/4793, of Kinesis
github.com/aws-samples/cross-account-amazon-dynamodb-replication/issues/11 (2022), of dead-letter queues
github.com/aws-samples/aws-serverless-ecommerce-platform/issues/41; of destinations from memory.

Of streams, the rights that deployed templates get along with: ListStreams on the stream's own ARN (Serverless
Framework) or on all of a table's (SAM); of Kinesis DescribeStream, or DescribeStreamSummary with ListShards (2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.http import Request
from localstack.services.lambda_.invocation.models import lambda_stores

from .. import settings
from . import callers, decisions, request_contexts, role_sessions
from .services.lambda_ import function_arn
from .targets import Target

POLLS = {
    "sqs": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "dynamodb": ("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"),
    "kinesis": ("kinesis:GetRecords", "kinesis:GetShardIterator"),
}
ACTIONS = {
    "dynamodb": "GetRecords, GetShardIterator, DescribeStream, and ListStreams",
    "kinesis": "GetRecords, GetShardIterator, DescribeStream, ListShards, and ListStreams",
}
SENDS = {
    "sqs": "sqs:SendMessage",
    "sns": "sns:Publish",
    "lambda": "lambda:InvokeFunction",
    "events": "events:PutEvents",
    "s3": "s3:PutObject",
}
NAMES = {"sqs": "SQS", "sns": "SNS", "dynamodb": "DynamoDB", "kinesis": "Kinesis"}


def check_permissions(context: RequestContext) -> None:
    """Raise Lambda's error if the execution role lacks a permission."""
    if context.service.service_name != "lambda":
        return
    request = context.service_request
    match context.operation.name:
        case "CreateEventSourceMapping":
            if source := request.get("EventSourceArn"):
                role = _role(context, request["FunctionName"])
                _check_source(context, role, source)
                _check_destinations(context, role, request)
        case "UpdateEventSourceMapping":
            mappings = lambda_stores[context.account_id][context.region].event_source_mappings
            if stored := mappings.get(request["UUID"]):
                role = _role(context, request.get("FunctionName") or stored["FunctionArn"])
                if request.get("FunctionName") and stored.get("EventSourceArn"):
                    _check_source(context, role, stored["EventSourceArn"])
                _check_destinations(context, role, request)
        case "CreateFunction" | "UpdateFunctionConfiguration":
            target = (request.get("DeadLetterConfig") or {}).get("TargetArn")
            if target and _service(target) in NAMES:  # others Lambda refuses
                role = request.get("Role") or _role(context, request["FunctionName"])
                if missing := _missing(context, role, [SENDS.get(_service(target), "")], target):
                    where = NAMES.get(_service(target), _service(target))
                    _refuse(f"The provided execution role does not have permissions to call {missing} on {where}")
        case "PutFunctionEventInvokeConfig" | "UpdateFunctionEventInvokeConfig":
            _check_destinations(context, _role(context, request["FunctionName"]), request)


def _check_destinations(context: RequestContext, role: str | None, request: Mapping[str, Any]) -> None:
    for destination in (request.get("DestinationConfig") or {}).values():
        target = (destination or {}).get("Destination") or ""
        service = _service(target)
        action = SENDS.get(service)
        resource = f"{target}/*" if service == "s3" else target
        if action and (missing := _missing(context, role, [action], resource)):
            _refuse(f"The function's execution role does not have permissions to call {missing} on {target}")


def _check_source(context: RequestContext, role: str | None, source: str) -> None:
    service = _service(source)
    stream = source.partition("/consumer/")[0]
    missing = _missing(context, role, POLLS.get(service, ()), stream)
    if missing and service == "sqs":
        _refuse(f"The function execution role does not have permissions to call {missing} on SQS")
    if service == "dynamodb":
        # ListStreams is about all streams of a table.
        everything = f"{source.partition('/stream/')[0]}/stream/*"
        lists = [_missing(context, role, ["dynamodb:ListStreams"], arn) for arn in (source, everything)]
        missing = missing or min(lists)
    elif service == "kinesis":
        describes = ["kinesis:DescribeStream"], ["kinesis:DescribeStreamSummary", "kinesis:ListShards"]
        missing = missing or min(_missing(context, role, actions, stream) for actions in describes)
    if missing:
        _refuse(
            f"Cannot access stream {source}. Please ensure the role can perform the {ACTIONS[service]} Actions on your "
            "stream in IAM."
        )


def may(role_arn: str, session: str, region: str, target: Target) -> bool:
    """Whether a role, in a session of this name, may do what Lambda does as the role of itself, such as write a log."""
    role = role_sessions.find_role(role_arn)
    if role is None:
        return False
    return not settings.current().iam or decisions.permits(
        callers.from_role(role, session), _of_lambda(region, target.action), target
    )


@lru_cache(maxsize=64)
def _of_lambda(region: str, action: str) -> RequestContext:
    service, _, operation = action.partition(":")
    return request_contexts.make_context(Request(), service, operation, region)


def _missing(context: RequestContext, role_arn: str | None, actions: Iterable[str], resource: str) -> str:
    """The first of the actions that the role lacks on the resource, without its service: "SendMessage"."""
    role = role_sessions.find_role(role_arn) if role_arn else None
    if role is None:
        return ""  # LocalStack answers that the function, or that its role, is not there
    caller = callers.from_role(role, "lambda")
    for action in filter(None, actions):
        target = Target(action, resource, resource.split(":")[4] or role.account_id)
        if not decisions.permits(caller, context, target):
            return action.partition(":")[2]
    return ""


def _role(context: RequestContext, function: str) -> str | None:
    arn, account = function_arn(context, function)
    found = lambda_stores[account][arn.split(":")[3]].functions.get(arn.split(":")[6])
    return found.latest().config.role if found else None


def _service(arn: str) -> str:
    return arn.split(":")[2] if arn.count(":") >= 5 else ""


def _refuse(message: str) -> None:
    raise CommonServiceException("InvalidParameterValueException", message, 400, True)
