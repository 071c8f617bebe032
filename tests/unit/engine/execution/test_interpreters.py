"""Which interpreter runs a function: the set-up's files decide."""

import json
from pathlib import Path

import pytest

from helpers.engine.execution import interpreters
from helpers.engine.settings import Settings


@pytest.fixture
def settings(tmp_path):
    class Engine(Settings):
        base_prefix, base_version, base_python = "/own", "3.11", Path("/own/bin/python3.11")
        node = tmp_path / "node"

    (tmp_path / "node").write_text("#!/bin/sh\necho v24.1.2\n")
    (tmp_path / "node").chmod(0o755)
    return Engine(4566, tmp_path, tmp_path)


def found(settings, name, release, executable, folder="interpreters"):
    place = settings.runtimes / folder / name if folder else settings.runtimes / name
    place.mkdir(parents=True)
    said = {"executable": str(executable), "release": release, "prefix": "/other"}
    (place / "interpreter.json").write_text(json.dumps(said))
    return place


def test_a_python_that_the_set_up_has_found_runs_what_asks_for_it(settings, tmp_path):
    place = found(settings, "python3.12", "3.12.7", tmp_path / "node")
    python = interpreters.python("python3.12", settings)
    assert (python.release, python.prefix, python.packages) == ("3.12.7", "/other", place / "packages")
    assert interpreters.instead("python3.12", settings) == ""


def test_one_that_has_gone_or_was_never_there_is_replaced_by_the_engines_own(settings, tmp_path):
    found(settings, "python3.10", "3.10.7", tmp_path / "gone")
    for runtime in ("python3.10", "python3.14"):  # none that the tests may run on
        assert interpreters.python(runtime, settings) == interpreters.own_python(settings)
        asked = runtime.removeprefix("python")
        said = f"Python {asked} is not on this machine: {runtime} functions run on Python "
        assert interpreters.instead(runtime, settings).startswith(said)


def test_nodejs_is_the_labs_own_before_the_machines(settings, tmp_path):
    found(settings, "nodejs22", "22.9.0", tmp_path / "node")
    found(settings, "nodejs22", "22.1.0", tmp_path / "node", folder="")
    found(settings, "nodejs20", "20.9.0", tmp_path / "node")
    assert interpreters.node("nodejs22.x", settings).release == "22.1.0"
    assert interpreters.node("nodejs20.x", settings).release == "20.9.0"
    assert interpreters.node("nodejs24.x", settings).release == "24.1.2"
    assert interpreters.instead("nodejs24.x", settings) == interpreters.instead("provided.al2023", settings) == ""
    assert interpreters.instead("nodejs18.x", settings) == (
        "Node.js 18 is not on this machine: nodejs18.x functions run on Node.js 24.1.2."
    )
