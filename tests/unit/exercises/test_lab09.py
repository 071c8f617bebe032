"""Checks of lab 09."""

import json
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab09
from helpers.exercises.evidence.event_sources import Ballot
from helpers.exercises.evidence.upload_events import big_and_others

ACCOUNT = {"account": "0" * 12, "region": "us-east-1", "backend": "embedded"}


def lab(**operations):
    """A lab whose every client has these operations."""
    client = SimpleNamespace(**operations)
    return SimpleNamespace(client=lambda service: client, **ACCOUNT)


def rule(*filters, function="makeThumbnail"):
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function}"
    rules = [{"Name": name, "Value": value} for name, value in filters]
    return {"LambdaFunctionArn": arn, "Filter": {"Key": {"FilterRules": rules}}}


def bucket(*rules):
    return lab(get_bucket_notification_configuration=lambda **_: {"LambdaFunctionConfigurations": list(rules)})


PREFIX, SUFFIX = ("Prefix", "photos/"), ("Suffix", ".png")


@pytest.mark.parametrize(
    ("called", "passed"), [([0], True), ([0, 1], False), ([0, 2], False), ([1], False), ([], False)]
)
def test_a_bucket_calls_for_the_picture_and_for_nothing_else(monkeypatch, called, passed):
    monkeypatch.setattr(lab09.sources, "called_for", lambda lab, f, b, keys, seconds: [keys[one] for one in called])
    check = lab09.call_it_for_pictures_only.check(bucket(rule(PREFIX, SUFFIX)))
    assert check.passed is passed
    assert (".txt" in check.actual) is (1 in called)


def test_a_rule_without_a_suffix_is_not_tried(monkeypatch):
    monkeypatch.setattr(lab09.sources, "called_for", lambda *_, **__: pytest.fail("nothing is uploaded"))
    other = rule(SUFFIX, function="showEvent")
    check = lab09.call_it_for_pictures_only.check(bucket(rule(PREFIX), other))
    assert (check.passed, check.actual) == (False, "a rule with the prefix photos/ and no suffix")


def opens(*sources, wrong="?"):
    """A function that finds the key in the events of these sources, by where each has it."""
    from base64 import b64decode
    from urllib.parse import unquote_plus

    def inner(text):
        return json.loads(text)["detail"]["object"]["key"]

    ways = {
        "S3": lambda event: unquote_plus(event["Records"][0]["s3"]["object"]["key"]),
        "EventBridge": lambda event: event["detail"]["object"]["key"],
        "SNS": lambda event: inner(event["Records"][0]["Sns"]["Message"]),
        "SQS": lambda event: inner(event["Records"][0]["body"]),
        "Kinesis": lambda event: inner(b64decode(event["Records"][0]["kinesis"]["data"])),
        "S3, not decoded": lambda event: event["Records"][0]["s3"]["object"]["key"],
    }

    def answer(_lab, _function, event):
        for source in sources:
            try:
                return FunctionResponse(ways[source](event), None, "r")
            except (KeyError, TypeError):
                continue
        return FunctionResponse(wrong, None, "r")

    return answer


ALL = ("S3", "EventBridge", "SNS", "SQS", "Kinesis")


def test_a_function_that_opens_all_envelopes_has_done_it(monkeypatch):
    monkeypatch.setattr(lab09, "invoke", opens(*ALL))
    assert lab09.open_every_envelope.check(lab()).passed


@pytest.mark.parametrize("missing", ALL)
def test_a_function_that_does_not_know_one_envelope_is_told_which(monkeypatch, missing):
    monkeypatch.setattr(lab09, "invoke", opens(*(source for source in ALL if source != missing)))
    check = lab09.open_every_envelope.check(lab())
    assert not check.passed
    assert check.actual.startswith('"?" for') and check.actual.endswith(f"by {missing}")


def test_a_key_that_is_not_decoded_or_an_error_is_not_a_key(monkeypatch):
    monkeypatch.setattr(lab09, "invoke", opens("S3, not decoded", *ALL[1:]))
    assert "+" in lab09.open_every_envelope.check(lab()).actual
    monkeypatch.setattr(lab09, "invoke", lambda *_: FunctionResponse({"errorMessage": "'s3'"}, "Unhandled", "r"))
    assert lab09.open_every_envelope.check(lab()).actual.endswith("for the event of S3")


CLICKS = "arn:aws:kinesis:us-east-1:000000000000:stream/lab09-clicks"
NOTE = {"KinesisBatchInfo": {"streamArn": CLICKS}}


def mapping(retries=2, queue="lab09-poison"):
    return {"MaximumRetryAttempts": retries, "DestinationConfig": {"OnFailure": {"Destination": f"arn:{queue}"}}}


def shop(monkeypatch, *mappings, counted=1, notes=(NOTE,)):
    monkeypatch.setattr(lab09.sources, "counted_behind_poison", lambda *_, **__: counted)
    monkeypatch.setattr(lab09.messages, "bodies", lambda *_: list(notes))
    return lab09.let_the_shop_go_on.check(lab(list_event_source_mappings=lambda **_: {"EventSourceMappings": mappings}))


def test_a_shop_goes_on_when_poison_is_noted_and_the_next_click_counted(monkeypatch):
    assert shop(monkeypatch, mapping()).passed


@pytest.mark.parametrize(
    ("mappings", "more", "found"),
    [
        ([], {}, "no mapping"),
        ([mapping(-1)], {}, "until it expires"),
        ([mapping(3)], {}, "3, that is 4 attempts"),
        ([mapping(queue="lab09-dead")], {}, "arn:lab09-dead"),
        ([{"MaximumRetryAttempts": 2}], {}, "not set"),
        ([mapping()], {"counted": 0}, "counted 0 times"),
        ([mapping()], {"counted": 2}, "counted 2 times"),
        ([mapping()], {"notes": ["text", {"DDBStreamBatchInfo": {}}]}, "no note of the poison"),
    ],
)
def test_a_shop_that_does_not_go_on_is_told_why(monkeypatch, mappings, more, found):
    check = shop(monkeypatch, *mappings, **more)
    assert not check.passed and found in check.actual


def votes(monkeypatch, ballot, types=("ReportBatchItemFailures",), again=None):
    ballots = [ballot, again or ballot]
    monkeypatch.setattr(lab09.sources, "vote", lambda *_, **__: ballots.pop(0))
    found = {"EventSourceMappings": [{"FunctionResponseTypes": list(types)}]}
    return lab09.spoil_one_not_five.check(lab(list_event_source_mappings=lambda **_: found))


@pytest.mark.parametrize(
    ("ballot", "types", "found"),
    [
        (Ballot((1, 1, 1), 0, 1), ["ReportBatchItemFailures"], None),
        (Ballot((1, 1, 1), 0, 1), [], "does not ask"),
        (Ballot((2, 0, 0), 3, 1), ["ReportBatchItemFailures"], "3 good votes"),
        (Ballot((2, 1, 1), 0, 1), ["ReportBatchItemFailures"], "counted 2 times"),
        (Ballot((1, 1, 1), 0, 0), ["ReportBatchItemFailures"], "0 of 4"),
    ],
)
def test_one_vote_is_spoiled_and_the_others_are_counted_once(monkeypatch, ballot, types, found):
    check = votes(monkeypatch, ballot, types)
    assert check.passed is (found is None)
    assert found is None or found in check.actual


def test_votes_that_a_slow_machine_has_counted_twice_are_cast_again(monkeypatch):
    assert votes(monkeypatch, Ballot((2, 1, 1), 0, 1), again=Ballot((1, 1, 1), 0, 1)).passed


@pytest.mark.parametrize(
    ("told", "passed"),
    [
        ([("ada", 10), ("latest-ada", 37)], True),
        ([("ada", 9), ("ada", 10), ("latest-ada", 37)], False),
        ([("test-ada", 12), ("ada", 10), ("latest-ada", 37)], False),
        ([("ada", 10)], False),
        ([], False),
    ],
)
def test_the_guard_is_told_of_what_it_should_hear(monkeypatch, told, passed):
    monkeypatch.setattr(lab09.sources, "told", lambda *_, **__: told)
    assert lab09.wake_the_guard.check(lab()).passed is passed


class Events:
    """EventBridge with one rule; its answer to the event of each number is in `answers`."""

    class exceptions:  # noqa: N801  as boto3 has it
        class ResourceNotFoundException(Exception):  # noqa: N818
            pass

    def __init__(self, answers=(), name="lab09-big", pattern="{}"):
        self.answers, self.name, self.pattern = iter(answers), name, pattern

    def describe_rule(self, Name):  # noqa: N803  (AWS's spelling)
        if Name != self.name:
            raise self.exceptions.ResourceNotFoundException
        return {"EventPattern": self.pattern} if self.pattern else {}

    def list_rules(self):
        return {"Rules": [{"Name": self.name}]}

    def test_event_pattern(self, EventPattern, Event):  # noqa: N803  (AWS's spelling)
        return {"Result": next(self.answers)}


def pattern(events):
    return lab09.write_a_pattern.check(SimpleNamespace(client=lambda _: events))


RIGHT = [wanted for _, _, wanted in big_and_others("name")]


def test_a_pattern_that_matches_what_it_should_is_right():
    assert pattern(Events(RIGHT)).passed


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_a_pattern_that_is_wrong_about_one_event_is_told_which(number):
    answers = [answer is not (place == number) for place, answer in enumerate(RIGHT)]
    check = pattern(Events(answers))
    assert not check.passed
    assert check.actual.endswith(big_and_others("name")[number][0])


@pytest.mark.parametrize(
    ("events", "found"),
    [
        (Events(name="lab09-Big"), "the rule lab09-Big, the goal says lab09-big"),
        (Events(name="other"), "no rule lab09-big"),
        (Events(pattern=None), "a rule without a pattern"),
    ],
)
def test_a_rule_that_is_not_there_or_has_no_pattern_is_not_judged_by_events(events, found):
    assert pattern(events).actual == found
