"""Records of failed events: found in a full queue, of one event, and what 6.2 makes of them."""

import json
from itertools import count

import pytest

from helpers.exercises import lab06
from helpers.exercises.evidence import failures
from helpers.exercises.evidence.failures import Record


def body(request_id="r", condition="RetriesExhausted", attempts=2, function="thirdFunction"):
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function}:$LATEST"
    context = {"functionArn": arn, "requestId": request_id, "condition": condition}
    return json.dumps({"requestContext": {**context, "approximateInvokeCount": attempts}})


class Lab:
    """A lab with a queue that hides what is received, and a function whose failures are recorded as `answer`."""

    backend = "embedded"

    class exceptions:  # noqa: N801
        """As botocore's clients have them."""

        ResourceNotFoundException = KeyError

    def __init__(self, *bodies, answer=None, retries=1, target="arn:aws:sqs:us-east-1:000000000000:lab06-failed"):
        self.queue, self.hidden, self.ids, self.sent = {}, set(), count(), 0
        self.answer, self.retries, self.target = answer, retries, target
        for one in bodies:
            self.put(one)

    def put(self, text):
        self.queue[str(next(self.ids))] = text

    def client(self, service):
        return self

    def receive_message(self, QueueUrl, MaxNumberOfMessages, VisibilityTimeout):  # noqa: N803 (AWS's spelling)
        chosen = [key for key in self.queue if key not in self.hidden][:MaxNumberOfMessages]
        self.hidden |= set(chosen)
        return {"Messages": [{"MessageId": k, "ReceiptHandle": k, "Body": self.queue[k]} for k in chosen]}

    def change_message_visibility(self, ReceiptHandle, **_):  # noqa: N803
        self.hidden.discard(ReceiptHandle)

    def delete_message(self, ReceiptHandle, **_):  # noqa: N803
        del self.queue[ReceiptHandle]

    def get_queue_url(self, **_):
        return {"QueueUrl": "url"}

    def get_function_event_invoke_config(self, **_):
        retries = {} if self.retries is None else {"MaximumRetryAttempts": self.retries}
        return {"DestinationConfig": {"OnFailure": {"Destination": self.target}}, **retries}

    def invoke(self, **_):
        self.sent += 1
        if self.answer:
            self.put(self.answer)
        return {"ResponseMetadata": {"RequestId": "mine"}}


def test_a_record_is_found_behind_many_other_messages_which_are_left_there():
    lab = Lab(*["{}"] * 25, body(), '"no record"', "no JSON")
    assert failures.records(lab, "url") == [Record("thirdFunction", "r", "RetriesExhausted", 2)]
    assert (len(lab.queue), lab.hidden) == (28, set())


def test_the_record_of_an_event_of_its_own_is_taken_away_and_no_other():
    lab = Lab(body("another", attempts=3), answer=body("mine"))
    assert failures.send_event(lab, "thirdFunction", "url", seconds=1).request_id == "mine"
    assert [json.loads(text)["requestContext"]["requestId"] for text in lab.queue.values()] == ["another"]


def test_a_record_that_never_comes_is_not_waited_for_longer_than_allowed():
    clock, naps = iter([0, 1, 3]), []
    found = failures.send_event(Lab(), "f", "url", seconds=2, sleep=naps.append, clock=lambda: next(clock))
    assert (found, len(naps)) == (None, 1)


def judged(lab):
    check = lab06.hear_of_the_third.check(lab)
    return check.passed, check.actual


def test_the_learner_s_record_is_enough_wherever_it_lies():
    lab = Lab(*["{}"] * 10, body(attempts=3), body())
    assert judged(lab) == (True, "a record of 2 attempts")
    assert lab.sent == 0


@pytest.mark.parametrize(
    ("answer", "passed", "found"),
    [
        (body("mine"), True, "a record of an event that the check sent: RetriesExhausted after 2 attempts"),
        (
            body("mine", "EventAgeExceeded", 1),
            False,
            "a record of an event that the check sent: EventAgeExceeded after 1 attempt",
        ),
    ],
)
def test_without_the_learner_s_record_the_check_sends_an_event_itself(answer, passed, found):
    assert judged(Lab(body(attempts=3), body(function="secondFunction"), answer=answer)) == (passed, found)


@pytest.mark.parametrize(
    ("configured", "found"),
    [
        ({"retries": None}, "MaximumRetryAttempts is 2, that is 3 attempts"),
        ({"retries": 0}, "MaximumRetryAttempts is 0, that is 1 attempt"),
        (
            {"target": "arn:aws:sqs:us-east-1:000000000000:x"},
            "its destination for failures is arn:aws:sqs:us-east-1:000000000000:x",
        ),
        ({"target": ""}, "its destination for failures is not set"),
    ],
)
def test_what_is_configured_wrongly_is_said_whatever_records_there_are(configured, found):
    assert judged(Lab(body(), **configured)) == (False, found)
