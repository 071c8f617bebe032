"""Asynchronous events that failed: the attempts, and the record in the queue that is the destination on failure."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from helpers.backend.function_names import function_name
from helpers.backend.session import Connection
from helpers.exercises.evidence import messages
from helpers.exercises.evidence.waiting import until

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


def records(lab: Connection, queue: str, *, remove: str | None = None) -> list[Record]:
    """Return all records in the queue and leave them there, except that of the request id `remove`, which is deleted.

    Raises: as `messages.texts`.
    """

    def is_to_go(text: str) -> bool:
        record = Record.parse(text)
        return record is not None and record.request_id == remove

    parsed = map(Record.parse, messages.texts(lab, queue, remove=is_to_go))
    return [record for record in parsed if record]


def send_event(
    lab: Connection,
    function: str,
    queue: str,
    *,
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Record | None:
    """Send `function` an event and return its record, which is then deleted; None if there is none after `seconds`."""
    response = lab.client("lambda").invoke(
        FunctionName=function, InvocationType="Event", Payload=json.dumps({"order": "sent by the check"})
    )
    request_id = response["ResponseMetadata"]["RequestId"]

    def mine() -> Record | None:
        return next((one for one in records(lab, queue, remove=request_id) if one.request_id == request_id), None)

    return until(mine, seconds, sleep=sleep, clock=clock)
