"""What an alarm does when its state changes: it publishes to SNS topics, and invokes functions.

SNS is asked by cloudwatch.amazonaws.com, a function by lambda.alarms.cloudwatch.amazonaws.com, both for the alarm's ARN
(CloudWatch User Guide, "Notifying users on alarm changes" and "Invoke a Lambda function from an alarm", 2026-11).
"""

from __future__ import annotations

import json
import logging
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.cloudwatch.models import LocalStackAlarm

from . import alarm_history, alarm_messages

LOG = logging.getLogger(__name__)
MEMBERS = {"OK": "OKActions", "ALARM": "AlarmActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}


def take(alarm: LocalStackAlarm, before: dict[str, Any]) -> None:
    """Take the actions of the state that an alarm now has. One that fails is noted in the history, as on AWS."""
    for action in alarm.alarm.get(MEMBERS[alarm.alarm["StateValue"]]) or ():
        data = {"actionState": "Succeeded", "notificationResource": action}
        try:
            _take(alarm, action, before)
            summary = f"Successfully executed action {action}"
        except Exception as error:  # no permission, or gone
            LOG.info("The alarm %s could not act on %s: %s", alarm.alarm["AlarmName"], action, error)
            summary = f'Failed to execute action {action}. Received error: "{error}"'
            data |= {"actionState": "Failed", "error": str(error)}
        alarm_history.note(alarm, "Action", summary, data)


def _take(alarm: LocalStackAlarm, action: str, before: dict[str, Any]) -> None:
    _, _, service, region, account, *_ = action.split(":")
    clients = connect_to(aws_access_key_id=account, region_name=region)
    source = alarm.alarm["AlarmArn"]
    if service == "lambda":
        function = clients.lambda_.request_metadata(source_arn=source, service_principal="lambda.alarms.cloudwatch")
        event = json.dumps(alarm_messages.for_lambda(alarm, before))
        function.invoke(FunctionName=action, InvocationType="Event", Payload=event)
    else:
        topic = clients.sns.request_metadata(source_arn=source, service_principal="cloudwatch")
        name, state = alarm.alarm["AlarmName"], alarm.alarm["StateValue"]
        subject = f'{state}: "{name}" in {alarm_messages.region_name(alarm.region)}'[:100]
        topic.publish(TopicArn=action, Subject=subject, Message=json.dumps(alarm_messages.for_sns(alarm, before)))
