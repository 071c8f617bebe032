"""A response in chunks: to its receiver, or collected."""

import base64
import json
from types import SimpleNamespace

import pytest

from helpers.engine.execution import response_stream
from helpers.engine.execution.platform_logs import Failure
from helpers.engine.execution.response_stream import StreamedResponse
from helpers.engine.execution.runtime_connection import Call

CONNECTION = SimpleNamespace(answer=lambda *_: True)


class Receiver:
    """Keeps what it gets."""

    def __init__(self):
        self.said = []

    def begin(self, content_type):
        self.said.append(content_type)

    def write(self, data, deadline):
        self.said.append(data)


def take(stream, *calls):
    return [stream.take(call, 0.0) for call in calls][-1]


def calls(*chunks, error_type="", error=b""):
    return (
        Call("stream", CONNECTION, request_id="id", content_type="text/plain"),
        *(Call("chunk", CONNECTION, chunk, "id") for chunk in chunks),
        Call("stream_end", CONNECTION, error, "id", error_type),
    )


def test_a_receiver_gets_the_type_and_the_chunks_and_the_answer_is_empty():
    receiver = Receiver()
    answer = take(StreamedResponse(receiver), *calls(b"one", b"two"))
    assert receiver.said == ["text/plain", b"one", b"two"]
    assert (answer.kind, answer.body) == ("response", b"")


def test_without_a_receiver_the_answer_is_all_of_it():
    answer = take(StreamedResponse(None), *calls(b"one", b"two"))
    assert (answer.kind, answer.body, answer.request_id) == ("response", b"onetwo", "id")


@pytest.mark.parametrize(
    ("error", "payload"),
    [
        (base64.b64encode(b'{"errorType":"Mine"}'), {"errorType": "Mine"}),
        (b"", {"errorType": "Mine", "errorMessage": ""}),
        (b"no base64!", {"errorType": "Mine", "errorMessage": ""}),
    ],
)
def test_an_error_in_the_trailers_is_the_answer(error, payload):
    answer = take(StreamedResponse(Receiver()), *calls(b"one", error_type="Mine", error=error))
    assert (answer.kind, answer.error_type, json.loads(answer.body)) == ("error", "Mine", payload)


@pytest.mark.parametrize(("receiver", "limit"), [(None, "MAX_RESPONSE_BYTES"), (Receiver(), "MAX_STREAM_BYTES")])
def test_more_than_the_limit_is_a_failure(monkeypatch, receiver, limit):
    monkeypatch.setattr(response_stream, limit, 5)
    assert take(StreamedResponse(receiver), *calls(b"one", b"tw")[:-1]) is None
    failure = take(StreamedResponse(receiver), *calls(b"one", b"two")[:-1])
    assert isinstance(failure, Failure) and failure.error_type == "Function.ResponseSizeTooLarge"
