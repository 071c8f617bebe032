"""Changing resources in place, where LocalStack 4.9.2's providers do not, or say they have and have not.

"Update requires: No interruption" of each property (CloudFormation Template Reference, 2026-11). What only configures
something else is deleted and made again, under the same name; what holds data is changed, or the update is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceRequest

from . import api_stages

Update = Callable[[Any, ResourceRequest], ProgressEvent]

# Made again in their place: nothing is kept in them, and their names or the names of what they belong to identify them.
MADE_AGAIN = {
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Method",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::Events::EventBusPolicy",
    "AWS::Events::Rule",
    "AWS::KMS::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::LayerVersionPermission",
    "AWS::Lambda::Permission",
    "AWS::Logs::SubscriptionFilter",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SecretsManager::ResourcePolicy",
}
AGAIN = {"made again": True}


def update(provider: Any, kind: str, request: ResourceRequest) -> ProgressEvent:
    """Update a resource. Raises: NotImplementedError if that cannot be done here; what a service answers."""
    if kind in IN_PLACE:
        IN_PLACE[kind](provider, request)
        model = {**_learnt(provider, request.previous_state or {}), **(request.desired_state or {})}
        return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
    if kind not in MADE_AGAIN:
        return provider.update(request)
    if not request.custom_context:
        request.desired_state = {**_learnt(provider, request.previous_state or {}, False), **request.desired_state}
        new, request.desired_state = request.desired_state, request.previous_state
        provider.delete(request)
        request.desired_state = new
    event = provider.create(request)
    event.custom_context = {**event.custom_context, **AGAIN}
    return event


def finish(provider: Any, kind: str, request: ResourceRequest) -> None:
    """Set what the provider left out of a new resource."""
    if kind in ("AWS::Logs::LogGroup",):  # its retention
        IN_PLACE[kind](provider, request)
    if kind == "AWS::ApiGateway::Stage":
        api_stages.settle(request, request.desired_state["StageName"])


def _learnt(provider: Any, model: dict[str, Any], all_of_it: bool = True) -> dict[str, Any]:
    """What a model has that templates may leave out: names, and (`all_of_it`) what only the service knows."""
    paths = [*provider.SCHEMA.get("primaryIdentifier", []), *provider.SCHEMA.get("createOnlyProperties", [])]
    read_only = [path.split("/")[2] for path in provider.SCHEMA.get("readOnlyProperties", [])]
    names = [path.split("/")[2] for path in paths]
    wanted = {*names, *read_only} if all_of_it else {*names} - {*read_only}
    return {name: value for name, value in model.items() if name in wanted}


def _named(request: ResourceRequest, name: str) -> str:
    return str(request.desired_state.get(name) or request.previous_state[name])


def _select(request: ResourceRequest, *names: str) -> dict[str, Any]:
    return {name: request.desired_state[name] for name in names if request.desired_state.get(name) is not None}


def _queue(provider: Any, request: ResourceRequest) -> None:
    before = provider._compile_sqs_queue_attributes(request.previous_state)
    now = provider._compile_sqs_queue_attributes(request.desired_state)
    for gone, default in QUEUE_DEFAULTS.items():
        if gone in before and gone not in now:
            now[gone] = default
    now = {name: value for name, value in now.items() if name != "FifoQueue"}
    request.aws_client_factory.sqs.set_queue_attributes(QueueUrl=request.previous_state["QueueUrl"], Attributes=now)


# SetQueueAttributes (API reference, 2026-11).
QUEUE_DEFAULTS = {
    "DelaySeconds": "0",
    "MaximumMessageSize": "262144",
    "MessageRetentionPeriod": "345600",
    "ReceiveMessageWaitTimeSeconds": "0",
    "RedrivePolicy": "",
    "VisibilityTimeout": "30",
}


def _role(provider: Any, request: ResourceRequest) -> None:
    iam, name, old, new = (
        request.aws_client_factory.iam,
        _named(request, "RoleName"),
        request.previous_state,
        request.desired_state,
    )
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(new["AssumeRolePolicyDocument"]))
    iam.update_role(RoleName=name, **_select(request, "Description", "MaxSessionDuration"))
    attached = [*(new.get("ManagedPolicyArns") or [])]
    for arn in set(old.get("ManagedPolicyArns") or []) - set(attached):
        iam.detach_role_policy(RoleName=name, PolicyArn=arn)
    for arn in attached:
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    inline = {one["PolicyName"]: one["PolicyDocument"] for one in new.get("Policies") or []}
    for one in old.get("Policies") or []:
        if one["PolicyName"] not in inline:
            iam.delete_role_policy(RoleName=name, PolicyName=one["PolicyName"])
    for policy, document in inline.items():
        iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=json.dumps(document))


def _managed_policy(provider: Any, request: ResourceRequest) -> None:
    iam, arn = request.aws_client_factory.iam, request.previous_state["Id"]
    document, former = json.dumps(request.desired_state["PolicyDocument"]), iam.list_policy_versions(PolicyArn=arn)
    for version in former["Versions"]:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document, SetAsDefault=True)
    for kind, attach, detach in (
        ("Roles", iam.attach_role_policy, iam.detach_role_policy),
        ("Users", iam.attach_user_policy, iam.detach_user_policy),
        ("Groups", iam.attach_group_policy, iam.detach_group_policy),
    ):
        old, new = ({*(state.get(kind) or [])} for state in (request.previous_state, request.desired_state))
        for one in new:
            attach(PolicyArn=arn, **{f"{kind[:-1]}Name": one})
        for one in old - new:
            detach(PolicyArn=arn, **{f"{kind[:-1]}Name": one})


def _alias(provider: Any, request: ResourceRequest) -> None:
    given = _select(request, "FunctionName", "Name", "FunctionVersion", "Description")
    weights = (request.desired_state.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or []
    by_version = (
        {one["FunctionVersion"]: one["FunctionWeight"] for one in weights} if isinstance(weights, list) else weights
    )
    request.aws_client_factory.lambda_.update_alias(**given, RoutingConfig={"AdditionalVersionWeights": by_version})


def _url(provider: Any, request: ResourceRequest) -> None:
    request.aws_client_factory.lambda_.update_function_url_config(
        FunctionName=request.desired_state["TargetFunctionArn"],
        **_select(request, "Qualifier", "AuthType", "Cors", "InvokeMode"),
    )


def _schedule(provider: Any, request: ResourceRequest) -> None:
    given = {name: value for name, value in request.desired_state.items() if name not in ("Arn", "Name")}
    request.aws_client_factory.scheduler.update_schedule(Name=_named(request, "Name"), **given)


def _log_group(provider: Any, request: ResourceRequest) -> None:
    logs, name = request.aws_client_factory.logs, _named(request, "LogGroupName")
    if days := request.desired_state.get("RetentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=int(days))
    else:
        logs.delete_retention_policy(logGroupName=name)


def _secret(provider: Any, request: ResourceRequest) -> None:
    given = _select(request, "Description", "SecretString", "KmsKeyId")
    request.aws_client_factory.secretsmanager.update_secret(SecretId=request.previous_state["Id"], **given)


def _deployment(provider: Any, request: ResourceRequest) -> None:
    """Its description is all that can change; what it has deployed stays, as on AWS."""
    given = {"op": "replace", "path": "/description", "value": request.desired_state.get("Description", "")}
    request.aws_client_factory.apigateway.update_deployment(
        restApiId=request.previous_state["RestApiId"],
        deploymentId=request.previous_state["DeploymentId"],
        patchOperations=[given],
    )


def _stage(provider: Any, request: ResourceRequest) -> None:
    old, new = request.previous_state, request.desired_state
    if old.get("CanarySetting") != new.get("CanarySetting"):
        raise NotImplementedError
    before, now = old.get("Variables") or {}, new.get("Variables") or {}
    given = {
        "deploymentId": new.get("DeploymentId", old.get("DeploymentId")),
        "description": new.get("Description", ""),
    }
    given |= {f"variables/{name}": value for name, value in now.items()}
    patches = [{"op": "replace", "path": f"/{path}", "value": str(value)} for path, value in given.items()]
    patches += [{"op": "remove", "path": f"/variables/{name}"} for name in before if name not in now]
    request.aws_client_factory.apigateway.update_stage(
        restApiId=old["RestApiId"], stageName=old["StageName"], patchOperations=patches
    )
    api_stages.settle(request, old["StageName"])


def _rest_api(provider: Any, request: ResourceRequest) -> None:
    if "BodyS3Location" in request.desired_state:
        raise NotImplementedError
    api, given = request.aws_client_factory.apigateway, _select(request, "Name", "Description")
    patches = [{"op": "replace", "path": f"/{name.lower()}", "value": value} for name, value in given.items()]
    identifier = request.previous_state["RestApiId"]
    if patches:
        api.update_rest_api(restApiId=identifier, patchOperations=patches)
    if body := request.desired_state.get("Body"):
        mode = request.desired_state.get("Mode", "overwrite")
        api.put_rest_api(restApiId=identifier, mode=mode, body=json.dumps(body).encode())


def _bucket(provider: Any, request: ResourceRequest) -> None:
    """Settings are set again. CreateBucket of one's own bucket changes nothing in us-east-1."""
    gone = {*request.previous_state} - {*request.desired_state} - {"BucketName", "Arn"}
    if (settings := {name for name in gone if name.endswith(("Configuration", "Configurations"))}) - {NOTIFICATION}:
        raise NotImplementedError
    request.desired_state["BucketName"] = request.previous_state["BucketName"]
    if NOTIFICATION in settings:
        s3 = request.aws_client_factory.s3
        s3.put_bucket_notification_configuration(
            Bucket=request.previous_state["BucketName"], NotificationConfiguration={}
        )
    provider.create(request)


NOTIFICATION = "NotificationConfiguration"
IN_PLACE: dict[str, Callable[[Any, ResourceRequest], None]] = {
    "AWS::ApiGateway::Deployment": _deployment,
    "AWS::ApiGateway::RestApi": _rest_api,
    "AWS::ApiGateway::Stage": _stage,
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Role": _role,
    "AWS::Lambda::Alias": _alias,
    "AWS::Lambda::Url": _url,
    "AWS::Logs::LogGroup": _log_group,
    "AWS::S3::Bucket": _bucket,
    "AWS::SQS::Queue": _queue,
    "AWS::Scheduler::Schedule": _schedule,
    "AWS::SecretsManager::Secret": _secret,
}
