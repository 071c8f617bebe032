"""What CloudWatch Logs checks of every request: names, numbers and sets of values, from its own description.

moto 5.1 takes `a b` for a log group's name, two days for a retention and an empty log event. What the model has not
(2026-11): the days are in the API Reference, "PutRetentionPolicy"; the number of groups in "StartQuery"; what AWS says
of reserved names and of ARNs in public reports (Netflix/metaflow 1776; boto/boto3 4104, gruntwork-io/cloud-nuke 1150).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from botocore.model import OperationModel
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.logs import InvalidParameterException
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..iam import internal_calls
from ..server.constraints import Violation, detected, of_members
from .operations import find_group

RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
PLAIN = ("string", "integer", "long")
NESTED = ("logStreamNames", "metricTransformations")  # what is in other lists is checked where it is used
MOST_GROUPS = 50  # that a query reads
TAGGING = ("TagResource", "UntagResource", "ListTagsForResource")
# An ARN that does not end as DescribeLogGroups shows it.
TAGGED = re.compile(r"arn:[^:]+:logs:[^:]*:\d{12}:[a-z-]+:.+(?<!:\*)", re.DOTALL)


def refuse_violations(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before CloudWatch Logs.

    Raises: InvalidParameterException, ValidationException (400), ResourceNotFoundException (404).
    """
    request = context.service_request or {}
    if context.operation.name in TAGGING and not TAGGED.fullmatch(request.get("resourceArn") or ""):
        raise CommonServiceException("ValidationException", "Invalid resourceArn", 400, True)
    names = _looked_at(context.operation)
    if _has_wrong_events(request):
        names += ("logEvents",)
    found = [*of_members(request, context.operation.input_shape, names), *_unmodelled(request)]
    if message := detected(found):
        raise InvalidParameterException(message)
    if context.operation.name == "CreateLogGroup" and (request.get("logGroupName") or "").lower().startswith("aws/"):
        raise InvalidParameterException("Log groups starting with AWS/ are reserved for AWS.")
    reserved = any(key.lower().startswith("aws:") for key in request.get("tags") or ())
    if reserved and not internal_calls.is_internal(context.request):  # a stack gives its resources such tags
        raise InvalidParameterException("aws: prefixed tag key names are not allowed for external use.")
    if context.operation.name in TAGGING and ":log-group:" in request["resourceArn"]:
        find_group(context, request["resourceArn"])


def _unmodelled(request: Mapping[str, Any]) -> Iterator[Violation]:
    days = request.get("retentionInDays")
    if days is not None and days not in RETENTION_DAYS:
        allowed = ", ".join(map(str, RETENTION_DAYS))
        yield "retentionInDays", f" '{days}'", f"Member must satisfy enum value set: [{allowed}]"
    for name in ("logGroupNames", "logGroupIdentifiers"):
        if len(groups := request.get(name) or ()) > MOST_GROUPS:
            yield name, f" '[{', '.join(groups)}]'", f"Member must have length less than or equal to {MOST_GROUPS}"


def _has_wrong_events(request: Mapping[str, Any]) -> bool:
    """Whether log events violate their model: of ten thousand that is found sooner here than by the model."""
    events = request.get("logEvents")
    return events is not None and (
        not events or any(event.get("message") == "" or (event.get("timestamp") or 0) < 0 for event in events)
    )


@cache  # as many entries as the service has operations
def _looked_at(operation: OperationModel) -> tuple[str, ...]:
    members = operation.input_shape.members if operation.input_shape else {}
    return tuple(name for name, shape in members.items() if shape.type_name in PLAIN or name in NESTED)
