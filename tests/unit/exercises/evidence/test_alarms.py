"""An alarm as it is set, and what a queue hears of it."""

import json

from helpers.exercises.evidence import alarms


class Cloud:
    """CloudWatch, whose alarm tells a queue what state it was put into, and SQS with that queue."""

    def __init__(self, tells=True):
        self.tells, self.messages, self.deleted = tells, [("other", "{}")], []

    def client(self, service):
        return self

    def describe_alarms(self, AlarmNames):  # noqa: N803 (AWS's spelling)
        return {"MetricAlarms": [{"AlarmName": "a", "Period": 60}] if AlarmNames == ["a"] else []}

    def set_alarm_state(self, AlarmName, StateValue, StateReason):  # noqa: N803
        said = {"AlarmName": AlarmName, "NewStateValue": StateValue, "NewStateReason": StateReason}
        if self.tells:
            self.messages.append((StateValue, json.dumps({"Message": json.dumps(said)})))

    def get_queue_url(self, QueueName):  # noqa: N803
        return {"QueueUrl": QueueName}

    def receive_message(self, **asked):
        return {"Messages": [{"MessageId": id_, "Body": text, "ReceiptHandle": id_} for id_, text in self.messages]}

    def delete_message(self, QueueUrl, ReceiptHandle):  # noqa: N803
        self.deleted.append(ReceiptHandle)
        self.messages = [(handle, text) for handle, text in self.messages if handle != ReceiptHandle]

    def change_message_visibility(self, **asked):
        pass


def test_a_queue_hears_of_an_alarm_and_only_that_message_is_deleted():
    cloud = Cloud()
    assert alarms.is_heard(cloud, "a", "pager", seconds=1)
    assert cloud.deleted == ["ALARM"]


def test_a_queue_that_hears_nothing_is_not_waited_for_for_ever():
    times, slept = iter(range(20)), []
    assert not alarms.is_heard(Cloud(False), "a", "pager", seconds=3, sleep=slept.append, clock=lambda: next(times))
    assert len(slept) == 2


def test_the_first_setting_that_differs_is_named():
    assert alarms.of_name(Cloud(), "b") is None
    alarm = alarms.of_name(Cloud(), "a")
    assert alarms.difference(alarm, {"AlarmName": "a", "Period": 60}) is None
    assert alarms.difference(alarm, {"Period": 10}) == "Period 60, not 10"
    assert alarms.difference(alarm, {"ExtendedStatistic": "p95"}) == "ExtendedStatistic not set, not p95"
