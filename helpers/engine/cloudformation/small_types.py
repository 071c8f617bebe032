"""Resource types of few properties that LocalStack 4.9.2 has no provider for: one call makes, changes or deletes each.

CloudFormation Template Reference (2026-11): dashboards, metric filters, inline policies, archives of events. What `Ref`
gives, and which properties only a new resource can have, are in the table.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

from . import failures

Properties = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A type: its service, the call that makes or changes it, the one that deletes it, and their parameters.

    `name` is the property that is made up if it is left out, "" for none. `change`: the call that changes it, where
    that which makes it cannot; `once`: the properties that only a new resource can have, beside its `identity`.
    """

    service: str
    put: str
    given: Callable[[Properties], Properties]
    delete: str
    known: Callable[[Properties], Properties]
    properties: tuple[str, ...]
    required: tuple[str, ...]
    identity: tuple[str, ...]
    name: str = ""
    change: str = ""
    once: tuple[str, ...] = ()
    learnt: tuple[tuple[str, str], ...] = ()  # attributes: of the answer


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _present(**given: Any) -> Properties:
    return {name: value for name, value in given.items() if value is not None}


def _transformation(one: Properties) -> Properties:
    dimensions = {pair["Key"]: pair["Value"] for pair in one.get("Dimensions") or ()}
    default = one.get("DefaultValue")
    return _present(
        metricName=one["MetricName"],
        metricNamespace=one["MetricNamespace"],
        metricValue=str(one["MetricValue"]),
        defaultValue=None if default is None else float(default),
        unit=one.get("Unit"),
        dimensions=dimensions or None,
    )


def _metric_filter(model: Properties) -> Properties:
    return {
        "logGroupName": model["LogGroupName"],
        "filterName": model["FilterName"],
        "filterPattern": model["FilterPattern"],
        "metricTransformations": [_transformation(one) for one in model["MetricTransformations"]],
    }


def _archive(model: Properties) -> Properties:
    pattern, days = model.get("EventPattern"), model.get("RetentionDays")
    return _present(
        ArchiveName=model["ArchiveName"],
        EventSourceArn=model.get("SourceArn"),
        Description=model.get("Description"),
        EventPattern=None if pattern is None else _text(pattern),
        RetentionDays=None if days is None else int(days),
    )


def _inline(owner: str) -> Kind:
    """The type of an inline policy of a role, a user or a group."""
    names = (f"{owner}Name", "PolicyName")
    return Kind(
        "iam",
        f"put_{owner.lower()}_policy",
        lambda model: {**{one: model[one] for one in names}, "PolicyDocument": _text(model["PolicyDocument"])},
        f"delete_{owner.lower()}_policy",
        lambda model: {one: model[one] for one in names},
        (*names, "PolicyDocument"),
        names,
        ("PolicyName", f"{owner}Name"),
    )


KINDS = {
    "AWS::CloudWatch::Dashboard": Kind(
        "cloudwatch",
        "put_dashboard",
        lambda model: {"DashboardName": model["DashboardName"], "DashboardBody": _text(model["DashboardBody"])},
        "delete_dashboards",
        lambda model: {"DashboardNames": [model["DashboardName"]]},
        ("DashboardName", "DashboardBody"),
        ("DashboardBody",),
        ("DashboardName",),
        name="DashboardName",
    ),
    "AWS::Events::Archive": Kind(
        "events",
        "create_archive",
        _archive,
        "delete_archive",
        lambda model: {"ArchiveName": model["ArchiveName"]},
        ("ArchiveName", "SourceArn", "Description", "EventPattern", "RetentionDays"),
        ("SourceArn",),
        ("ArchiveName",),
        name="ArchiveName",
        change="update_archive",
        once=("SourceArn",),
        learnt=(("Arn", "ArchiveArn"),),
    ),
    "AWS::IAM::GroupPolicy": _inline("Group"),
    "AWS::IAM::RolePolicy": _inline("Role"),
    "AWS::IAM::UserPolicy": _inline("User"),
    "AWS::Logs::MetricFilter": Kind(
        "logs",
        "put_metric_filter",
        _metric_filter,
        "delete_metric_filter",
        lambda model: {"logGroupName": model["LogGroupName"], "filterName": model["FilterName"]},
        ("FilterName", "FilterPattern", "LogGroupName", "MetricTransformations"),
        ("FilterPattern", "LogGroupName", "MetricTransformations"),
        ("LogGroupName", "FilterName"),
        name="FilterName",
    ),
    "AWS::SQS::QueueInlinePolicy": Kind(
        "sqs",
        "set_queue_attributes",
        lambda model: {"QueueUrl": model["Queue"], "Attributes": {"Policy": _text(model["PolicyDocument"])}},
        "set_queue_attributes",
        lambda model: {"QueueUrl": model["Queue"], "Attributes": {"Policy": ""}},
        ("Queue", "PolicyDocument"),
        ("Queue", "PolicyDocument"),
        ("Queue",),
    ),
}


class SmallTypeProvider(ResourceProvider[Properties]):
    """The provider of one of the types in `KINDS`."""

    def __init__(self, name: str) -> None:
        self.TYPE, self.kind = name, KINDS[name]
        self.SCHEMA = {
            "typeName": name,
            "primaryIdentifier": [f"/properties/{one}" for one in self.kind.identity],
            "createOnlyProperties": [f"/properties/{one}" for one in (*self.kind.identity, *self.kind.once)],
            "readOnlyProperties": [f"/properties/{one}" for one, _ in self.kind.learnt],
            "properties": {one: {} for one in self.kind.properties},
            "required": [*self.kind.required],
            "additionalProperties": False,
        }

    def create(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Make the resource. Raises: what its service answers."""
        model = dict(request.desired_state)
        if self.kind.name and not model.get(self.kind.name):
            model[self.kind.name] = generate_default_name(request.stack_name, request.logical_resource_id)
        answer = self._call(request, self.kind.put, self.kind.given(model))
        return _done({**model, **{name: answer[member] for name, member in self.kind.learnt}})

    def update(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Change the resource, under the name that it has."""
        before = request.previous_state
        kept = {*self.kind.identity, *(name for name, _ in self.kind.learnt)}
        model = {**{name: before[name] for name in kept if name in before}, **request.desired_state}
        given = self.kind.given({name: value for name, value in model.items() if name not in self.kind.once})
        self._call(request, self.kind.change or self.kind.put, given)
        return _done(model)

    def delete(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Delete the resource, which may have gone with what it belongs to."""
        try:
            self._call(request, self.kind.delete, self.kind.known(request.desired_state))
        except ClientError as error:
            if failures.handler_code(error) != "NotFound":
                raise
        return _done(request.desired_state)

    def _call(self, request: ResourceRequest[Properties], operation: str, given: Properties) -> Any:
        return getattr(getattr(request.aws_client_factory, self.kind.service), operation)(**given)


def _done(model: Properties) -> ProgressEvent[Properties]:
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model)
