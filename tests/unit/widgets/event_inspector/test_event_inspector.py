"""The event inspector: events in a log, known by their looks, opened, searched, and drawn as cards."""

import json
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.exercises.evidence.upload_events import every_event
from helpers.widgets import EventInspector
from helpers.widgets.event_inspector import cards, envelopes, sources

KEY = "inbox/red fox.png"
EVENTS = every_event("pictures", KEY)


class Log:
    """A lab whose function has logged these lines; `asked` is what the log was asked for last."""

    def __init__(self, *lines, missing=None):
        self.lines, self.missing, self.asked = lines, missing, {}

    def client(self, service):
        return self

    def get_paginator(self, operation):
        return self

    def paginate(self, **asked):
        self.asked = asked
        if self.missing:
            raise ClientError({"Error": {"Code": self.missing}}, "FilterLogEvents")
        return [{"events": [{"message": line} for line in self.lines]}]


def log(*events):
    return Log(*("START", *(json.dumps(event) for event in events), "{not JSON", "REPORT"))


def inspector(*events):
    return EventInspector(log(*events), "showEvent")


@pytest.mark.parametrize("source", EVENTS)
def test_an_event_is_known_by_its_looks(source):
    assert sources.source_of(EVENTS[source]) == source


@pytest.mark.parametrize(
    ("event", "source"),
    [
        ({"Records": [{"eventSource": "aws:dynamodb"}]}, "DynamoDB stream"),
        ({"detail-type": "Scheduled Event", "source": "aws.scheduler"}, "Scheduler"),
        ({"name": "David"}, "Invoke"),
        ({"Records": []}, "Invoke"),
        ({"Records": ["text"]}, "Invoke"),
        ([], "Invoke"),
    ],
)
def test_what_looks_otherwise_is_known_too(event, source):
    assert sources.source_of(event) == source


PATHS = {
    "S3": 'unquote_plus(event["Records"][0]["s3"]["object"]["key"])',
    "EventBridge": 'event["detail"]["object"]["key"]',
    "SNS": 'json.loads(event["Records"][0]["Sns"]["Message"])["detail"]["object"]["key"]',
    "SQS": 'json.loads(event["Records"][0]["body"])["detail"]["object"]["key"]',
    "Kinesis": 'json.loads(b64decode(event["Records"][0]["kinesis"]["data"]))["detail"]["object"]["key"]',
}


@pytest.mark.parametrize("source", EVENTS)
def test_the_code_for_a_value_gets_that_value(source):
    from base64 import b64decode
    from urllib.parse import unquote_plus

    [path] = envelopes.find(EVENTS[source], KEY)
    assert path == PATHS[source]
    names = {"event": EVENTS[source], "json": json, "b64decode": b64decode, "unquote_plus": unquote_plus}
    assert eval(path, names) == KEY


@pytest.mark.parametrize("text", ["eyes", "ewe", "W", "{no JSON", "", "[1", "eyJ"])
def test_a_text_that_only_begins_like_json_is_a_text(text):
    assert envelopes.opened(text) is None


def test_the_latest_event_of_each_source_is_shown_and_all_are_counted():
    older = json.loads(json.dumps(EVENTS["S3"]).replace("red+fox", "old"))
    shown = inspector(EVENTS["SNS"], older, EVENTS["S3"], {"by": "hand"})
    assert list(shown.events) == ["Invoke", "S3", "SNS"]
    assert shown.events["S3"] == EVENTS["S3"]
    assert shown.counts == {"SNS": 1, "S3": 2, "Invoke": 1}


def test_only_what_was_logged_since_is_read():
    lab = log()
    EventInspector(lab, "showEvent", since=12.5)
    assert lab.asked == {"logGroupName": "/aws/lambda/showEvent", "startTime": 12500}


def test_a_log_that_is_not_there_yet_is_empty_and_other_errors_are_raised():
    lab = Log(missing="ResourceNotFoundException")
    assert EventInspector(lab, "showEvent").text() == "no event in the log of showEvent"
    lab.missing = "AccessDeniedException"
    with pytest.raises(ClientError):
        EventInspector(lab, "showEvent")


def test_waiting_ends_when_enough_came_or_time_is_up():
    lab = log(EVENTS["S3"])
    times = iter(range(100))

    def more(seconds):
        lab.lines = (*lab.lines, json.dumps(EVENTS["S3"]))

    shown = EventInspector(lab, "showEvent").wait("S3", times=3, sleep=more, clock=lambda: next(times))
    assert shown.counts["S3"] == 3
    shown.wait("SNS", seconds=5, sleep=lambda _: None, clock=lambda: next(times))
    assert shown.counts["SNS"] == 0


def test_as_text_it_is_the_code_that_finds_the_value():
    shown = inspector(*EVENTS.values(), {"by": "hand"}).find(KEY)
    lines = dict(line.split(maxsplit=1) for line in shown.text().splitlines())
    assert lines == {"Invoke": "not in it", **PATHS}


def test_a_value_is_marked_where_it_is_and_nowhere_else():
    html = inspector(EVENTS["S3"], EVENTS["SQS"]).find(KEY).html()
    assert html.count("<mark>") == 2
    assert '<mark>"inbox/red+fox.png"</mark>' in html and '<mark>"inbox/red fox.png"</mark>' in html
    assert "JSON in a text" in html
    assert "<mark>" not in inspector(EVENTS["S3"]).html()


def test_parts_that_do_not_say_what_is_looked_for_are_left_out():
    event = {"Records": [{"s3": {"bucket": {"name": "pictures"}, "object": {"key": "fox"}, "tags": ["a"]}}]}
    assert "<b>bucket</b>: {…}" in cards.card("S3", event, "fox")
    assert "<b>tags</b>: […]" in cards.card("S3", event, "fox")
    assert "…" not in cards.card("S3", event, "")


def test_a_card_escapes_what_an_event_says_and_cuts_what_is_long():
    card = cards.card("S3", {"Records": [{"<b>": "<script>", "long": "x" * 500}]}, "")
    assert "<script>" not in card and "<b><b>" not in card
    assert "x" * 40 in card and "x" * 100 not in card


def test_the_form_finds_what_is_typed_and_reads_the_log_again():
    lab = log(EVENTS["S3"])
    shown = EventInspector(lab, "showEvent")
    shown._view  # noqa: B018  builds the form
    shown._field.value = "pictures"
    assert shown.wanted == "pictures" and "<mark>" in shown._cards.value
    lab.lines = (json.dumps(EVENTS["SNS"]),)
    button = next(part for part in shown._view.children[1].children if part.description == "Refresh")
    button.click()
    assert "SNS" in shown._cards.value and list(shown.events) == ["SNS"]
    lab.missing = "AccessDeniedException"
    button.click()
    assert "AccessDenied" in shown._error.value


def test_the_static_picture_shows_the_events():
    bundle = inspector(EVENTS["S3"]).find(KEY)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<mark>" in bundle["text/html"] and PATHS["S3"] in bundle["text/plain"]


def test_a_lab_is_asked_for_its_logs_only():
    asked = []
    lab = SimpleNamespace(client=lambda service: asked.append(service) or log())
    EventInspector(lab, "showEvent")
    assert asked == ["logs"]
