"""A function runs on the interpreter that its runtime names, or its log and the status say on which instead."""

import pytest
from kit import eventually, status

PYTHON = """
import sys, boto3
def handler(event, context):
    return ["python%d.%d" % sys.version_info[:2], boto3.client("s3").meta.service_model.service_name]
"""
NODE = """
import { S3Client } from '@aws-sdk/client-s3';
export const handler = async () => [`nodejs${process.version.slice(1).split('.')[0]}.x`, typeof S3Client];
"""


@pytest.fixture
def first_event(client):
    """`first_event(call)`: how the log of a function begins, INIT_START."""

    def read(call):
        logs, group = client("logs"), {"logGroupName": f"/aws/lambda/{call.name}"}

        def events():
            try:
                return logs.filter_log_events(**group)["events"]
            except logs.exceptions.ResourceNotFoundException:
                return []

        return eventually(events, seconds=20)[0]["message"]

    return read


@pytest.mark.parametrize("runtime", ["python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14"])
def test_python_is_the_one_that_was_asked_for_and_has_boto3(function, first_event, runtime):
    call = function(PYTHON, runtime, MemorySize=256)
    version, service = call().payload
    assert service == "s3"
    instead = f"{runtime.replace('python', 'Python ')} is not on this machine: {runtime} functions run on Python 3."
    assert (version == runtime) is (instead not in first_event(call))


@pytest.mark.parametrize("runtime", ["nodejs20.x", "nodejs22.x", "nodejs24.x"])
def test_nodejs_is_the_one_that_was_asked_for_and_has_the_sdk(function, first_event, runtime):
    call = function("", runtime, files={"index.mjs": NODE}, MemorySize=256, Timeout=10)
    version, client = call().payload
    assert client == "function"
    instead = f"Node.js {runtime[6:8]} is not on this machine: {runtime} functions run on Node.js 24."
    assert (version == runtime) is (instead not in first_event(call))
    assert version == runtime or runtime == "nodejs20.x"  # the set-up brings the others


def test_functions_of_several_versions_run_at_the_same_time(function):
    source = "import sys\nseen = []\ndef handler(e, c): seen.append(e); return [*sys.version_info[:2], len(seen)]"
    calls = [function(source, f"python3.{minor}") for minor in (12, 13, 12)]
    answers = [call(1).payload for call in (*calls, *calls)]
    assert [count for *_, count in answers] == [1, 1, 1, 2, 2, 2]
    assert answers[:3] == [answers[0], answers[1], answers[0]]


def test_status_names_each_runtime_whose_interpreter_is_not_here(function, engine):
    said = status(engine)["features"]["instead"]
    for runtime in ("python3.11", "python3.12", "python3.13", "python3.14"):
        source = "import sys\ndef handler(e, c): return 'python%d.%d' % sys.version_info[:2]"
        same = function(source, runtime)().payload == runtime
        assert same is not any(f": {runtime} functions run on" in sentence for sentence in said), runtime
