"""Environments in reserve: a function that was given one finds what it would find in a process of its own."""

import pytest
from kit import eventually, status

PYTHON = """
import os
def handler(event, context):
    return {
        "variables": dict(os.environ),
        "folder": os.getcwd(),
        "descriptors": sorted(os.readlink(f"/proc/self/fd/{name}").split(":")[0] for name in descriptors()),
    }

def descriptors():
    for name in os.listdir("/proc/self/fd"):
        try:
            os.readlink(f"/proc/self/fd/{name}")
            yield name
        except FileNotFoundError:
            pass
"""
NODEJS = """
const fs = require('node:fs');
exports.handler = async () => ({
  variables: {...process.env},
  folder: process.cwd(),
  options: process.execArgv,
  stdin: fs.readlinkSync('/proc/self/fd/0'),
  descriptors: fs.readdirSync('/proc/self/fd').length,
});
"""
ITS_OWN = {  # of each environment, or of the functions here
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY_ID",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_EXEC_WRAPPER",
    "LD_LIBRARY_PATH",
    "NODE_NO_WARNINGS",
    "LAB_OPT",
    "LC_CTYPE",  # which an interpreter sets when it starts
}


def pids(engine, kind):
    return {one["pid"] for one in status(engine)[kind]}


def invoked_in_reserve(engine, call):
    """Invoke a function when there is something in reserve; what it answers, and whether it was given one of those."""
    waiting = eventually(lambda: pids(engine, "reserves"))
    result = call()
    return result.payload, bool(waiting & pids(engine, "environments"))


def variables(seen):
    """Those that two functions have in common; the code of each is in a folder of its own where nothing is mounted."""
    task = seen["variables"]["LAMBDA_TASK_ROOT"]
    return {name: value.replace(task, "/var/task") for name, value in seen["variables"].items() if name not in ITS_OWN}


@pytest.mark.parametrize(
    ("runtime", "source", "own_process"),
    [
        ("python3.13", PYTHON, {"LD_LIBRARY_PATH": "/var/lang/lib"}),
        ("nodejs22.x", NODEJS, {"NODE_NO_WARNINGS": "1"}),
    ],
)
def test_a_function_finds_the_same_whether_its_process_was_in_reserve_or_is_its_own(
    function, engine, runtime, source, own_process
):
    function(source, runtime=runtime)()  # asks for one of its kind
    kept, from_reserve = invoked_in_reserve(engine, function(source, runtime=runtime))
    assert from_reserve
    own = function(source, runtime=runtime, Environment={"Variables": own_process})().payload
    assert variables(kept) == variables(own)
    assert kept.keys() == own.keys()
    for name in kept.keys() - {"variables", "folder", "descriptors"}:
        assert kept[name] == own[name]
    assert kept["folder"] == kept["variables"]["LAMBDA_TASK_ROOT"]
    if runtime.startswith("nodejs"):
        assert kept["descriptors"] == own["descriptors"]


@pytest.mark.parametrize(("runtime", "source"), [("python3.13", PYTHON), ("nodejs22.x", NODEJS)])
def test_nothing_of_one_function_is_in_the_next(function, engine, runtime, source):
    function(source, runtime=runtime, Environment={"Variables": {"SECRET": "s3cr3t"}})()
    seen, from_reserve = invoked_in_reserve(engine, function(source, runtime=runtime))
    assert from_reserve
    assert "s3cr3t" not in str(seen)


@pytest.mark.parametrize("runtime", ["python3.13", "nodejs22.x"])
def test_a_function_in_reserve_has_its_own_memory_limit_and_folder_for_files(function, engine, runtime):
    source = {
        "python3.13": "import os\ndef handler(e, c): return os.environ['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'], _tmp()\n"
        "def _tmp():\n    found = os.statvfs('/tmp')\n    return found.f_blocks * found.f_frsize >> 20",
        "nodejs22.x": "exports.handler = async () => { const found = require('fs').statfsSync('/tmp');\n"
        "  return [process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, found.blocks * found.bsize / 1048576]; };",
    }[runtime]
    options = {"runtime": runtime, "MemorySize": 256, "EphemeralStorage": {"Size": 1024}}
    function(source, **options)()
    seen, from_reserve = invoked_in_reserve(engine, function(source, **options))
    assert from_reserve
    assert seen[0] == "256"
    if status(engine)["features"]["isolation"] == "namespaces":
        assert seen[1] == 1024
