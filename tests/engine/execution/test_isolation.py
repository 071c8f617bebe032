"""What a function sees and what it cannot reach, in namespaces; and what is weaker without them."""

import os
import stat
import tempfile
from pathlib import Path

import pytest
from kit import status, zipped

from helpers.state.home import ROOT

LINK = stat.S_IFLNK | 0o777
LOOK = """
import os
def handler(event, context):
    try:
        return eval(event, {"os": os, "open": open})
    except OSError as error:
        return type(error).__name__
"""


@pytest.fixture
def namespaces(engine):
    if status(engine)["features"]["isolation"] != "namespaces":
        pytest.skip(f"no namespaces: {status(engine)['features']['isolation_reason']}")


@pytest.fixture
def look(function):
    """`look(expression)`: what a Python function makes of it."""
    return lambda expression, **options: function(LOOK, **options)(expression).payload


def test_status_says_how_functions_are_isolated_and_why_not_better(engine, request):
    features = status(engine)["features"]
    assert features["isolation"] in ("namespaces", "plain")
    if "plain" in request.node.name:
        assert (features["isolation"], features["isolation_reason"]) == ("plain", "LAB_ISOLATION=plain")


def test_code_is_in_var_task_and_read_only(namespaces, look):
    assert look("sorted(os.listdir('/var/task'))") in (["__pycache__", "index.py"], ["index.py"])
    assert look("os.getcwd()") == "/var/task"
    assert look("os.environ['LAMBDA_TASK_ROOT']") == "/var/task"
    assert look("open('/var/task/new', 'w')") == "OSError"
    for folder in ("/", "/usr", "/etc", "/opt", "/var/runtime", "/var/lang"):
        assert look(f"open('{folder}/new', 'w')") in ("OSError", "PermissionError"), folder


def test_a_functions_user_has_a_name_and_a_home(namespaces, look):
    assert look("os.path.expanduser('~')") == "/home/sbx_user1051"


def test_tracebacks_name_the_file_as_on_aws(namespaces, function):
    result = function("def handler(e, c):\n    raise ValueError('x')")()
    assert result.payload["stackTrace"] == [
        "  File \"/var/task/index.py\", line 2, in handler\n    raise ValueError('x')\n"
    ]
    node = function("exports.handler = async () => { throw new Error('x'); };", "nodejs22.x")()
    assert "/var/task/index.js:1:" in node.payload["trace"][1]


def test_layers_are_in_opt(namespaces, look, client):
    arn = client("lambda").publish_layer_version(
        LayerName="data", Content={"ZipFile": zipped({"data/words.txt": "forty-two"})}
    )["LayerVersionArn"]
    assert look("open('/opt/data/words.txt').read()", Layers=[arn]) == "forty-two"


def test_tmp_is_its_own_of_its_own_size_and_stays_while_the_environment_is_warm(namespaces, function):
    write = "open('/tmp/mine', 'w').write('x')"
    one, other = function(LOOK), function(LOOK)
    assert one("os.listdir('/tmp')").payload == []
    assert one(write).payload == 1
    assert one("os.listdir('/tmp')").payload == ["mine"]
    assert other("os.listdir('/tmp')").payload == []
    assert one("os.statvfs('/tmp').f_blocks * os.statvfs('/tmp').f_frsize >> 20").payload == 512
    big = function(LOOK, EphemeralStorage={"Size": 1024})
    assert big("os.statvfs('/tmp').f_blocks * os.statvfs('/tmp').f_frsize >> 20").payload == 1024


def test_a_full_tmp_is_enospc_and_costs_nobody_else_anything(namespaces, function):
    source = """
def handler(event, context):
    try:
        with open("/tmp/big", "wb") as file:
            for _ in range(600):
                file.write(bytes(1024 * 1024))
    except OSError as error:
        return error.strerror
"""
    assert function(source, Timeout=30)().payload == "No space left on device"
    assert function(LOOK)("os.listdir('/tmp')").payload == []


def test_proc_shows_its_own_processes_only(namespaces, look, engine):
    assert look("sorted(int(name) for name in os.listdir('/proc') if name.isdigit())") == [1, 2]
    assert look(f"open('/proc/{engine.pid}/environ').read()") == "FileNotFoundError"
    assert look("open('/proc/1/environ').read()") == "PermissionError"


def test_it_is_nobody_in_particular_and_can_become_nobody_else(namespaces, look):
    assert look("os.getuid()") != 0
    assert look("os.setuid(0)") in ("PermissionError", "OSError")  # not allowed, or no such user in its namespace
    assert look("open('/proc/self/status').read().split('CapEff:')[1].split()[0]") == "0000000000000000"
    assert look("open('/proc/self/status').read().split('NoNewPrivs:')[1].split()[0]") == "1"
    assert look("open('/proc/sys/kernel/core_pattern', 'w')") in ("PermissionError", "OSError")


def test_the_learners_files_are_not_there(namespaces, look, engine, tmp_path):
    (tmp_path / "secret").write_text("of the learner")
    for path in (ROOT, os.path.expanduser("~/.ssh/id_rsa"), os.path.expanduser("~"), engine.log, tmp_path / "secret"):
        assert look(f"os.stat({str(path)!r})") in ("FileNotFoundError", "PermissionError"), path
    assert look("os.listdir('/home') if os.path.exists('/home') else []") == []
    assert look("os.path.exists('/.host/etc')") is False


def test_no_private_key_of_the_host_is_there(namespaces, look):
    assert look("os.path.exists('/etc/ssl/private') or os.path.exists('/etc/shadow')") is False
    assert look("os.path.exists('/etc/ssl/certs') or os.path.exists('/etc/pki')") is True


def test_neither_the_engine_nor_the_supervisor_can_be_killed(namespaces, function, engine):
    call = function(LOOK)
    started = "open('/proc/self/stat').read().split()[21]"
    before = call(started).payload
    assert call(f"os.kill({engine.pid}, 9)").payload == "ProcessLookupError"
    # Another user's process, or, where the engine is not root, process 1 of its own namespace: the kernel ignores it.
    assert call("os.kill(1, 9)").payload in ("PermissionError", None)
    assert call(started).payload == before
    assert status(engine)["pid"] == engine.pid


def test_a_fork_bomb_is_stopped_at_lambdas_limit_and_ends_with_its_environment(namespaces, function, engine):
    source = """
import os, time
def handler(event, context):
    count = 0
    try:
        while True:
            if os.fork() == 0:
                time.sleep(60)
                os._exit(0)
            count += 1
    except BlockingIOError as error:
        return [count, type(error).__name__]
"""
    call = function(source, Timeout=60, MemorySize=10_240)
    count, error = call().payload
    assert error == "BlockingIOError"
    assert 1000 <= count <= 1024
    assert status(engine)["pid"] == engine.pid


def test_open_files_are_limited_to_1024(function):
    source = """
import os
def handler(event, context):
    try:
        while True:
            last = os.open("/dev/null", os.O_RDONLY)
    except OSError as error:
        return [last, error.strerror]
"""
    assert function(source)().payload == [1023, "Too many open files"]


@pytest.fixture
def outside():
    """A folder that no function has; what is below /tmp is a function's own without namespaces."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


def test_an_archive_cannot_write_outside_its_folder_nor_lead_a_function_there(engine, function, outside):
    """A link that leaves the folder: in namespaces it leads to what is there, without them it is not kept."""
    (secret := outside / "secret.txt").write_text("the learner's")
    files = {
        "index.py": LOOK,
        "../../../../escaped.txt": "x",
        "/tmp/escaped-absolute.txt": "x",
        "link": (str(secret), LINK),
        "upwards": ("../../../../../../../../../etc/hostname", LINK),
        "folder": (str(outside), LINK),
        "folder/written.txt": "x",
    }
    call = function("", files=files)
    for name in ("link", "upwards", "folder/secret.txt"):
        assert call(f"open(os.environ['LAMBDA_TASK_ROOT'] + '/{name}').read()").payload == "FileNotFoundError", name
    kept = call("os.path.islink(os.environ['LAMBDA_TASK_ROOT'] + '/upwards')").payload
    assert kept is (status(engine)["features"]["isolation"] == "namespaces")
    assert call("open(os.environ['LAMBDA_TASK_ROOT'] + '/escaped.txt').read()").payload == "x"
    assert not os.path.exists("/tmp/escaped-absolute.txt") and os.listdir(outside) == ["secret.txt"]


def test_background_work_stands_still_between_invocations(function):
    source = """
import threading, time
ticks = 0
def tick():
    global ticks
    while True:
        ticks += 1
        time.sleep(0.01)
threading.Thread(target=tick, daemon=True).start()
def handler(event, context):
    time.sleep(event)
    return ticks
"""
    import time

    call = function(source)
    before = call(0.1).payload
    time.sleep(0.5)
    after = call(0).payload
    assert before > 3
    assert after - before < 10  # 0.5 s of running would have been 50
