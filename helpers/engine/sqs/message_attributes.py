"""Messages that SQS refuses: numbers that are none, too many attributes, times out of range.

SQS Developer Guide, "Message metadata" and "Message quotas" (2026-11). The texts: of delays moto's `sqs/models.py`
(2025), of visibility a public test against AWS, of numbers and how many from memory. LocalStack 4.9.2 looks at none of
these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

MOST_ATTRIBUTES = 10
RANGES = {
    "DelaySeconds": (0, 900, "DelaySeconds must be >= 0 and <= 900."),
    "VisibilityTimeout": (0, 43_200, "Must be >= 0 and <= 43200, if provided."),
}


def refuse_message(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before SendMessage, ReceiveMessage and ChangeMessageVisibility. Raises: InvalidParameterValue (400)."""
    if why := problem(context.service_request or {}):
        raise CommonServiceException("InvalidParameterValue", why, 400, True)


def problem(message: Mapping[str, Any]) -> str:
    """What is wrong with a message or with how one is asked for; "" if nothing is."""
    for name, (low, high, why) in RANGES.items():
        value = message.get(name)
        if value is not None and not low <= value <= high:
            return f"Value {value} for parameter {name} is invalid. Reason: {why}"
    attributes = message.get("MessageAttributes") or {}
    if len(attributes) > MOST_ATTRIBUTES:
        return f"Number of message attributes [{len(attributes)}] exceeds the allowed maximum [{MOST_ATTRIBUTES}]."
    for name in no_numbers(attributes):
        return f"Can't cast the value of message (user) attribute '{name}' to a number."
    return ""


def no_numbers(attributes: Mapping[str, Any]) -> Iterator[str]:
    """The names of attributes, of a message to a queue or a topic, that should be numbers and are none."""
    for name, attribute in attributes.items():
        value = attribute.get("StringValue")  # what has none has another fault
        if str(attribute.get("DataType", "")).partition(".")[0] == "Number" and value and not _is_number(value):
            yield name


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
