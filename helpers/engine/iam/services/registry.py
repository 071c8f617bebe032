"""What an operation acts on: targets with ARNs as policies name them.

A function per service, `(context, request, action) -> targets`. Services that are not here, and operations on nothing
in particular, have the resource "*": then only a policy with `"Resource": "*"` allows them.
Source: Service Authorization Reference, "Resource types defined by ..." (2026-11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext

from .. import actions
from ..targets import Target
from . import data_resources, iam

Resources = Callable[[RequestContext, Mapping[str, Any], str], list[Target]]


def targets(context: RequestContext) -> list[Target]:
    """Everything that must be allowed for a request to go on."""
    resources = SERVICES.get(context.service.service_name, _nothing)
    request = context.service_request
    found = [target for action in actions.of(context) for target in resources(context, request, action)]
    return found + iam.passed_roles(context, request)


def _nothing(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    return [Target(action, "*", context.account_id)]


def function_arn(context: RequestContext, name: str, qualifier: str | None = None) -> tuple[str, str]:
    """ARN and account of a function that is named as Lambda allows: by its name, a partial or a full ARN."""
    parts = name.split(":")
    account, region = context.account_id, context.region
    if parts[0] == "arn":
        region, account, rest = parts[3], parts[4], parts[6:]
    elif "function" in parts:
        rest = parts[parts.index("function") + 1 :]
        account = next((part for part in parts if part.isdigit() and len(part) == 12), account)
    else:
        rest = parts
    qualifier = qualifier or (rest[1] if len(rest) > 1 else None)
    return f"arn:aws:lambda:{region}:{account}:function:{rest[0]}{f':{qualifier}' if qualifier else ''}", account


def _lambda(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    region, account = context.region, context.account_id
    prefix = f"arn:aws:lambda:{region}:{account}:"
    operation = context.operation.name
    if operation in ("CreateEventSourceMapping", "ListEventSourceMappings"):
        name = request.get("FunctionName")
        arn = function_arn(context, name)[0] if name else ""
        return [Target(action, "*", account, context={"lambda:FunctionArn": arn} if arn else {})]
    if uuid := request.get("UUID"):
        arn = _mapped_function(account, region, uuid)
        return [Target(action, f"{prefix}event-source-mapping:{uuid}", account, context=arn)]
    if arn := request.get("CodeSigningConfigArn") if "CodeSigningConfig" in operation else None:
        return [Target(action, arn, account)]
    if name := request.get("FunctionName"):
        arn, owner = function_arn(context, name, request.get("Qualifier"))
        layers = [Target("lambda:GetLayerVersion", layer, layer.split(":")[4]) for layer in request.get("Layers") or ()]
        return [Target(action, arn, owner), *layers]
    if operation == "GetLayerVersionByArn":
        return [Target(action, request["Arn"], request["Arn"].split(":")[4])]
    if (name := request.get("LayerName")) and operation != "ListLayerVersions":
        arn = name if name.startswith("arn:") else f"{prefix}layer:{name}"
        number = request.get("VersionNumber")
        return [Target(action, f"{arn}:{number}" if number else arn, arn.split(":")[4])]
    return [Target(action, request.get("Resource", "*"), account)]


def _mapped_function(account: str, region: str, uuid: str) -> dict[str, str]:
    from localstack.services.lambda_.invocation.models import lambda_stores

    mapping = lambda_stores[account][region].event_source_mappings.get(uuid)
    return {"lambda:FunctionArn": mapping["FunctionArn"]} if mapping else {}


def _apigateway(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    return [Target(action, f"arn:aws:apigateway:{context.region}::{context.request.path}", context.account_id)]


def _states(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    prefix = f"arn:aws:states:{context.region}:{context.account_id}:"
    for key in ("stateMachineArn", "executionArn", "activityArn", "resourceArn", "stateMachineVersionArn"):
        if arn := request.get(key):
            return [Target(action, arn, arn.split(":")[4])]
    if "Activity" in action or "Activities" in action:
        return [Target(action, f"{prefix}activity:{request.get('name', '*')}", context.account_id)]
    if "StateMachine" in action:
        return [Target(action, f"{prefix}stateMachine:{request.get('name', '*')}", context.account_id)]
    return _nothing(context, request, action)


def _cloudformation(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    name = request.get("StackName")
    if not name:
        return _nothing(context, request, action)
    arn = (
        name
        if name.startswith("arn:")
        else f"arn:aws:cloudformation:{context.region}:{context.account_id}:stack/{name}/*"
    )
    return [Target(action, arn, context.account_id)]


def _cloudwatch(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    prefix = f"arn:aws:cloudwatch:{context.region}:{context.account_id}:alarm:"
    names = request.get("AlarmNames") or [request[key] for key in ("AlarmName",) if request.get(key)]
    if names:
        return [Target(action, prefix + name, context.account_id) for name in names]
    if action == "cloudwatch:DescribeAlarms":
        return [Target(action, f"{prefix}*", context.account_id)]
    return _nothing(context, request, action)


def _events(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    account, prefix = context.account_id, f"arn:aws:events:{context.region}:{context.account_id}:"

    def bus(name: str | None) -> str:
        return name if name and name.startswith("arn:") else f"{prefix}event-bus/{name or 'default'}"

    if action == "events:PutEvents":
        buses = dict.fromkeys(bus(entry.get("EventBusName")) for entry in request["Entries"])
        return [Target(action, arn, arn.split(":")[4]) for arn in buses]
    if arn := request.get("ResourceARN"):
        return [Target(action, arn, account)]
    if "EventBus" in action and action != "events:ListEventBuses":
        return [Target(action, bus(request.get("Name")), account)]
    if name := request.get("Rule") or (request.get("Name") if "Rule" in action else None):
        where = (request.get("EventBusName") or "default").rpartition("/")[2]
        return [Target(action, f"{prefix}rule/{f'{where}/' if where != 'default' else ''}{name}", account)]
    return (
        [Target(action, f"{prefix}rule/*", account)]
        if action == "events:ListRules"
        else _nothing(context, request, action)
    )


def _scheduler(context: RequestContext, request: Mapping[str, Any], action: str) -> list[Target]:
    prefix = f"arn:aws:scheduler:{context.region}:{context.account_id}:"
    if arn := request.get("ResourceArn"):
        return [Target(action, arn, context.account_id)]
    name = request.get("Name")
    if "Group" in context.operation.name:
        return [Target(action, f"{prefix}schedule-group/{name or '*'}", context.account_id)]
    return [
        Target(
            action,
            f"{prefix}schedule/{request.get('GroupName', 'default' if name else '*')}/{name or '*'}",
            context.account_id,
        )
    ]


SERVICES: dict[str, Resources] = {
    "apigateway": _apigateway,
    "apigatewayv2": _apigateway,
    "cloudformation": _cloudformation,
    "cloudwatch": _cloudwatch,
    "dynamodb": data_resources.dynamodb,
    "dynamodbstreams": data_resources.dynamodb,
    "events": _events,
    "iam": iam.iam,
    "kms": data_resources.kms,
    "lambda": _lambda,
    "logs": data_resources.logs,
    "s3": data_resources.s3,
    "scheduler": _scheduler,
    "secretsmanager": data_resources.secretsmanager,
    "sns": data_resources.sns,
    "sqs": data_resources.sqs,
    "ssm": data_resources.ssm,
    "stepfunctions": _states,
    "sts": iam.sts,
}
