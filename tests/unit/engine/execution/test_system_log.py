"""What Lambda itself writes, in text and as JSON, level by level."""

import json

import pytest

from helpers.engine.execution import platform_logs, system_log
from helpers.engine.execution.configuration import Configuration
from helpers.engine.execution.log_settings import LogSettings
from helpers.engine.execution.platform_logs import Usage

AT = 1_791_444_627_768  # 2026-10-08T07:30:27.768Z
CRASH = platform_logs.exited("r", 3, False)
TIMEOUT = platform_logs.timed_out("r", 3)


def function(level="DEBUG", is_json=True):
    logging = LogSettings(is_json, "INFO", level, "/aws/lambda/hello", "2026/10/08/[$LATEST]1f")
    version = {"runtime_version": "python:3.13.v12", "runtime_version_arn": "arn:aws:lambda:r::runtime:1"}
    return Configuration("hello", "$LATEST", 3, 256, None, logging, "arn:aws:lambda:r:1:function:hello", **version)


def all_of(one, failure=None):
    usage = Usage(1233.96, 256, 123 * 1024 * 1024, 463.512)
    return [
        *system_log.init_start(one, "init", AT),
        *system_log.init_end(one, "init", AT, 463.512, failure),
        *system_log.start(one, "r", AT),
        *system_log.end(one, "r", AT, 4, usage, failure),
    ]


# AWS Lambda Developer Guide, "Log-level filtering", table of system log events (2026-11).
@pytest.mark.parametrize(
    ("level", "failure", "types"),
    [
        ("DEBUG", None, "initStart initRuntimeDone initReport start runtimeDone report"),
        ("INFO", None, "initStart start report"),
        ("WARN", None, ""),
        ("INFO", CRASH, "initStart initRuntimeDone initReport start runtimeDone report"),
        ("WARN", TIMEOUT, "initRuntimeDone initReport runtimeDone report"),
    ],
)
def test_events_at_a_level(level, failure, types):
    found = [json.loads(event.message)["type"] for event in all_of(function(level), failure)]
    assert found == [f"platform.{name}" for name in types.split()]


def test_records_have_the_members_of_aws_in_its_order():
    """A log stream of AWS, 8 October 2026, and the schema reference of the Telemetry API."""
    init = {"initializationType": "on-demand", "phase": "init"}
    expected = [
        {
            **init,
            "runtimeVersion": "python:3.13.v12",
            "runtimeVersionArn": "arn:aws:lambda:r::runtime:1",
            "functionName": "hello",
            "functionVersion": "$LATEST",
            "instanceId": "2026/10/08/[$LATEST]1f",
            "instanceMaxMemory": 268435456,
        },
        {**init, "status": "success"},
        {**init, "status": "success", "metrics": {"durationMs": 463.512}},
        {"requestId": "r", "functionArn": "arn:aws:lambda:r:1:function:hello", "version": "$LATEST"},
        {"requestId": "r", "status": "success", "metrics": {"durationMs": 1233.96, "producedBytes": 4}},
        {
            "requestId": "r",
            "metrics": {
                "durationMs": 1233.96,
                "billedDurationMs": 1698,
                "memorySizeMB": 256,
                "maxMemoryUsedMB": 123,
                "initDurationMs": 463.512,
            },
            "status": "success",
        },
    ]
    events = all_of(function())
    assert [json.loads(event.message)["record"] for event in events] == expected
    assert json.loads(events[-1].message)["time"] == "2026-10-08T07:30:27.768Z"
    assert [list(json.loads(event.message)["record"]) for event in events] == [list(record) for record in expected]


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [(CRASH, {"status": "error", "errorType": "Runtime.ExitError"}), (TIMEOUT, {"status": "timeout"})],
)
def test_a_failure_is_named(failure, outcome):
    for event in all_of(function("WARN"), failure):
        record = json.loads(event.message)["record"]
        assert {key: record[key] for key in ("status", "errorType") if key in record} == outcome


def test_text_has_no_levels_and_begins_with_the_runtime_version():
    lines = [event.message for event in all_of(function("WARN", is_json=False))]
    assert [line.split()[0] for line in lines] == ["INIT_START", "START", "END", "REPORT"]
    assert lines[0] == (
        "INIT_START Runtime Version: python:3.13.v12\tRuntime Version ARN: arn:aws:lambda:r::runtime:1\n"
    )


@pytest.mark.parametrize("is_json", [True, False])
def test_the_tail_of_a_response_leaves_the_beginning_of_init_out(is_json):
    assert [event.in_tail for event in all_of(function("INFO", is_json))][:2] == [False, True]
