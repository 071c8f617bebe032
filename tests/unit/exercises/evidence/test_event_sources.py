"""Evidence from event sources and queues, of made-up backends."""

import json
from types import SimpleNamespace

import pytest

from helpers.exercises.evidence import event_sources, messages


class Queue:
    """SQS with one queue; messages are hidden once they are received, until they are made visible."""

    def __init__(self, *bodies, endless=False):
        self.bodies, self.hidden, self.endless = list(bodies), set(), endless

    def client(self, service):
        return self

    def get_queue_url(self, QueueName):  # noqa: N803  (AWS's spelling)
        return {"QueueUrl": QueueName}

    def receive_message(self, **_):
        seen = [number for number in range(len(self.bodies)) if self.endless or number not in self.hidden][:2]
        self.hidden |= set(seen)
        found = [{"MessageId": str(n), "ReceiptHandle": str(n), "Body": self.bodies[n]} for n in seen]
        return {"Messages": found} if found else {}

    def change_message_visibility(self, ReceiptHandle, VisibilityTimeout, **_):  # noqa: N803  (AWS's spelling)
        assert VisibilityTimeout == 0
        self.hidden.discard(int(ReceiptHandle))

    def send_message_batch(self, QueueUrl, Entries):  # noqa: N803  (AWS's spelling)
        self.sent = [json.loads(entry["MessageBody"]) for entry in Entries]
        self.bodies += [entry["MessageBody"] for entry in Entries if self.takes(json.loads(entry["MessageBody"]))]

    def publish(self, TopicArn, Message, MessageAttributes):  # noqa: N803  (AWS's spelling)
        if int(MessageAttributes["failures"]["StringValue"]) >= 10:
            self.bodies.append(Message)

    def takes(self, body):
        return "against" in body


def test_all_messages_are_read_as_json_or_text_and_stay_in_the_queue():
    queue = Queue('{"a": 1}', "text", "[2]")
    assert messages.bodies(queue, "q") == [{"a": 1}, "text", [2]]
    assert queue.hidden == set()


def test_messages_that_come_again_end_the_reading():
    assert messages.bodies(Queue("1", "2", endless=True), "q") == [1, 2]


@pytest.mark.parametrize(("times", "counts"), [(1, (1, 1, 1)), (2, (2, 2, 2))])
def test_a_ballot_says_how_often_each_was_counted(monkeypatch, times, counts):
    queue = Queue()

    def logged(lab, function, matches, seconds):
        lines = [f"counted {body['for']}" for body in queue.sent if "for" in body] * times
        return [line for line in lines if matches(line)]

    monkeypatch.setattr(event_sources, "logged", logged)
    assert event_sources.vote(queue, seconds=0) == event_sources.Ballot(counts, 0, 1)
    assert ["against" in body for body in queue.sent] == [False, True, False, False]


def test_a_batch_that_failed_as_a_whole_leaves_good_votes_dead(monkeypatch):
    queue = Queue("text", '{"for": "an earlier one"}')
    queue.takes = lambda body: True
    monkeypatch.setattr(event_sources, "logged", lambda *_, **__: [])
    assert event_sources.vote(queue, seconds=0) == event_sources.Ballot((0, 0, 0), 3, 1)


def test_a_queue_is_told_of_what_came_and_not_of_what_was_there():
    queue = Queue("other: ada with 10")
    cases = [("ada", 9), ("ada", 10), ("eve", 11)]
    assert event_sources.told(queue, "topic", "q", cases, seconds=0) == [("ada", 10), ("eve", 11)]


def test_objects_are_put_with_the_first_last_looked_for_and_deleted(monkeypatch):
    put, deleted = [], []
    s3 = SimpleNamespace(
        put_object=lambda Bucket, Key, Body: put.append(Key),  # noqa: N803  (AWS's spelling)
        delete_object=lambda Bucket, Key: deleted.append(Key),  # noqa: N803  (AWS's spelling)
    )
    lab = SimpleNamespace(client=lambda _: s3)
    monkeypatch.setattr(event_sources, "logged", lambda lab, f, matches, seconds: [1] if matches("new: a.png ") else [])
    found = event_sources.called_for(lab, "f", "b", ["a.png", "a.txt"], seconds=0)
    assert (found, put, deleted) == (["a.png"], ["a.txt", "a.png"], ["a.png", "a.txt"])


def test_views_behind_the_poison_are_those_of_the_page_made_up():
    put = []
    lab = SimpleNamespace(
        client=lambda _: SimpleNamespace(
            put_record=lambda StreamName, PartitionKey, Data: put.append(json.loads(Data)),  # noqa: N803
            get_item=lambda Key, **_: {"Item": {"views": {"N": "1"}}} if Key["page"]["S"] == put[1]["page"] else {},  # noqa: N803
        )
    )
    assert event_sources.counted_behind_poison(lab, "clicks", seconds=0) == 1
    assert "page" not in put[0]


def test_a_filter_that_a_rule_does_not_have_is_empty():
    rule = {"Filter": {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "photos/"}]}}}
    assert event_sources.key_filter(rule, "prefix") == "photos/"
    assert event_sources.key_filter(rule, "suffix") == event_sources.key_filter({}, "prefix") == ""
