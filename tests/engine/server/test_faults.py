"""What goes wrong in a function or a request, and what its caller sees: AWS's error, soon, and nothing left over."""

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import boto3
import psutil
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from kit import ROLE, TRUST, eventually, processes_with, secret, status, wait_until_active, zipped
from ports import free_port

from helpers.backend.engine import Engine
from helpers.errors import LabError
from helpers.state.home import ROOT

pytestmark = pytest.mark.everywhere

OK = "def handler(event, context): return 'ok'"


def test_an_archive_that_is_no_zip_is_refused(client):
    with pytest.raises(ClientError, match="Could not unzip uploaded file") as error:
        client("lambda").create_function(
            FunctionName="nozip", Runtime="python3.13", Handler="index.handler", Role=ROLE, Code={"ZipFile": b"no zip"}
        )
    assert error.value.response["Error"]["Code"] == "InvalidParameterValueException"


def test_an_archive_without_the_handlers_file_fails_when_it_is_invoked(function):
    result = function("", files={"other.py": OK})()
    assert result.error_type == "Runtime.ImportModuleError"
    assert result.payload["errorMessage"] == "Unable to import module 'index': No module named 'index'"


def test_an_exception_at_import_is_reported_with_its_type(function):
    result = function("raise ValueError('at import')\n" + OK)()
    assert result.error_type == "ValueError"
    assert "INIT_REPORT" in result.log and "Phase: init\tStatus: error" in result.log
    assert "Phase: invoke\tStatus: error" in result.log
    assert "Status: error" in result.report


@pytest.mark.parametrize(
    ("runtime", "source", "reason"),
    [
        ("python3.13", "import os\ndef handler(e, c): os._exit(3)", "exit status 3"),
        ("python3.13", "import sys\ndef handler(e, c): sys.exit(4)", "exit status 4"),
        ("python3.13", "import os\ndef handler(e, c): os.kill(os.getpid(), 9)", "signal: killed"),
        ("python3.13", "import os\ndef handler(e, c): os.abort()", "signal: aborted"),
        ("nodejs22.x", "exports.handler = async () => process.exit(5)", "exit status 5"),
    ],
)
def test_a_function_that_ends_its_process_is_an_exit_error(function, runtime, source, reason):
    call = function(source, runtime)
    result = call()
    assert result.error == "Unhandled"
    assert result.error_type == "Runtime.ExitError"
    assert result.payload["errorMessage"].endswith(f"Error: Runtime exited with error: {reason}")
    assert result.report.rstrip().endswith("Status: error\tError Type: Runtime.ExitError")
    assert call().error_type == "Runtime.ExitError"  # in a new process


def test_a_function_that_exits_with_zero_gives_no_reason(function):
    result = function("import os\ndef handler(e, c): os._exit(0)")()
    assert result.payload["errorMessage"].endswith("Error: Runtime exited without providing a reason")


@pytest.mark.parametrize(
    ("runtime", "source"),
    [
        ("python3.13", "import time\ndef handler(e, c): time.sleep(60)"),
        ("python3.13", "def handler(e, c):\n    while True: pass"),
        (
            "python3.13",
            "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ndef handler(e, c): time.sleep(60)",
        ),
        ("nodejs22.x", "exports.handler = () => { while (true); }"),
    ],
)
def test_a_function_that_hangs_is_ended_at_its_timeout(function, runtime, source):
    call = function(source, runtime, Timeout=1)
    began = time.monotonic()
    result = call()
    assert time.monotonic() - began < 5
    assert result.error_type == "Sandbox.Timedout"
    assert result.payload["errorMessage"].endswith("Error: Task timed out after 1.00 seconds")
    assert "Task timed out after 1.00 seconds" in result.log
    assert "Duration: 1000.00 ms\tBilled Duration: " in result.report and "Status: timeout" in result.report


def test_after_a_timeout_the_next_invocation_gets_a_new_process_in_the_same_environment(function):
    source = """
import os, time
count = 0
def handler(event, context):
    global count
    count += 1
    time.sleep(event)
    return [count, context.log_stream_name]
"""
    call = function(source, Timeout=1)
    _, before = call(0).payload
    call(60)
    count, after = call(0).payload
    assert (count, after) == (1, before)


def test_a_hang_at_import_meets_the_init_limit_and_then_the_functions_own_timeout(function):
    call = function("import time\ntime.sleep(60)\n" + OK, Timeout=1)
    began = time.monotonic()
    result = call()
    assert 10.5 < time.monotonic() - began < 16
    assert "Phase: init\tStatus: timeout" in result.log
    assert "Phase: invoke\tStatus: timeout" in result.log
    assert result.error_type == "Sandbox.Timedout"


def test_fifty_megabytes_of_output_cost_that_invocation_only(function, engine):
    call = function("def handler(e, c):\n    for _ in range(50): print('x' * 1_000_000)\n    return 'done'", Timeout=30)
    result = call()
    assert result.payload == "done"
    assert result.report
    assert call().payload == "done"


def test_two_hundred_thousand_lines_become_about_fifty_thousand_log_events_and_one_that_says_so(function, client):
    call = function("def handler(e, c):\n    for n in range(200_000): print(n)\n    return 'done'", Timeout=30)
    assert call().payload == "done"
    logs, group = client("logs"), f"/aws/lambda/{call.name}"
    assert eventually(lambda: logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"], 30)
    report = {"logGroupName": group, "filterPattern": "REPORT"}
    assert eventually(lambda: logs.filter_log_events(**report)["events"], 30)
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
    messages = [event["message"] for page in pages for event in page["events"]]
    assert any("of log left out here" in message for message in messages)
    assert messages[2] == "0\n" and messages[-3] == "199999\n" and len(messages) < 70_000


def test_a_response_of_seven_megabytes_is_refused(function):
    call = function("def handler(e, c): return 'x' * e", Timeout=10)
    result = call(7_000_000)
    assert result.error_type == "Function.ResponseSizeTooLarge"
    assert "exceeded maximum allowed payload size (6291556 bytes)" in result.payload["errorMessage"]
    assert len(call(6_000_000).payload) == 6_000_000


def test_a_response_that_is_not_json_is_a_marshal_error(function):
    assert function("def handler(e, c): return object()")().error_type == "Runtime.MarshalError"


def test_children_that_a_function_leaves_end_with_its_environment(function, client):
    marker = f"LEFTOVER={time.time_ns()}"
    source = f"""
import subprocess, os
def handler(event, context):
    environ = dict(os.environ, LEFTOVER="{marker.partition("=")[2]}")
    # Twice forked and in a session of its own, as a daemon would.
    subprocess.run(["sh", "-c", "setsid sleep 300 & setsid sh -c 'sleep 300 & sleep 300' &"], env=environ)
    return "left"
"""
    call = function(source)
    assert call().payload == "left"
    assert eventually(lambda: processes_with(marker))
    client("lambda").delete_function(FunctionName=call.name)
    assert eventually(lambda: not processes_with(marker)), processes_with(marker)


def test_children_of_a_function_that_timed_out_are_gone_with_it(function):
    marker = f"TIMEDOUT={time.time_ns()}"
    source = f"""
import subprocess, os
def handler(event, context):
    subprocess.run(["sh", "-c", "trap '' TERM; sleep 300"], env=dict(os.environ, TIMEDOUT="{marker.partition("=")[2]}"))
"""
    assert function(source, Timeout=1)().error_type == "Sandbox.Timedout"
    assert not processes_with(marker)


def test_an_event_that_is_not_json_is_refused(function, client):
    call = function(OK)
    for payload in (b"{not json", b'{"a": NaN}', b"-Infinity", b'"\xff"', b"[" * 100_000):
        with pytest.raises(ClientError, match="Could not parse request body into json") as error:
            client("lambda").invoke(FunctionName=call.name, Payload=payload)
        assert error.value.response["Error"]["Code"] == "InvalidRequestContentException"
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(
    ("how", "size", "message"),
    [
        ("RequestResponse", 7_000_000, "Request must be smaller than 6291456 bytes for the InvokeFunction operation"),
        ("Event", 1_100_000, "1100002 byte payload is too large for the Event invocation type (limit 1048576 bytes)"),
    ],
)
def test_an_event_that_is_too_large_is_refused_in_awss_words(function, client, how, size, message):
    call = function(OK)
    with pytest.raises(ClientError) as error:
        client("lambda").invoke(FunctionName=call.name, InvocationType=how, Payload=json.dumps("x" * size))
    assert error.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert error.value.response["Error"]["Message"] == message
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


def test_events_just_below_the_limits_pass(function, client):
    call = function("def handler(e, c): return len(e)", Timeout=10)
    assert call("x" * 6_000_000).payload == 6_000_000
    answer = client("lambda").invoke(
        FunctionName=call.name, InvocationType="Event", Payload=json.dumps("x" * 1_000_000)
    )
    assert answer["StatusCode"] == 202


def test_an_unknown_runtime_is_refused_with_the_ones_there_are(client):
    with pytest.raises(
        ClientError, match=r"failed to satisfy constraint: Member must satisfy enum value set: .*python3.14"
    ):
        client("lambda").create_function(
            FunctionName="x", Runtime="cobol85", Handler="a.b", Role=ROLE, Code={"ZipFile": zipped({"a": ""})}
        )


def test_a_runtime_that_only_aws_can_run_fails_with_the_reason(client):
    lam = client("lambda")
    lam.create_function(
        FunctionName="java", Runtime="java21", Handler="a::b", Role=ROLE, Code={"ZipFile": zipped({"a": ""})}
    )
    state = wait_until_active(lam, "java")
    assert state["State"] == "Failed"
    assert "java21 does not run on this machine" in state["StateReason"]
    lam.delete_function(FunctionName="java")


def test_a_role_that_is_no_arn_is_refused(client):
    with pytest.raises(ClientError, match=r"Member must satisfy regular expression pattern: arn:"):
        client("lambda").create_function(
            FunctionName="x", Runtime="python3.13", Handler="a.b", Role="admin", Code={"ZipFile": zipped({"a": ""})}
        )


@pytest.mark.parametrize(("setting", "value"), [("MemorySize", 127), ("MemorySize", 10_241), ("Timeout", 901)])
def test_a_setting_out_of_range_is_refused(unchecked, setting, value):
    with pytest.raises(ClientError, match=r"Member must have value (greater|less) than or equal to") as error:
        unchecked("lambda").create_function(
            FunctionName="x",
            Runtime="python3.13",
            Handler="a.b",
            Role=ROLE,
            Code={"ZipFile": zipped({"a": ""})},
            **{setting: value},
        )
    assert error.value.response["Error"]["Code"] == "ValidationException"


@pytest.mark.parametrize(
    ("runtime", "source"),
    [
        ("python3.13", "def handler(e, c):\n    data = []\n    while True: data.append(bytearray(8_000_000))"),
        ("nodejs22.x", "exports.handler = async () => { const a = []; while (true) a.push(Buffer.alloc(8e6, 1)); }"),
    ],
)
def test_a_function_that_eats_memory_is_out_of_memory(function, runtime, source):
    call = function(source, runtime, Timeout=20)
    result = call()
    assert result.error_type == "Runtime.OutOfMemory"
    assert result.payload["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")
    assert "Memory Size: 128 MB\tMax Memory Used: 128 MB" in result.report
    assert result.report.rstrip().endswith("Status: error\tError Type: Runtime.OutOfMemory")


def test_a_function_deleted_while_it_runs_still_answers_and_leaves_nothing(function, client, engine):
    call = function("import time\ndef handler(e, c): time.sleep(1); return 'finished'")
    answers = []
    thread = threading.Thread(target=lambda: answers.append(call()))
    thread.start()
    assert eventually(lambda: busy(engine, call.name))
    client("lambda").delete_function(FunctionName=call.name)
    thread.join(10)
    assert answers[0].payload == "finished"
    assert eventually(lambda: not [e for e in status(engine)["environments"] if e["function"] == call.name])


def busy(engine, name):
    return any(e["function"] == name and e["state"] == "busy" for e in status(engine)["environments"])


def test_fifty_invocations_at_once_get_fifty_environments(function):
    """None of them answers before all have begun: each holds a connection of the test's until it is closed."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as begun:
        call = function(MEET.format(port=begun.getsockname()[1]), Timeout=120)
        results = []
        threads = [threading.Thread(target=lambda: results.append(call())) for _ in range(50)]
        for thread in threads:
            thread.start()
        begun.settimeout(120)
        held = [begun.accept()[0] for _ in threads]
        for connection in held:
            connection.close()
        for thread in threads:
            thread.join(120)
    assert [result.error for result in results] == [None] * 50
    assert len({result.payload for result in results}) == 50


MEET = """
import socket
def handler(event, context):
    with socket.create_connection(("127.0.0.1", {port})) as begun:
        begun.recv(1)
    return context.log_stream_name
"""


def test_the_engine_listens_on_loopback_only(engine, function):
    """Reads the socket table of every process of the engine while a function is alive."""
    function(OK)()
    family = {engine.pid, *(child.pid for child in psutil.Process(engine.pid).children(recursive=True))}
    listening = [
        connection.laddr
        for connection in psutil.net_connections()
        if connection.status == psutil.CONN_LISTEN and connection.pid in family
    ]
    assert engine.port in {address.port for address in listening}
    assert {address.ip for address in listening} == {"127.0.0.1"}


@pytest.fixture
def own_engine(tmp_path):
    """An engine of the test's own, to be killed."""
    engine = Engine(home=tmp_path / "lab", environ={})
    engine.up(free_port())
    yield engine
    engine.down()


def test_an_engine_killed_in_the_middle_of_an_invocation_leaves_no_process_and_starts_again(own_engine):
    record = own_engine.running()
    options = {
        "endpoint_url": record.endpoint,
        "region_name": "us-east-1",
        "aws_access_key_id": "test",
        "aws_secret_access_key": secret(record),
        "config": Config(retries={"max_attempts": 0}),
    }
    lam = boto3.client("lambda", **options)
    boto3.client("iam", **options).create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
    marker = f"KILLED={time.time_ns()}"
    lam.create_function(
        FunctionName="sleeper",
        Runtime="python3.13",
        Handler="index.handler",
        Role=ROLE,
        Timeout=60,
        Environment={"Variables": {"KILLED": marker.partition("=")[2]}},
        Code={
            "ZipFile": zipped(
                {
                    "index.py": "import time, subprocess\ndef handler(e, c):\n"
                    "    subprocess.Popen(['setsid', 'sleep', '300']); time.sleep(60)"
                }
            )
        },
    )
    wait_until_active(lam, "sleeper")
    errors = []

    def invoke():
        try:
            lam.invoke(FunctionName="sleeper")
        except (BotoCoreError, ClientError) as error:
            errors.append(error)

    thread = threading.Thread(target=invoke)
    thread.start()
    assert eventually(lambda: processes_with(marker))
    family = psutil.Process(record.pid).children(recursive=True)
    assert len(family) >= 4  # zygote, supervisor, runtime, and the child it left
    os.kill(record.pid, signal.SIGKILL)
    thread.join(10)
    assert errors
    assert eventually(lambda: not [process for process in family if process.is_running()]), family
    assert not processes_with(marker)
    again = own_engine.up()
    assert again.pid != record.pid and status(again)["version"] == "4.9.2"


def test_down_leaves_no_process_behind(own_engine):
    record = own_engine.running()
    home = str(own_engine.home)
    assert processes_with(home)
    own_engine.down()
    assert not processes_with(f"LAB_HOME={home}")
    assert not eventually(lambda: own_engine.running(), 0.2)
    with socket.create_server(("127.0.0.1", record.port)):
        pass


def test_a_port_that_is_taken_is_one_sentence_naming_the_process(tmp_path):
    taken = pytest.raises(LabError, match=r"Port \d+ is taken by .*: stop it, or choose another")
    with socket.create_server(("127.0.0.1", 0)) as server, taken:
        Engine(home=tmp_path, environ={}).up(server.getsockname()[1])


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    up = [sys.executable, "-m", "helpers", "up", "--port", str(free_port())]
    if os.geteuid() == 0:  # root writes where it likes, except on a file system that is read-only
        mounted = f"mount -t tmpfs -o ro none {tmp_path} && exec {shlex.join(up)}"
        up = ["unshare", "--mount", "sh", "-c", mounted]
    else:
        tmp_path.chmod(0o500)
    done = subprocess.run(
        up, cwd=ROOT, env={**os.environ, "LAB_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr and "LAB_HOME" in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(LabError, match="cannot be written"):
        Engine(home=tmp_path / "file" / "lab", environ={}).up(free_port())


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="cuts the network off in a namespace: Linux, root"
)
def test_the_engine_starts_and_runs_functions_without_any_network(tmp_path):
    script = Path(__file__).parents[2] / "tools" / "without_network.py"
    done = subprocess.run(
        ["unshare", "--net", sys.executable, script, tmp_path / "lab"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'engine'}"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip().endswith('"no network needed"'), done.stderr


def test_an_engine_does_not_empty_a_tmp_that_is_somebodys(tmp_path):
    thesis = tmp_path / "tmp" / "thesis.tex"
    thesis.parent.mkdir()
    thesis.write_text("years")
    with pytest.raises(LabError, match="tmp is needed, and holds what the labs have not put there: move it away, or"):
        Engine(home=tmp_path, environ={"PATH": os.environ["PATH"]}).up(free_port())
    assert thesis.read_text() == "years"
