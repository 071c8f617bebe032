"""The calls by which a schedule invokes its target: one for each service that this engine has, and universal targets.

EventBridge Scheduler User Guide, "Using templated targets" and "Using universal targets" (2026-11).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from botocore import xform_name
from botocore.session import Session

UNIVERSAL = re.compile(r"arn:aws[\w-]*:scheduler:::aws-sdk:([\w-]+):(\w+)")
# Names in the AWS SDK for Java, by which universal targets go, that are not boto3's without hyphens.
SERVICES = {
    "sfn": "stepfunctions",
    "eventbridge": "events",
    "cloudwatchlogs": "logs",
    "cognitoidentityprovider": "cognito-idp",
}
READS = (
    "get",
    "describe",
    "list",
    "poll",
    "receive",
    "search",
    "scan",
    "query",
    "select",
    "read",
    "discover",
    "batchGet",
)

Clients = Callable[[str], Any]


def call(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    """Give `text` to a target. `clients` makes clients of the schedule's role. Raises: what the service answers."""
    arn = target["Arn"]
    if match := UNIVERSAL.fullmatch(arn):
        _universal(clients, match[1], match[2], text)
    else:
        CALLS[kind(arn)](clients, target, text)


def kind(arn: str) -> str:
    """Return the service and, of some, the kind of resource that an ARN names: "sqs", "states"."""
    return arn.split(":")[2] if arn.count(":") >= 5 else ""


def problem(target: Mapping[str, Any]) -> str:
    """Return why a target cannot be invoked here, a sentence; "" if it can."""
    arn = str(target.get("Arn", ""))
    if match := UNIVERSAL.fullmatch(arn):
        if match[2].startswith(READS):
            return f"{arn} is not a valid target: universal targets do not read."
        return "" if _service(match[1]) else f"This engine has no service {match[1]} for a universal target."
    if not re.fullmatch(r"arn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:.+", arn):
        return "Provided Arn is not in correct format."
    if kind(arn) not in CALLS:
        return f"This engine cannot invoke targets of {kind(arn)}: it has {', '.join(sorted(CALLS))}."
    needed = {"events": "EventBridgeParameters", "kinesis": "KinesisParameters"}.get(kind(arn))
    return f"{needed} are needed for a target of {kind(arn)}." if needed and not target.get(needed) else ""


def _lambda(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    clients("lambda").invoke(FunctionName=target["Arn"], InvocationType="Event", Payload=text)


def _sqs(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    more = {"MessageGroupId": group} if (group := (target.get("SqsParameters") or {}).get("MessageGroupId")) else {}
    clients("sqs").send_message(QueueUrl=queue_url(clients, target["Arn"]), MessageBody=text, **more)


def queue_url(clients: Clients, arn: str) -> str:
    """Return the URL of a queue, without asking SQS: a role that may only send may not ask."""
    endpoint = clients("sqs").meta.endpoint_url
    _, _, _, _, account, name = arn.split(":")
    return f"{endpoint}/{account}/{name}"


def _sns(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    clients("sns").publish(TopicArn=target["Arn"], Message=text)


def _states(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    clients("stepfunctions").start_execution(stateMachineArn=target["Arn"], input=text)


def _events(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    parameters = target["EventBridgeParameters"]
    entry = {"Source": parameters["Source"], "DetailType": parameters["DetailType"], "Detail": text}
    answer = clients("events").put_events(Entries=[{**entry, "EventBusName": target["Arn"]}])
    if answer.get("FailedEntryCount"):
        raise RuntimeError(answer["Entries"][0].get("ErrorMessage", "the event was not taken"))


def _kinesis(clients: Clients, target: Mapping[str, Any], text: str) -> None:
    key = target["KinesisParameters"]["PartitionKey"]
    clients("kinesis").put_record(StreamARN=target["Arn"], Data=text.encode(), PartitionKey=key)


CALLS = {"lambda": _lambda, "sqs": _sqs, "sns": _sns, "states": _states, "events": _events, "kinesis": _kinesis}


def _service(name: str) -> str:
    """Return boto3's name of a service, "" if there is none."""
    wanted = SERVICES.get(name.lower(), name.lower())
    return next((one for one in Session().get_available_services() if wanted in (one, one.replace("-", ""))), "")


def _universal(clients: Clients, service: str, action: str, text: str) -> None:
    client = clients(_service(service))
    model = client.meta.service_model
    operation = next(name for name in model.operation_names if name.lower() == action.lower())
    shape = model.operation_model(operation).input_shape
    names = {name.lower(): name for name in shape.members} if shape else {}
    given = json.loads(text or "{}")
    getattr(client, xform_name(operation))(**{names.get(name.lower(), name): value for name, value in given.items()})
