"""Requests at the same moment: all are under way before one is answered, and throttles are told apart."""

import io
import json
import threading
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from helpers.exercises.evidence import at_once


def lab(invoke):
    return SimpleNamespace(client=lambda service: SimpleNamespace(invoke=invoke))


def refusal(code, **more):
    return ClientError({"Error": {"Code": code, "Message": ""}, **more}, "Invoke")


def test_all_are_under_way_at_once_and_answers_come_in_the_order_of_events():
    together = threading.Barrier(3, timeout=10)

    def invoke(FunctionName, Payload, Qualifier):  # noqa: N803
        together.wait()
        return {"Payload": io.BytesIO(Payload.encode())}

    answers = at_once.send(lab(invoke), "door", [{"n": 1}, {"n": 2}, {"n": 3}], Qualifier="live")
    assert [answer.response.payload for answer in answers] == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_a_throttled_request_has_awss_reason_and_no_response():
    def invoke(FunctionName, Payload):  # noqa: N803
        if json.loads(Payload) == 1:
            return {"Payload": io.BytesIO(b"1")}
        raise refusal("TooManyRequestsException", Reason="ConcurrentInvocationLimitExceeded")

    served, throttled = at_once.send(lab(invoke), "door", [1, 2])
    assert served.response.payload == 1
    assert (throttled.response, throttled.reason) == (None, "ConcurrentInvocationLimitExceeded")


def test_another_refusal_is_raised():
    def invoke(FunctionName, Payload):  # noqa: N803
        raise refusal("ResourceNotFoundException")

    with pytest.raises(ClientError, match="ResourceNotFound"):
        at_once.send(lab(invoke), "door", [1, 2])
