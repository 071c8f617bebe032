"""Lab 01's checks, against functions that greet rightly, wrongly, and by heart."""

from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab01


def configured(**settings):
    """A lab whose functions have these settings: {function: its configuration}."""
    api = SimpleNamespace(get_function_configuration=lambda **asked: settings[asked["FunctionName"]])
    return SimpleNamespace(client=lambda service: api)


@pytest.mark.parametrize(
    ("python", "node", "passed", "found"),
    [
        (10, 3, True, "10 seconds"),
        (10, 10, True, "10 seconds"),
        (3, 3, False, "3 seconds"),
        (3, 10, False, "3 seconds; HelloWorld has the 10"),
    ],
)
def test_the_python_function_has_more_time(python, node, passed, found):
    check = lab01.give_it_more_time.check(configured(HelloPython={"Timeout": python}, HelloWorld={"Timeout": node}))
    assert (check.passed, check.actual) == (passed, found)


@pytest.mark.parametrize(
    ("goodbye", "passed"),
    [
        (lambda event: f"Goodbye {event.get('name') or 'world'}", True),
        (lambda event: "Goodbye Ada" if event else "Goodbye world", False),
        (lambda event: f"Goodbye, {event.get('name') or 'world'}", False),
    ],
)
def test_a_goodbye_is_said_to_every_name_not_to_one_known_by_heart(monkeypatch, goodbye, passed):
    monkeypatch.setattr(lab01, "invoke", lambda lab, name, event: FunctionResponse(goodbye(event), None, ""))
    assert lab01.say_goodbye.check(None).passed is passed


@pytest.mark.parametrize(
    ("events", "passed", "found"),
    [
        ([{"name": "David"}, {"name": "Grace"}], True, "the name Grace"),
        ([{}, {"name": "David"}], False, "only the lab's own events"),
        ([{"filename": "Grace"}], False, "only the lab's own events"),
        ([{"name": "David"}, {"Name": "Grace"}], False, "the key 'Name', the goal says 'name'"),
    ],
)
def test_a_name_of_ones_own_is_in_the_log(monkeypatch, events, passed, found):
    monkeypatch.setattr(lab01, "logged_events", lambda *_: events)
    check = lab01.leave_your_name.check(None)
    assert (check.passed, check.actual) == (passed, found)


def strict(event):
    return ("ValueError", None) if not event.get("name") else (None, f"Hello {event['name']}")


@pytest.mark.parametrize(
    ("greet", "runtime", "passed"),
    [
        (strict, "python3.14", True),
        (strict, "nodejs24.x", False),
        (lambda event: (None, "Hello Ada") if event else ("ValueError", None), "python3.14", False),
        (lambda event: ("TypeError", None) if not event else strict(event), "python3.14", False),
    ],
)
def test_a_strict_python_function_greets_every_name_and_raises_value_error(monkeypatch, greet, runtime, passed):
    def invoke(lab, name, event):
        error, answer = greet(event)
        return FunctionResponse({"errorType": error} if error else answer, "Unhandled" if error else None, "")

    monkeypatch.setattr(lab01, "invoke", invoke)
    assert lab01.be_strict_in_python.check(configured(HelloStrictPython={"Runtime": runtime})).passed is passed
