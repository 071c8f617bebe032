"""What CreateEventSourceMapping and UpdateEventSourceMapping refuse before LocalStack sees them.

Ranges are `constraints`' and sources that are not here `server.not_here`'s. Messages: of the record age
github.com/hashicorp/terraform-provider-aws/pull/16113 (2021), of OnFailure
github.com/aws-controllers-k8s/community/issues/2865 (2026), of a parameter for another kind of source LocalStack's
validation, of the visibility timeout github.com/hashicorp/terraform-provider-aws/issues/18099, of a position in a queue
github.com/boto/boto3/issues/1613, of a position without a time
github.com/awsdocs/aws-cloudformation-user-guide/pull/334, of a FIFO queue's window
github.com/aws/aws-lambda-dotnet/pull/1758.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException, ResourceNotFoundException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.api_utils import function_locators_from_arn
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.sqs.models import sqs_stores

from ...server import not_here

MOST_FILTERS = 5  # more on request, as with other quotas
SOURCES = ("dynamodb", "kinesis", "sqs")
ONLY_STREAMS = (
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "TumblingWindowInSeconds",
)


def refuse_mapping(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before both operations. Raises: AWS's error, or that something is not here."""
    request = context.service_request
    stored = _stored(context, request.get("UUID"))
    if context.operation.name == "UpdateEventSourceMapping" and stored is None:
        return  # LocalStack answers that there is none
    merged = {**(stored or {}), **request}
    service = str(merged.get("EventSourceArn") or "").split(":")[2:3]
    age = request.get("MaximumRecordAgeInSeconds")
    if age is not None and -1 < age < 60:
        _refuse("MaximumRecordAgeInSeconds must be either -1 (forever) or between 60 and 604800 (inclusive)")
    if service and service[0] not in SOURCES:
        _refuse("Unrecognized event source.")
    _check_filters(service, (request.get("FilterCriteria") or {}).get("Filters") or [])
    _check_function(context, str(merged.get("FunctionName") or merged.get("FunctionArn") or ""))
    if service == ["sqs"]:
        _refuse_for(request, ONLY_STREAMS)
        _check_queue(merged)
        _check_visibility(context, merged)
    elif service:
        _refuse_for(request, ("ScalingConfig",))
        _check_stream(merged)


def _check_function(context: RequestContext, name: str) -> None:
    """Raise for a version or an alias that does not exist; LocalStack refuses functions."""
    name, qualifier, _, _ = function_locators_from_arn(name)
    function = lambda_stores[context.account_id][context.region].functions.get(name)
    if function and qualifier and qualifier not in {"$LATEST", *function.versions, *function.aliases}:
        raise ResourceNotFoundException(
            f"Function not found: {function.latest().id.unqualified_arn()}:{qualifier}", Type="User"
        )


def _check_filters(service: list[str], filters: list[dict[str, str]]) -> None:
    """Raise for too many (no source has AWS's words), and for a stream's pattern that takes JSON for text.

    LocalStack looks at the rest. Lambda Developer Guide, "Control which events Lambda sends to your function", and
    "Using event filtering with a Kinesis event source": "the filter pattern for data properties must be in a valid JSON
    format" (2026-11).
    """
    if len(filters) > MOST_FILTERS:
        _refuse(f"An event source mapping may have up to {MOST_FILTERS} filters.")
    part = {"kinesis": "data", "dynamodb": "dynamodb"}.get(*service or [""])
    for one in filters:
        try:
            pattern = json.loads(one.get("Pattern") or "{}")
        except ValueError:
            continue
        if isinstance(pattern, dict) and not isinstance(pattern.get(part or "", {}), dict):
            _refuse("Invalid filter pattern definition.")


def _check_stream(merged: Mapping[str, Any]) -> None:
    if merged.get("StartingPosition") == "AT_TIMESTAMP" and not merged.get("StartingPositionTimestamp"):
        _refuse("Need to specify a timestamp")
    if (merged.get("TumblingWindowInSeconds") or 0) > 0 and (merged.get("ParallelizationFactor") or 1) > 1:
        raise not_here.refusal(
            "A tumbling window together with a ParallelizationFactor above 1 is not part of this engine."
        )
    on_failure = (merged.get("DestinationConfig") or {}).get("OnFailure")
    if on_failure and not on_failure.get("Destination"):
        _refuse("The Destination field is required for an OnFailure configuration.")


def _check_queue(merged: Mapping[str, Any]) -> None:
    if merged.get("StartingPosition") or merged.get("StartingPositionTimestamp"):
        _refuse("StartingPosition is not valid for SQS event sources.")
    if str(merged["EventSourceArn"]).endswith(".fifo") and merged.get("MaximumBatchingWindowInSeconds"):
        _refuse("Batching window is not supported for FIFO queues")


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
