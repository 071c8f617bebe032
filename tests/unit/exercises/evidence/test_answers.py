"""What checks ask the backend."""

import io
import json
import re
from contextlib import suppress
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.backend.function_response import FunctionResponse
from helpers.exercises.evidence import answers


class Lab:
    """A lab whose only function answers `payload`."""

    def __init__(self, payload, error=None):
        body = json.dumps(payload).encode()
        self.response = {"Payload": io.BytesIO(body), "ResponseMetadata": {"RequestId": "r"}}
        if error:
            self.response["FunctionError"] = error

    def client(self, service):
        return self

    def invoke(self, **parameters):
        self.asked = parameters
        return self.response


def test_an_answer_is_decoded_and_carries_the_request_id():
    lab = Lab({"a": 1})
    assert answers.invoke(lab, "f", {"name": "é"}) == FunctionResponse({"a": 1}, None, "r")
    assert json.loads(lab.asked["Payload"]) == {"name": "é"}


@pytest.mark.parametrize(("state", "waits"), [("Pending", True), ("Failed", False)])
def test_a_function_that_was_made_just_now_is_waited_for(state, waits):
    lab, waited, api = Lab("Hello"), [], SimpleNamespace()
    said = f"The operation cannot be performed at this time. The function is currently in the following state: {state}"

    def invoke(**asked):
        if not waited:
            raise ClientError({"Error": {"Code": "ResourceConflictException", "Message": said}}, "Invoke")
        return lab.response

    api.invoke = invoke
    api.get_waiter = lambda name: SimpleNamespace(wait=lambda **asked: waited.append((name, asked["FunctionName"])))
    with suppress(ClientError):
        assert answers.invoke(SimpleNamespace(client=lambda service: api), "f", {}).payload == "Hello"
    assert waited == ([("function_active_v2", "f")] if waits else [])


def test_a_log_that_comes_late_is_waited_for(monkeypatch):
    logs = iter([[], ["other"], ["other", "Ada"]])
    monkeypatch.setattr(answers.logs, "fetch", lambda lab, function, reports: next(logs))
    naps = []
    assert answers.logged(None, "f", lambda line: "Ada" in line, sleep=naps.append) == ["Ada"]
    assert len(naps) == 2


def test_a_log_that_never_comes_is_not_waited_for_longer_than_allowed(monkeypatch):
    monkeypatch.setattr(answers.logs, "fetch", lambda lab, function, reports: [])
    clock = iter([0, 1, 3])
    assert answers.logged(None, "f", len, sleep=lambda s: None, clock=lambda: next(clock)) == []


def test_a_random_name_is_another_each_time_and_an_id_that_every_lab_takes():
    names = {answers.random_name() for _ in range(20)}
    assert len(names) == 20
    assert all(re.fullmatch("[a-z]{2,20}", name) for name in names)


@pytest.mark.parametrize(("answer", "general"), [("Hello {}", True), ("Hello Ada", False), ("Bye {}", False)])
def test_who_greets_anybody_greets_a_random_name(monkeypatch, answer, general):
    def invoke(lab, function, event):
        return FunctionResponse(answer.format(event["name"]), None, "r")

    monkeypatch.setattr(answers, "invoke", invoke)
    assert answers.greets_anybody(None, "f", "Hello {}") is general


@pytest.mark.parametrize("fails", [False, True])
def test_a_function_has_new_environments_for_a_while_and_then_its_description_again(fails):
    made = []
    api = SimpleNamespace(
        get_function_configuration=lambda **_: {"Description": "mine"},
        update_function_configuration=lambda **asked: made.append(asked["Description"]),
        get_waiter=lambda name: SimpleNamespace(wait=lambda **_: made.append(name)),
    )
    with suppress(ZeroDivisionError), answers.with_new_environments(SimpleNamespace(client=lambda service: api), "f"):
        assert made == ["being checked", "function_updated_v2"]
        1 / (not fails)
    assert made[2:] == ["mine", "function_updated_v2"]
