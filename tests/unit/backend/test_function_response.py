"""Responses to Invoke."""

import io
import json

import pytest

from helpers.backend.function_response import FunctionResponse


def response(payload, error=None):
    found = {"Payload": io.BytesIO(json.dumps(payload).encode()), "ResponseMetadata": {"RequestId": "r"}}
    return FunctionResponse.read(found | ({"FunctionError": error} if error else {}))


def test_an_error_shows_type_and_message_and_no_trace():
    failed = response({"errorType": "ValueError", "errorMessage": "no", "stackTrace": ["x"]}, "Unhandled")
    assert failed.error_type == "ValueError"
    assert str(failed) == 'the error ValueError ("no")'


def test_a_handler_cannot_pass_an_error_off_as_its_answer():
    assert response({"errorType": "ValueError"}).error_type is None


def test_a_long_answer_is_cut():
    assert len(str(FunctionResponse("x" * 10_000, None, "r"))) < 150


def test_an_error_of_aws_is_shown_without_boto3_s_preface_and_up_to_what_it_was_on():
    who = "User: arn:aws:sts::000000000000:assumed-role/lab06-first/firstFunctionPython is not authorized to perform: "
    what = "lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:000000000000:function:secondFunctionPython"
    message = f"An error occurred (AccessDeniedException) when calling the Invoke operation: {who}{what}"
    answer = FunctionResponse({"errorType": "ClientError", "errorMessage": message}, "Unhandled", "r")
    assert str(answer) == f'the error ClientError ("{who}{what}")'


@pytest.mark.parametrize(
    ("printed", "shown"),
    [(b"", "an empty answer"), (b"\n", "an empty answer"), (b"{name}\n", "an answer that is not JSON: {name}")],
)
def test_an_answer_that_is_not_json_is_said_to_be_none(printed, shown):
    assert str(FunctionResponse.read({"Payload": io.BytesIO(printed)})) == shown
