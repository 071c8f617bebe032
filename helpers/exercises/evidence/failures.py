"""What Lambda did with an event that failed: how often it tries, and the record in the queue for failures."""

import json
import time
from dataclasses import dataclass

from helpers.backend.function_names import function_name

RETRIES = 2  # if nothing is configured; Lambda Developer Guide, "Error handling for asynchronous invocation", 2026-11


@dataclass(frozen=True)
class Record:
    """A record of a destination: the event's request id, why Lambda gave up ("RetriesExhausted"...), after how many."""

    function: str
    request_id: str
    condition: str
    attempts: int

    @classmethod
    def parse(cls, text: str) -> "Record | None":
        """Read a message's body; None if it is no such record."""
        try:
            context = json.loads(text)["requestContext"]
            function = function_name(context["functionArn"])
            return cls(function, context["requestId"], context["condition"], context["approximateInvokeCount"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def tells(self, function: str, attempts: int) -> bool:
        """Whether `function` failed in all of `attempts` attempts, and had no more."""
        return (self.function, self.condition, self.attempts) == (function, "RetriesExhausted", attempts)

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.condition} after {attempts(self.attempts)}"


def attempts(number: int) -> str:
    """Return a number of attempts in words."""
    return f"{number} attempt{'s' * (number != 1)}"


def records(lab, url: str, *, remove: str | None = None) -> list[Record]:
    """Return the records in the queue, however many it holds, and leave them there; but delete that of `remove`, an id.

    Each is hidden while the others are read, for no longer than 5 s.
    """
    api, found, seen = lab.client("sqs"), [], {}
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


def try_it(lab, function: str, url: str, *, seconds: float, sleep=time.sleep, clock=time.monotonic) -> Record | None:
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
