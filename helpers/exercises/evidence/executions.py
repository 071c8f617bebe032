"""Evidence from a durable function: what an execution that the check starts waits for, and how it ends."""

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend.session import Connection
from helpers.exercises.evidence.waiting import seconds_for, until


@dataclass(frozen=True)
class Execution:
    """An execution of a durable function, by its ARN."""

    lab: Connection
    arn: str

    @cached_property
    def callback(self) -> dict[str, Any]:
        """`CallbackStartedDetails` of its first callback, once it waits for one; {} if it does not."""
        found = until(lambda: self.events("CallbackStarted"), self._seconds())
        return dict(found[0]["CallbackStartedDetails"]) if found else {}

    def fail(self, message: str) -> None:
        """Let its first callback fail."""
        api = self.lab.client("lambda")
        api.send_durable_execution_callback_failure(
            CallbackId=self.callback["CallbackId"], Error={"ErrorMessage": message}
        )

    def succeed(self, answer: str) -> None:
        """Answer its first callback."""
        api = self.lab.client("lambda")
        api.send_durable_execution_callback_success(CallbackId=self.callback["CallbackId"], Result=answer.encode())

    def events(self, kind: str) -> list[dict[str, Any]]:
        """Return the events of its history that are of this kind, such as "StepSucceeded"."""
        api = self.lab.client("lambda")
        events = api.get_durable_execution_history(DurableExecutionArn=self.arn)["Events"]
        return [event for event in events if event["EventType"] == kind]

    def end(self) -> tuple[str, Any]:
        """Return its status once it has ended, or what that is by then, and the result, None if there is none."""
        api = self.lab.client("lambda")
        said = until(
            lambda: api.get_durable_execution(DurableExecutionArn=self.arn),
            self._seconds(),
            enough=lambda execution: execution["Status"] != "RUNNING",
        )
        return said["Status"], json.loads(said["Result"]) if said.get("Result") else None

    def stop(self) -> None:
        """Stop it, if it runs."""
        with suppress(ClientError):  # it has ended
            self.lab.client("lambda").stop_durable_execution(DurableExecutionArn=self.arn)

    def _seconds(self) -> float:
        return seconds_for(self.lab, 15, 60)


def start(lab: Connection, function: str, event: object) -> Execution:
    """Start an execution of the code that the function has now, published or not."""
    asked = {"FunctionName": function, "Qualifier": "$LATEST", "InvocationType": "Event"}
    answer = lab.client("lambda").invoke(Payload=json.dumps(event), **asked)
    return Execution(lab, answer["DurableExecutionArn"])
