"""AWS Lambda."""

from __future__ import annotations

import base64
import json
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.lambda_.invocation.models import lambda_stores

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, Tags, account_of, present

NAMES = {
    "GetLayerVersionByArn": "GetLayerVersion",
    "Invoke": "InvokeFunction",
    "InvokeAsync": "InvokeFunction",
    "InvokeWithResponseStream": "InvokeFunction",
}


def function_arn(context: RequestContext, name: str, qualifier: str | None = None) -> tuple[str, str]:
    """ARN and account of a function that is named as Lambda allows: by its name, a partial or a full ARN."""
    parts = name.split(":")
    account, region = context.account_id, context.region
    if parts[0] == "arn":
        region, account, rest = parts[3], parts[4], parts[6:] or parts[5:]  # "…:function" is a function of that name
    elif "function" in parts:
        rest = parts[parts.index("function") + 1 :]
        account = next((part for part in parts if part.isdigit() and len(part) == 12), account)
    else:
        rest = parts
    qualifier = qualifier or (rest[1] if len(rest) > 1 else None)
    return f"arn:aws:lambda:{region}:{account}:function:{rest[0]}{f':{qualifier}' if qualifier else ''}", account


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Functions, layers, event source mappings and code signing configurations."""
    region, account = context.region, context.account_id
    prefix = f"arn:aws:lambda:{region}:{account}:"
    operation = context.operation.name
    if operation in ("CreateEventSourceMapping", "ListEventSourceMappings"):
        name = request.get("FunctionName")
        mapped = {"lambda:FunctionArn": function_arn(context, name)[0]} if name else {}
        return [Target(action, "*", account, context=mapped)]
    if execution := _execution(request):
        return [Target(action, execution, account_of(execution))]
    if uuid := request.get("UUID"):
        mapped = _mapped_function(account, region, uuid)
        return [Target(action, f"{prefix}event-source-mapping:{uuid}", account, context=mapped)]
    if "CodeSigningConfig" in operation and (config := request.get("CodeSigningConfigArn")):
        return [Target(action, config, account)]
    if name := request.get("FunctionName"):
        arn, owner = function_arn(context, name, request.get("Qualifier"))
        layers = [Target("lambda:GetLayerVersion", layer, account_of(layer)) for layer in request.get("Layers") or ()]
        return [Target(action, arn, owner), *layers]
    if operation == "GetLayerVersionByArn":
        return [Target(action, request["Arn"], account_of(request["Arn"]))]
    if (name := request.get("LayerName")) and operation != "ListLayerVersions":
        arn = name if name.startswith("arn:") else f"{prefix}layer:{name}"
        number = request.get("VersionNumber")
        return [Target(action, f"{arn}:{number}" if number else arn, account_of(arn))]
    return [Target(action, request.get("Resource", "*"), account)]


def _execution(request: Parameters) -> str:
    """The ARN of a durable execution that a request is about, or whose callback it is; "" without one."""
    if callback := request.get("CallbackId"):
        return execution_of(callback)
    return request.get("DurableExecutionArn") or ""


def execution_of(callback_id: str) -> str:
    """The ARN of the execution that a callback is of: the emulator has it in the callback's id. "" in another id."""
    try:
        arn = json.loads(base64.b64decode(callback_id))["arn"]
    except (ValueError, KeyError, TypeError):
        return ""
    return arn if isinstance(arn, str) and "/durable-execution/" in arn else ""


def _mapped_function(account: str, region: str, uuid: str) -> dict[str, str]:
    mapping = lambda_stores[account][region].event_source_mappings.get(uuid)
    return {"lambda:FunctionArn": mapping["FunctionArn"]} if mapping else {}


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """Who is given a permission, how a function URL is guarded, which layers and which code signing a function has."""
    return present(
        {
            "lambda:FunctionUrlAuthType": request.get("AuthType") or request.get("FunctionUrlAuthType"),
            "lambda:Principal": request.get("Principal"),
            "lambda:Layer": request.get("Layers"),
            "lambda:CodeSigningConfigArn": request.get("CodeSigningConfigArn"),
        }
    )


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """The policy of a function, of one of its versions or aliases, or of a layer's version."""
    kind, _, name = resource.partition(":")
    name, _, qualifier = name.partition(":")
    store = lambda_stores[account][region]
    if kind == "layer":
        layer = store.layers.get(name)
        version = layer and layer.layer_versions.get(qualifier)
        # LocalStack makes a policy with the first permission.
        return _layer_policy(version) if version and version.policy else None
    function = store.functions.get(name) if kind == "function" else None
    if function is None:
        return None
    # Each version and alias has a policy of its own; $LATEST's is for the ARN without a qualifier.
    policy = function.permissions.get(qualifier or "$LATEST")
    if policy is None:
        return None
    return json.dumps({"Version": policy.policy.Version, "Statement": policy.policy.Statement})


def resource_tags(account: str, region: str, resource: str) -> Tags:
    """A function's tags, also for its versions and aliases; those of an event source mapping, or of a code signing
    configuration.
    """
    whole = ":".join(resource.split(":")[:2])
    return lambda_stores[account][region].TAGS.tags.get(f"arn:aws:lambda:{region}:{account}:{whole}", {})


def _layer_policy(version: Any) -> str | None:
    statements = []
    for statement in version.policy.statements.values():
        principal, organization = statement.principal, statement.organization_id
        statements.append(
            {
                "Sid": statement.sid,
                "Effect": "Allow",
                "Principal": principal if principal == "*" else {"AWS": principal},
                "Action": statement.action,
                "Resource": version.layer_version_arn,
                **({"Condition": {"StringEquals": {"aws:PrincipalOrgID": organization}}} if organization else {}),
            }
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements}) if statements else None


SERVICE = Service(
    "lambda",
    names=NAMES,
    targets=targets,
    condition_keys=condition_keys,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged=dict.fromkeys(("CreateFunction", "CreateEventSourceMapping"), "TagResource"),
    passed_roles={"CreateFunction": ("Role",), "UpdateFunctionConfiguration": ("Role",)},
)
