"""Asynchronous events that failed: the attempts, and the record in the queue that is the destination on failure."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from helpers.backend.function_names import function_name
from helpers.backend.session import Connection

RETRIES = 2  # if nothing is configured; Lambda Developer Guide, "Error handling for asynchronous invocation", 2026-11


@dataclass(frozen=True)
class Record:
    """A destination's record: function, request id, condition ("RetriesExhausted", …), and the number of attempts."""

    function: str
    request_id: str
    condition: str
    attempts: int

    @classmethod
    def parse(cls, text: str) -> "Record | None":
        """Read a message's body; None if it is not such a record."""
        try:
            context = json.loads(text)["requestContext"]
            function = function_name(context["functionArn"])
            return cls(function, context["requestId"], context["condition"], context["approximateInvokeCount"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def is_exhausted(self, function: str, attempts: int) -> bool:
        """Tell whether `function` failed in all of exactly `attempts` attempts."""
        return (self.function, self.condition, self.attempts) == (function, "RetriesExhausted", attempts)

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.condition} after {attempts(self.attempts)}"


def attempts(number: int) -> str:
    """Return a number of attempts in words."""
    return f"{number} attempt{'s' * (number != 1)}"


def records(lab: Connection, url: str, *, remove: str | None = None) -> list[Record]:
    """Return all records in the queue and leave them there, except that of the request id `remove`, which is deleted.

    Each is invisible while the others are read, for at most 5 s.
    """
    api = lab.client("sqs")
    found: list[Record] = []
    seen: dict[str, str] = {}
    asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 5}
    try:
        while messages := api.receive_message(**asked).get("Messages"):
            again = [message for message in messages if message["MessageId"] in seen]
            seen |= {message["MessageId"]: message["ReceiptHandle"] for message in messages}
            for message in messages:
                record = Record.parse(message["Body"])
                if record and message not in again:
                    found.append(record)
                if record and record.request_id == remove:
                    api.delete_message(QueueUrl=url, ReceiptHandle=seen.pop(message["MessageId"]))
            if again:  # it took longer than they are hidden
                break
    finally:
        for handle in seen.values():
            api.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
    return found


def send_event(
    lab: Connection,
    function: str,
    url: str,
    *,
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Record | None:
    """Send `function` an event and return its record, which is then deleted; None if there is none after `seconds`."""
    response = lab.client("lambda").invoke(
        FunctionName=function, InvocationType="Event", Payload=json.dumps({"order": "sent by the check"})
    )
    request_id, deadline = response["ResponseMetadata"]["RequestId"], clock() + seconds
    while True:
        if mine := [one for one in records(lab, url, remove=request_id) if one.request_id == request_id]:
            return mine[0]
        if clock() >= deadline:
            return None
        sleep(0.3)
