"""One occurrence of a schedule: its target is invoked, again if that fails, and in the end the dead-letter queue is
told.

EventBridge Scheduler User Guide, "Adding context attributes", "Configuring a schedule's dead-letter queue"; API
reference, RetryPolicy (2026-11). AWS doubles its delays; here they begin with a second, and a minute of an event's age
takes a second, as for asynchronous invocations.
"""

from __future__ import annotations

import json
import time
import uuid
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError
from localstack.aws.connect import connect_to

from .. import settings
from . import targets

LONGEST_DELAY_SECONDS = 60.0


def deliver(schedule: Any, due: datetime) -> None:
    """Invoke the target of moto's `schedule` for the time `due`."""
    target, execution = schedule.target, uuid.uuid4().hex[:16]
    policy = target.get("RetryPolicy") or {}
    most = policy.get("MaximumRetryAttempts", 185)
    age = policy.get("MaximumEventAgeInSeconds", 86400) * settings.ASYNC_MINUTE_SECONDS / 60
    began, attempt = time.monotonic(), 1
    while True:
        text = payload(schedule, due, execution, attempt)
        try:
            targets.call(clients(schedule), target, text)
            return
        except Exception as error:
            failure = error
        delay = min(2.0 ** (attempt - 1), LONGEST_DELAY_SECONDS)
        exhausted = ""
        if is_final(failure):
            break
        if attempt > most:
            exhausted = "MaximumRetryAttempts"
            break
        if time.monotonic() - began + delay > age:
            exhausted = "MaximumEventAgeInSeconds"
            break
        time.sleep(delay)
        attempt += 1
    if queue := (target.get("DeadLetterConfig") or {}).get("Arn"):
        said = {**about(failure), "EXECUTION_ID": execution, "IS_PAYLOAD_TRUNCATED": "false"}
        said |= {"EXHAUSTED_RETRY_CONDITION": exhausted} if exhausted else {}
        said |= {"RETRY_ATTEMPTS": str(attempt - 1), "SCHEDULED_TIME": stamp(due)}
        said |= {"SCHEDULE_ARN": schedule.arn, "TARGET_ARN": target["Arn"]}
        make = clients(schedule)
        make("sqs").send_message(
            QueueUrl=targets.queue_url(make, queue),
            MessageBody=text,
            MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in said.items()},
        )


def clients(schedule: Any) -> targets.Clients:
    """Return what makes clients of the schedule's role, which Scheduler assumes for the schedule's group."""
    region = schedule.arn.split(":")[3]
    sts = connect_to(region_name=region).sts.request_metadata(
        service_principal="scheduler", source_arn=group_arn(schedule)
    )

    def make(service: str) -> Any:
        session = sts.assume_role(RoleArn=schedule.target["RoleArn"], RoleSessionName=uuid.uuid4().hex)["Credentials"]
        return connect_to(
            region_name=region,
            aws_access_key_id=session["AccessKeyId"],
            aws_secret_access_key=session["SecretAccessKey"],
            aws_session_token=session["SessionToken"],
        ).get_client(service)

    return make


def group_arn(schedule: Any) -> str:
    """Return the ARN of a schedule's group: whom Scheduler says that it acts for (User Guide, "Confused deputy
    prevention", 2026-11).
    """
    return str(schedule.arn).replace(":schedule/", ":schedule-group/").rpartition("/")[0]


def payload(schedule: Any, due: datetime, execution: str, attempt: int) -> str:
    """Return what the target gets: its Input, with the context attributes filled in, or an event that says it is
    time.
    """
    _, _, _, region, account, _ = schedule.arn.split(":", 5)
    text = schedule.target.get("Input")
    if text is None:
        event = {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Scheduled Event",
            "source": "aws.scheduler",
            "account": account,
            "time": stamp(due),
            "region": region,
            "resources": [schedule.arn],
            "detail": "{}",
        }
        return json.dumps(event)
    known = {
        "schedule-arn": schedule.arn,
        "scheduled-time": stamp(due),
        "execution-id": execution,
        "attempt-number": str(attempt),
    }
    for name, value in known.items():
        text = text.replace(f"<aws.scheduler.{name}>", value)
    return str(text)


def stamp(moment: datetime) -> str:
    """Return a time as AWS writes it, in UTC: 2022-03-22T18:59:43Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def is_final(error: Exception) -> bool:
    """Return whether trying again cannot help: the call itself is wrong, or is not allowed."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
        return 400 <= status < 500 and status != 429 and "Throttl" not in about(error)["ERROR_CODE"]
    return isinstance(error, (ParamValidationError, ValueError, TypeError, StopIteration))


def about(error: Exception) -> dict[str, str]:
    """Return what the dead-letter queue is told of an error."""
    said = error.response.get("Error", {}) if isinstance(error, ClientError) else {}
    code, message = said.get("Code", type(error).__name__), said.get("Message", str(error))
    return {"ERROR_CODE": code, "ERROR_MESSAGE": message or code}
