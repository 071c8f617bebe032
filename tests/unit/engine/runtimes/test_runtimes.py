"""Which program runs a function."""

from pathlib import Path

import pytest

from helpers.engine import runtimes
from helpers.engine.settings import Settings


class Places(Settings):
    """Settings of an engine that need not exist."""

    node = Path("/engine/node")


@pytest.fixture
def places(tmp_path):
    return Places(4566, tmp_path, Path("/engine"))


def test_python_runs_in_the_zygote_with_task_then_layers_then_runtime_on_its_path(tmp_path, places):
    (tmp_path / "python" / "lib" / "python3.13" / "site-packages").mkdir(parents=True)
    command = runtimes.command("python3.13", Path("/task"), tmp_path, 128, {}, places)
    assert command.argv == []
    assert command.path == [
        "/task",
        str(tmp_path / "python/lib/python3.13/site-packages"),
        str(tmp_path / "python"),
        "/engine/runtimes/python",
    ]


def test_pythonpath_of_the_function_comes_before_its_layers(tmp_path, places):
    command = runtimes.command("python3.13", Path("/task"), tmp_path, 128, {"PYTHONPATH": "/a:/b"}, places)
    assert command.path[:3] == ["/task", "/a", "/b"]


def test_nodejs_gets_nine_tenths_of_the_memory_as_heap_and_layers_before_the_sdk(tmp_path, places):
    command = runtimes.command("nodejs22.x", Path("/task"), tmp_path, 1000, {}, places)
    assert command.argv[:2] == ["/engine/node", "--max-old-space-size=900"]
    assert command.environ["NODE_PATH"] == f"{tmp_path}/nodejs/node_modules:/engine/runtimes/nodejs/node_modules"


def test_a_custom_runtime_is_the_bootstrap_of_the_function_before_that_of_a_layer(tmp_path, places):
    task, opt = tmp_path / "task", tmp_path / "opt"
    for folder in (task, opt):
        folder.mkdir()
    (opt / "bootstrap").touch()
    assert runtimes.command("provided.al2023", task, opt, 128, {}, places).argv == [str(opt / "bootstrap")]
    (task / "bootstrap").touch()
    assert runtimes.command("provided.al2023", task, opt, 128, {}, places).argv == [str(task / "bootstrap")]


def test_a_custom_runtime_without_bootstrap_is_an_invalid_entrypoint(tmp_path, places):
    with pytest.raises(runtimes.InvalidEntrypointError, match="Couldn't find valid bootstrap"):
        runtimes.command("provided.al2023", tmp_path, None, 128, {}, places)


def test_a_runtime_for_another_language_says_which_ones_there_are(places):
    with pytest.raises(LookupError, match=r"java21 does not run on this machine; use a python3.x"):
        runtimes.check("java21")
