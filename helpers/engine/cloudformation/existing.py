"""Names that are taken: a stack makes no resource of a name that another has, whoever made that.

CloudFormation User Guide, "Name type" and "Troubleshooting" (2026-11); the text of buckets:
aws-samples/iam-identity-center-team#157 (2024), of other types public reports of 2021 to 2025. S3 in us-east-1, SQS,
SNS, CloudWatch, EventBridge and Step Functions make what is there once more without a word, and LocalStack 4.9.2 asks
none of them before: two stacks had one resource, and the first that was deleted took it away from the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError
from localstack.services.cloudformation.resource_provider import ResourceRequest

from ..iam import forward_access

Properties = Mapping[str, Any]
TEXT = "Resource of type '{kind}' with identifier '{name}' already exists."
TEXTS = {"AWS::S3::Bucket": "{name} already exists (Service: S3, Status Code: 0, Request ID: null)"}


def _alarm(clients: Any, name: str, _: Properties) -> bool:
    found = clients.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    return bool(found["MetricAlarms"] or found["CompositeAlarms"])


def _bucket(clients: Any, name: str, _: Properties) -> bool:
    return bool(clients.s3.head_bucket(Bucket=name))


def _queue(clients: Any, name: str, _: Properties) -> bool:
    return bool(clients.sqs.get_queue_url(QueueName=name))


def _rule(clients: Any, name: str, given: Properties) -> bool:
    bus = given.get("EventBusName")
    return bool(clients.events.describe_rule(Name=name, **({"EventBusName": bus} if bus else {})))


def _state_machine(clients: Any, name: str, _: Properties) -> bool:
    pages = clients.stepfunctions.get_paginator("list_state_machines").paginate()
    return any(one["name"] == name for page in pages for one in page["stateMachines"])


def _topic(clients: Any, name: str, _: Properties) -> bool:
    pages = clients.sns.get_paginator("list_topics").paginate()
    return any(one["TopicArn"].rpartition(":")[2] == name for page in pages for one in page["Topics"])


# Types whose services would make the same thing again: the property that names one, and whether there is one.
KINDS: dict[str, tuple[str, Callable[[Any, str, Properties], bool]]] = {
    "AWS::CloudWatch::Alarm": ("AlarmName", _alarm),
    "AWS::CloudWatch::CompositeAlarm": ("AlarmName", _alarm),
    "AWS::Events::Rule": ("Name", _rule),
    "AWS::S3::Bucket": ("BucketName", _bucket),
    "AWS::SNS::Topic": ("TopicName", _topic),
    "AWS::SQS::Queue": ("QueueName", _queue),
    "AWS::StepFunctions::StateMachine": ("StateMachineName", _state_machine),
}


def problem(kind: str, request: ResourceRequest) -> str:
    """Return why a resource cannot be made because of its name, "" if it can.

    The services are asked as CloudFormation itself: whoever may only create needs no right to look.
    """
    given = request.desired_state or {}
    property_name, is_there = KINDS.get(kind, ("", None))
    name = given.get(property_name)
    if is_there is None or not isinstance(name, str) or not name:
        return ""
    try:
        with forward_access.acting_as(None, ""):
            if not is_there(request.aws_client_factory, name, given):
                return ""
    except ClientError:  # there is none
        return ""
    said = TEXTS.get(kind, TEXT).format(kind=kind, name=name)
    return (
        f'Resource handler returned message: "{said}" (RequestToken: {uuid.uuid4()}, HandlerErrorCode: AlreadyExists)'
    )
