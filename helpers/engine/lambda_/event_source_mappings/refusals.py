"""What CreateEventSourceMapping and UpdateEventSourceMapping refuse before LocalStack sees them.

Ranges: Lambda API Reference, "CreateEventSourceMapping" (2026-11). Messages: of the record age
github.com/hashicorp/terraform-provider-aws/pull/16113 (2021), of OnFailure
github.com/aws-controllers-k8s/community/issues/2865 (2026), of a parameter for another kind of source LocalStack's
validation, of the visibility timeout github.com/hashicorp/terraform-provider-aws/issues/18099.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.api_utils import function_locators_from_arn
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.sqs.models import sqs_stores

from .. import limits

STREAMS = ("kinesis", "dynamodb")
RANGES = {
    "BatchSize": (1, 10_000),
    "MaximumBatchingWindowInSeconds": (0, 300),
    "MaximumRetryAttempts": (-1, 10_000),
    "MaximumRecordAgeInSeconds": (-1, 604_800),
    "ParallelizationFactor": (1, 10),
    "TumblingWindowInSeconds": (0, 900),
}
ONLY_STREAMS = (
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "TumblingWindowInSeconds",
)
NOT_HERE = ("ProvisionedPollerConfig", "MetricsConfig")
DESTINATIONS = ("sqs", "sns", "s3")


def refuse_mapping(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before both operations. Raises: AWS's error, or that something is not here."""
    request = context.service_request
    stored = _stored(context, request.get("UUID"))
    if context.operation.name == "UpdateEventSourceMapping" and stored is None:
        return  # LocalStack answers that there is none
    merged = {**(stored or {}), **request}
    service = str(merged.get("EventSourceArn") or "").split(":")[2:3]
    _check_ranges(request)
    if merged.get("SelfManagedEventSource") or (service and service[0] not in ("sqs", *STREAMS)):
        _not_here("A source other than an SQS queue, a Kinesis stream or a DynamoDB stream")
    for name in NOT_HERE:
        if request.get(name):
            _not_here(f"{name} of an event source mapping")
    if service == ["sqs"]:
        _refuse_for(request, ONLY_STREAMS)
        _check_visibility(context, merged)
    elif service:
        _refuse_for(request, ("ScalingConfig",))
        _check_stream(merged)


def _check_ranges(request: Mapping[str, Any]) -> None:
    for name, (least, most) in RANGES.items():
        limits.check_range(request, name, name[0].lower() + name[1:], least, most)
    scaling = request.get("ScalingConfig") or {}
    limits.check_range(scaling, "MaximumConcurrency", "scalingConfig.maximumConcurrency", 2, 1000)
    age = request.get("MaximumRecordAgeInSeconds")
    if age is not None and -1 < age < 60:
        _refuse("MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)")


def _check_stream(merged: Mapping[str, Any]) -> None:
    if (merged.get("TumblingWindowInSeconds") or 0) > 0 and (merged.get("ParallelizationFactor") or 1) > 1:
        _not_here("A tumbling window together with a ParallelizationFactor above 1")
    on_failure = (merged.get("DestinationConfig") or {}).get("OnFailure")
    if on_failure:
        target = on_failure.get("Destination")
        if not target:
            _refuse("The Destination field is required for an OnFailure configuration.")
        if target.split(":")[2:3] not in [[name] for name in DESTINATIONS]:
            _not_here("An OnFailure destination other than an SQS queue, an SNS topic or an S3 bucket")


def _check_visibility(context: RequestContext, merged: Mapping[str, Any]) -> None:
    _, _, _, region, account, name = str(merged["EventSourceArn"]).split(":")
    queue = sqs_stores[account][region].queues.get(name)
    function_name, qualifier, owner, where = function_locators_from_arn(
        str(merged.get("FunctionName") or merged.get("FunctionArn"))
    )
    function = lambda_stores[owner or context.account_id][where or context.region].functions.get(function_name)
    if queue is None or function is None:
        return  # LocalStack answers which of them is missing
    alias = function.aliases.get(qualifier)
    version = function.versions.get(alias.function_version if alias else qualifier or "$LATEST")
    visible = int(queue.attributes.get("VisibilityTimeout", 30))
    timeout = version.config.timeout if version else 0
    if visible < timeout:
        _refuse(f"Queue visibility timeout: {visible} seconds is less than Function timeout: {timeout} seconds")


def _stored(context: RequestContext, uuid: str | None) -> dict[str, Any] | None:
    return lambda_stores[context.account_id][context.region].event_source_mappings.get(uuid) if uuid else None


def _refuse_for(request: Mapping[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if request.get(name):
            _refuse(f"Unsupported {name} parameter for given event source mapping type.")


def _refuse(message: str) -> None:
    raise InvalidParameterValueException(message, Type="User")


def _not_here(what: str) -> None:
    raise CommonServiceException("InternalFailure", f"{what} is not part of this engine.", 501)
