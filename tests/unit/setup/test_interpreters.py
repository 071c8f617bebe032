"""The interpreters that the set-up finds on a machine."""

import json
import os
import sys
from pathlib import Path

import pytest

from helpers.setup import interpreters


def program(path: Path, says: str, code: int = 0) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def python(path: Path, release: str) -> str:
    return program(path, json.dumps([str(path), str(path.parent.parent), release]))


@pytest.fixture
def machine(tmp_path):
    """A machine with a folder on PATH, pyenv and nvm."""
    python(tmp_path / "bin" / "python3.12", "3.12.7")
    program(tmp_path / "bin" / "python3.13", "", 127)  # a shim of a version that is not chosen
    python(tmp_path / ".pyenv" / "versions" / "3.13.2" / "bin" / "python3", "3.13.2")
    python(tmp_path / ".pyenv" / "versions" / "3.13.10" / "bin" / "python3", "3.13.10")
    python(tmp_path / ".pyenv" / "versions" / "3.8.1" / "bin" / "python3", "3.8.1")
    program(tmp_path / "bin" / "node", "v20.1.0")
    program(tmp_path / ".nvm" / "versions" / "node" / "v18.3.0" / "bin" / "node", "v18.3.0")
    program(tmp_path / ".nvm" / "versions" / "node" / "v9.9.9" / "bin" / "node", "not a version")
    return {"HOME": str(tmp_path), "PATH": str(tmp_path / "bin")}


def test_pythons_are_found_on_path_and_in_pyenv_and_each_is_run(machine, tmp_path):
    found = interpreters.pythons([path for path in interpreters.candidates(machine) if str(tmp_path) in path])
    assert {version: one.release for version, one in found.items()} == {"3.12": "3.12.7", "3.13": "3.13.10"}


def test_nodes_are_found_too(machine, tmp_path):
    found = interpreters.nodes([path for path in interpreters.candidates(machine) if str(tmp_path) in path])
    assert {version: one.release for version, one in found.items()} == {"20": "20.1.0", "18": "18.3.0"}


def test_an_active_virtual_environment_changes_nothing(machine, tmp_path):
    before = interpreters.candidates(machine)
    python(tmp_path / "venv" / "bin" / "python3.14", "3.14.0")
    (tmp_path / "venv" / "pyvenv.cfg").touch()
    assert interpreters.candidates({**machine, "PATH": f"{tmp_path}/venv/bin:{machine['PATH']}"}) == before


def test_this_python_says_what_it_is():
    (found,) = interpreters.pythons([os.path.realpath(sys.executable)]).values()
    assert found.release == sys.version.split()[0] and found.prefix == sys.base_prefix
    assert Path(found.executable).exists()
