"""Responses that come while the function still runs.

Sources: Lambda Developer Guide, "Response streaming for Lambda functions" and "Building a custom runtime" (2026-11);
botocore's model of InvokeWithResponseStream; src/ResponseStream.js of AWS's runtime interface client (3.3, 2025-08).
"""

import base64
import json
import time

import pytest
from botocore.exceptions import ClientError
from kit import eventually

MB = 1024 * 1024
STREAM = "exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {{ {} }})"
WAIT = "await new Promise((r) => setTimeout(r, {}));"
# A runtime that answers by hand: a chunk, then an error in the trailers.
BY_HAND = """#!/bin/bash
address=${AWS_LAMBDA_RUNTIME_API/://}
while true; do
  exec 3<>/dev/tcp/$address
  printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3
  while read -r -u 3 line; do
    line=${line%$'\\r'}
    case "$line" in Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;; Content-Length:*) size=${line#*: } ;; esac
    [ -z "$line" ] && break
  done
  read -r -N "$size" -u 3 event
  exec 3<>/dev/tcp/$address
  printf 'POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\n' "$id" >&3
  printf 'Transfer-Encoding: chunked\\r\\n' >&3
  printf 'Lambda-Runtime-Function-Response-Mode: streaming\\r\\nContent-Type: text/plain\\r\\n' >&3
  printf 'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\\r\\n\\r\\n' >&3
  printf '5\\r\\nfirst\\r\\n0\\r\\nLambda-Runtime-Function-Error-Type: Mine\\r\\n' >&3
  printf 'Lambda-Runtime-Function-Error-Body: %s\\r\\n\\r\\n' eyJlcnJvclR5cGUiOiJNaW5lIn0= >&3
  read -r -u 3 line
done
"""


@pytest.fixture
def streamed(client):
    """`streamed(call)`: the body, what InvokeComplete says, seconds until the first chunk and until the end."""

    def invoke(call, event=None, **options):
        began, body, first = time.monotonic(), b"", None
        answer = client("lambda").invoke_with_response_stream(
            FunctionName=call.name, Payload=json.dumps(event), **options
        )
        for part in answer["EventStream"]:
            if "PayloadChunk" in part:
                first = first or time.monotonic() - began
                body += part["PayloadChunk"]["Payload"]
            else:
                complete = part["InvokeComplete"]
        return body, complete, first, time.monotonic() - began

    return invoke


def test_the_first_bytes_arrive_before_the_handler_ends(function, streamed):
    call = function(
        STREAM.format(f"stream.write('one '); {WAIT.format(1500)} stream.write('two'); stream.end();"), "nodejs22.x"
    )
    body, complete, first, end = streamed(call)
    assert (body, complete) == (b"one two", {})
    assert end - first > 1


# what a handler does; what has come when it ends; the error's type and message.
ENDS = {
    "thrown in the middle": (
        f"stream.write('one'); {WAIT.format(50)} throw new TypeError('mid')",
        b"one",
        "TypeError",
        "mid",
    ),
    "thrown before the first byte": ("throw new TypeError('none')", b"", "TypeError", "none"),
    "thrown in a timer": (
        f"stream.write('one'); setTimeout(() => {{ throw new TypeError('later') }}, 50); {WAIT.format(5000)}",
        b"one",
        "TypeError",
        "later",
    ),
    "never ended": ("stream.write('one')", b"one", "Sandbox.Timedout", "Task timed out after 2.00 seconds"),
    # the runtime's connection ends first: core/directinvoke of AWS's runtime interface emulator (2025)
    "exited": (f"stream.write('one'); {WAIT.format(50)} process.exit(3)", b"one", "Runtime.TruncatedResponse", ""),
    "a content type too late": (
        f"stream.write('one'); {WAIT.format(50)} stream.setContentType('a/b')",
        b"one",
        "Runtime.InvalidStreamingOperation",
        "Cannot set content-type, too late.",
    ),
}


@pytest.mark.parametrize("row", ENDS.values(), ids=ENDS)
def test_an_error_in_the_middle_is_in_the_last_event(function, streamed, row):
    source, came, error_type, message = row
    call = function(STREAM.format(source), "nodejs22.x", Timeout=2)
    body, complete, *_ = streamed(call, LogType="Tail")
    details = json.loads(complete["ErrorDetails"])
    assert (body, complete["ErrorCode"], details["errorType"]) == (came, "Unhandled", error_type)
    assert details["errorMessage"].endswith(message)
    log = base64.b64decode(complete["LogResult"]).decode()
    assert "REPORT RequestId: " in log
    assert ("exit status 3" in log) == ("exit(3)" in source)


def test_invoke_collects_what_a_handler_streams(function):
    call = function(STREAM.format("stream.write({ a: 1 }); stream.end()"), "nodejs22.x")
    assert call().payload == {"a": 1}
    failing = function(STREAM.format("stream.write('one'); throw new TypeError('mid')"), "nodejs22.x")()
    assert (failing.error, failing.error_type, failing.payload["errorMessage"]) == ("Unhandled", "TypeError", "mid")


def test_a_stream_may_be_larger_than_an_answer(function, streamed):
    source = "const { pipeline } = require('stream/promises'); const { Readable } = require('stream');" + STREAM.format(
        "await pipeline(Readable.from(Array(20).fill(Buffer.alloc(2 ** 20, 'x'))), stream)"
    )
    call = function(source, "nodejs22.x", MemorySize=512)
    assert len(streamed(call)[0]) == 20 * MB
    collected = call()
    assert collected.error_type == "Function.ResponseSizeTooLarge"
    assert "6291556" in collected.payload["errorMessage"]


def test_a_function_that_does_not_stream_is_one_chunk_or_an_error(function, streamed):
    call = function("def handler(event, context):\n    return event or 1 / 0")
    assert streamed(call, {"ü": 1})[:2] == (b'{"\xc3\xbc": 1}', {})
    body, complete, *_ = streamed(call)
    assert (body, json.loads(complete["ErrorDetails"])["errorType"]) == (b"", "ZeroDivisionError")


def test_a_custom_runtime_streams_and_reports_its_error_in_trailers(function, streamed):
    call = function(BY_HAND, "provided.al2023")
    assert streamed(call)[:2] == (b"first", {"ErrorCode": "Unhandled", "ErrorDetails": '{"errorType":"Mine"}'})
    assert call().error_type == "Mine"


def test_a_caller_that_goes_away_does_not_end_the_function(function, client):
    source = STREAM.format(f"stream.write('one'); {WAIT.format(800)} console.log('to the end'); stream.end()")
    call = function(source, "nodejs22.x")
    answer = client("lambda").invoke_with_response_stream(FunctionName=call.name)
    next(iter(answer["EventStream"]))
    answer["EventStream"].close()
    logs = client("logs")

    def messages():
        try:
            return [e["message"] for e in logs.filter_log_events(logGroupName=f"/aws/lambda/{call.name}")["events"]]
        except ClientError:
            return []

    assert eventually(lambda: any("to the end" in message for message in messages()), 15)


def test_what_invoke_refuses_is_refused(function, client):
    lam = client("lambda")
    with pytest.raises(ClientError) as caught:
        lam.invoke_with_response_stream(FunctionName="nobody")
    assert caught.value.response["Error"]["Code"] == "ResourceNotFoundException"
    call = function("def handler(event, context): pass")
    with pytest.raises(ClientError) as caught:
        lam.invoke_with_response_stream(FunctionName=call.name, Payload=b"{")
    assert caught.value.response["Error"]["Code"] == "InvalidRequestContentException"
    with pytest.raises(ClientError, match=r"enum value set: \[RequestResponse, DryRun\]"):
        lam.invoke_with_response_stream(FunctionName=call.name, InvocationType="Event")
    answer = lam.invoke_with_response_stream(FunctionName=call.name, InvocationType="DryRun")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
