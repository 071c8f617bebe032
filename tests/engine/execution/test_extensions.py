"""Extensions: beside the runtime, in its phases, under the Extensions API.

Sources: "Using the Lambda Extensions API to create extensions" and "Understanding the Lambda execution environment
lifecycle" (Developer Guide, read 2026-11); error types, states and refusals: aws/aws-lambda-runtime-interface-emulator
(`rapi/handler`, `core`, `rapid`, read 2026-11); texts of LaunchError: aws-samples/aws-lambda-extensions#54, and
DataDog/datadog-lambda-extension's issue on `exec format error`.
"""

import json
import uuid

import psutil
import pytest
from kit import eventually, zipped

BASE = """
import json, os, sys, time, urllib.error, urllib.request
base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]

def call(method, path, body=None, **headers):
    headers = {f"Lambda-Extension-{name.replace('_', '-')}": value for name, value in headers.items()}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()

API = "/2020-01-01/extension/"
"""
# Registers for the events that its variable names, and prints each; then it does what BEFORE, REGISTERED and EVENT say.
RECORDER = (
    "#!/usr/bin/env python3\n"
    + BASE
    + """
NAME = os.path.basename(__file__)
BEFORE
status, headers, body = call("POST", API + "register", {"events": EVENTS}, Name=NAME, Accept_Feature="accountId")
ID = headers["Lambda-Extension-Identifier"]
print("REGISTERED", body, flush=True)
REGISTERED
while True:
    event = json.loads(call("GET", API + "event/next", Identifier=ID)[2])
    print("EVENT", json.dumps(event), flush=True)
    EVENT
    if event["eventType"] == "SHUTDOWN":
        sys.exit(0)
"""
)
HELLO = "import os\ndef handler(event, context): return [context.aws_request_id, os.getuid()]"


def recorder(events=("INVOKE", "SHUTDOWN"), before="", registered="", event="pass"):
    text = RECORDER.replace("EVENTS", json.dumps(list(events)))
    for mark, code in (("\nBEFORE\n", before), ("\nREGISTERED\n", registered)):
        text = text.replace(mark, f"\n{code}\n")
    return text.replace("\n    EVENT\n", f"\n    {event}\n")


@pytest.fixture
def extended(function, client):
    """`extended(source, program, …)` deploys a function with a layer whose `extensions/recorder` is the program."""
    lam, made = client("lambda"), []

    def deploy(source, program, runtime="python3.13", mode=0o755, name="recorder", **options):
        layer = f"extension-{uuid.uuid4().hex[:8]}"
        content = {"ZipFile": zipped({f"extensions/{name}": (program, mode)})}
        arn = lam.publish_layer_version(LayerName=layer, Content=content)["LayerVersionArn"]
        made.append(layer)
        return function(source, runtime, Layers=[arn], **options)

    yield deploy
    for layer in made:
        lam.delete_layer_version(LayerName=layer, VersionNumber=1)


@pytest.fixture
def messages(client):
    """`messages(call, start)`: the messages of a function's log that begin so."""

    def read(call, start=""):
        logs = client("logs")
        try:
            found = logs.filter_log_events(logGroupName=f"/aws/lambda/{call.name}")["events"]
        except logs.exceptions.ResourceNotFoundException:  # nothing has been written yet
            return []
        return [event["message"].rstrip("\n") for event in found if event["message"].startswith(start)]

    return read


def events(messages, call):
    return [json.loads(message.removeprefix("EVENT ")) for message in messages(call, "EVENT ")]


def retire(client, call):
    """Have the function's environments shut down: they are of an older configuration from now on."""
    client("lambda").update_function_configuration(FunctionName=call.name, Description="changed")


def test_an_extension_sees_each_phase_and_the_log_says_how_it_is(extended, client, messages):
    call = extended(HELLO, recorder())
    first, second = call(), call()
    assert "EXTENSION\tName: recorder\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\nSTART RequestId: " in first.log
    assert "EXTENSION" not in second.log
    retire(client, call)
    eventually(lambda: len(events(messages, call)) == 3)
    *invocations, shutdown = events(messages, call)
    assert [event["requestId"] for event in invocations] == [first.payload[0], second.payload[0]]
    assert {event["eventType"] for event in invocations} == {"INVOKE"}
    assert invocations[0]["invokedFunctionArn"].endswith(f":function:{call.name}")
    assert invocations[0]["tracing"]["type"] == "X-Amzn-Trace-Id" and "Root=" in invocations[0]["tracing"]["value"]
    assert (shutdown["eventType"], shutdown["shutdownReason"]) == ("SHUTDOWN", "spindown")
    (registered,) = messages(call, "REGISTERED ")
    assert json.loads(registered.removeprefix("REGISTERED ")) == {
        "accountId": "000000000000",
        "functionName": call.name,
        "functionVersion": "$LATEST",
        "handler": "index.handler",
    }


def test_the_runtime_starts_when_extensions_have_registered_and_init_ends_when_they_wait(extended):
    source = "import time\nprint('INIT', time.time())\n" + HELLO
    slow = "time.sleep(0.4)\nprint('BEFORE', time.time(), flush=True)"
    answer = extended(source, recorder(before=slow, registered="time.sleep(0.4)"))()
    times = {
        line.split()[0]: float(line.split()[1]) for line in answer.log.splitlines() if line[:6] in ("INIT 1", "BEFORE")
    }
    assert times["BEFORE"] < times["INIT"]
    assert float(answer.report.split("Init Duration: ")[1].split()[0]) > 800


def test_an_invocation_ends_when_its_extensions_are_done_and_only_those_that_asked_for_it(extended):
    waits = "time.sleep(0.5)"
    assert duration(extended(HELLO, recorder(event=waits))()) > 500
    assert duration(extended(HELLO, recorder(["SHUTDOWN"], event=waits))()) < 450


def duration(answer):
    return float(answer.report.split("\tDuration: ")[1].split()[0])


FAILURES = [
    ("not executable", {"mode": 0o644}, "", "Extension.LaunchError", "recorder: permission denied"),
    ("no interpreter", {}, "#!/bin/sh\r\nexit 1\r\n", "Extension.LaunchError", "recorder: no such file or directory"),
    (
        "another machine's",
        {},
        b"\x7fELF\x02\x01\x01" + bytes(80),
        "Extension.LaunchError",
        "recorder: exec format error",
    ),
    ("ends in INIT", {}, recorder(before="sys.exit(3)"), "Extension.Crash", "Error: exit status 3"),
    ("ends in INIT with 0", {}, recorder(registered="sys.exit(0)"), "Extension.Crash", "Error: exit code 0"),
    (
        "init/error",
        {},
        recorder(
            registered="call('POST', API + 'init/error', {}, Identifier=ID, Function_Error_Type='A.B'); sys.exit(1)"
        ),
        "Extension.InitError",
        "Error: exit status 1",
    ),
    ("ends in INVOKE", {}, recorder(event="sys.exit(4)"), "Extension.Crash", "Error: exit status 4"),
    (
        "exit/error",
        {},
        recorder(event="call('POST', API + 'exit/error', {}, Identifier=ID, Function_Error_Type='A.B'); sys.exit(1)"),
        "Extension.ExitError",
        "Error: exit status 1",
    ),
    ("never done", {"Timeout": 1}, recorder(event="time.sleep(9)"), "Sandbox.Timedout", "timed out after 1.00 seconds"),
]


@pytest.mark.parametrize(
    ("options", "program", "error", "text"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES]
)
def test_an_extension_that_fails_fails_the_environment(extended, options, program, error, text):
    source = HELLO if error != "Extension.ExitError" else HELLO.replace("return", "import time; time.sleep(1); return")
    answer = extended(source, program or recorder(), **options)()
    assert (answer.error, answer.error_type) == ("Unhandled", error)
    assert answer.payload["errorMessage"].startswith("RequestId: ") and text in answer.payload["errorMessage"]
    if error == "Extension.LaunchError":
        kind = "PermissionDenied" if "denied" in text else "UnknownError"
        assert f"EXTENSION\tName: recorder\tState: LaunchError\tEvents: []\tError Type: {kind}" in answer.log


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import time\ndef handler(event, context): time.sleep(9)", "timeout"),
        ("import os\ndef handler(event, context): os._exit(1)", "failure"),
    ],
)
def test_an_extension_is_told_why_its_environment_ends(extended, messages, source, reason):
    call = extended(source, recorder(["SHUTDOWN"]), Timeout=1)
    assert call().error == "Unhandled"
    eventually(lambda: [event["shutdownReason"] for event in events(messages, call)] == [reason])


def test_with_extensions_the_runtime_gets_sigterm_before_they_get_shutdown(extended, client, messages):
    source = (
        "process.on('SIGTERM', () => { console.log('TERMINATED'); process.exit(0); });exports.handler = async () => 1"
    )
    call = extended(source, recorder(), "nodejs22.x")
    assert call().payload == 1
    retire(client, call)
    eventually(lambda: [event["eventType"] for event in events(messages, call)] == ["INVOKE", "SHUTDOWN"])
    said = messages(call)
    terminated = next(place for place, text in enumerate(said) if text.endswith("TERMINATED"))
    assert terminated < next(place for place, text in enumerate(said) if "spindown" in text)


def test_an_extension_that_does_not_end_is_killed_with_what_it_started(extended, client, engine):
    """It shares the environment's sandbox and never outlives it."""
    mark = uuid.uuid4().hex
    forks = f"""
import subprocess
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "{mark}"], start_new_session=True)
"""
    call = extended(
        HELLO, recorder(registered=forks, event="time.sleep(600 if event['eventType'] == 'SHUTDOWN' else 0)")
    )
    assert call().error is None

    def left():
        return [one for one in psutil.process_iter(["cmdline"]) if mark in (one.info["cmdline"] or [])]

    assert left()
    retire(client, call)
    eventually(lambda: not left())


def test_an_extension_is_in_the_functions_sandbox(extended, messages, engine):
    seen = "print('SEES', os.getuid(), os.path.exists('/var/task/index.py'), sorted(os.environ), flush=True)"
    call = extended(HELLO, recorder(before=seen), Environment={"Variables": {"MINE": "x"}})
    uid = call().payload[1]
    eventually(lambda: len(messages(call, "SEES")) == 1)
    (said,) = messages(call, "SEES")
    assert said.split()[1] == str(uid)
    assert "'MINE'" in said and "'AWS_SESSION_TOKEN'" in said and "'AWS_LAMBDA_FUNCTION_NAME'" in said
    assert "_HANDLER" not in said and "LAMBDA_TASK_ROOT" not in said and "AWS_EXECUTION_ENV" not in said


INTERNAL = (
    BASE
    + """
import threading
status, headers, body = call("POST", API + "register", {"events": ["INVOKE"]}, Name="inside")
seen = []
def follow():
    while True:
        seen.append(json.loads(call("GET", API + "event/next", Identifier=headers["Lambda-Extension-Identifier"])[2]))
threading.Thread(target=follow, daemon=True).start()

def handler(event, context):
    while not seen or seen[-1]["requestId"] != context.aws_request_id:
        time.sleep(0.01)
    return len(seen)
"""
)


def test_an_internal_extension_gets_the_invocations_of_its_runtime(function):
    call = function(INTERNAL)
    assert [call().payload, call().payload] == [1, 2]


REFUSED = [
    ("POST", "register", {"events": []}, {}, "InvalidExtensionName", "Empty extension name"),
    ("POST", "register", {"events": ["OTHER"]}, {"Name": "a"}, "InvalidEventType", "OTHER: ErrorInvalidEventType"),
    (
        "POST",
        "register",
        {"events": ["SHUTDOWN"]},
        {"Name": "a"},
        "InvalidEventType",
        "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension",
    ),
    (
        "POST",
        "register",
        {"events": ["INVOKE"]},
        {"Name": "a"},
        "RegistrationClosed",
        "Extension registration closed already",
    ),
    ("GET", "event/next", None, {}, "MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header"),
    (
        "GET",
        "event/next",
        None,
        {"Identifier": "x"},
        "InvalidExtensionIdentifier",
        "Invalid Lambda-Extension-Identifier",
    ),
    ("POST", "exit/error", {}, {"Identifier": "0" * 32}, "UnknownExtensionIdentifier", "Unknown extension 00000000-"),
]


def test_what_the_api_refuses_it_refuses_in_awss_words(function):
    ask = function(BASE + "\ndef handler(event, context): return call(event[0], event[1], event[2], **event[3])")
    for method, route, body, headers, kind, message in REFUSED:
        status, _, answer = ask([method, f"/2020-01-01/extension/{route}", body, headers]).payload
        answer = json.loads(answer)
        assert (status, answer["errorType"]) == (403, f"Extension.{kind}"), route
        assert answer["errorMessage"].startswith(message)


@pytest.mark.parametrize("route", ["/2022-07-01/telemetry", "/2020-08-15/logs"])
def test_the_telemetry_and_logs_apis_say_that_they_are_not_here(function, route):
    ask = function(BASE + "\ndef handler(event, context): return call('PUT', event, {}, Identifier='0' * 32)")
    status, _, answer = ask(route).payload
    assert (
        status == 403
        and " API is not here: read the function's log group instead." in json.loads(answer)["errorMessage"]
    )
