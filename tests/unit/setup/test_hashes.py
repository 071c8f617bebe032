"""What is downloaded is what was locked, or it is not installed. From folders of wheels: no network is needed."""

import hashlib
import os
import re
import zipfile
from dataclasses import replace

import pytest
import wheels
from locks import LOCKS

from helpers.setup import components, paths, pip_settings, steps
from helpers.setup.commands import Commands, SetupError
from helpers.setup.paths import python_in
from helpers.state.home import ROOT

OTHER = "0" * 64


@pytest.fixture
def wheel(tmp_path):
    """A package `greeting` in release 1.0, as a wheel in a folder."""
    return wheels.greeting(tmp_path / "wheels")


@pytest.fixture
def commands(tmp_path, wheel):
    """Commands that find packages in the folder of the wheel and nowhere else."""
    here = pip_settings.for_uv({"no-index": "true", "find-links": str(wheel.parent)}, {})
    here["UV_CACHE_DIR"] = str(tmp_path / "cache")
    also = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheel.parent), "PIP_CONFIG_FILE": os.devnull}
    return Commands(tmp_path / "setup.log", {"PATH": os.environ["PATH"], **here, **also})


@pytest.fixture
def environment(tmp_path, commands):
    place = tmp_path / "environment"
    commands.run("it", components.UV, "venv", "--quiet", "--python", paths.base_python(), place)
    return place


def lock(tmp_path, digest, name="greeting"):
    path = tmp_path / "requirements.txt"
    path.write_text(f"{name}==1.0" + (f" \\\n    --hash=sha256:{digest}\n" if digest else "\n"))
    return path


def test_a_package_with_the_locked_hash_is_installed(tmp_path, commands, environment, wheel):
    steps.install(commands, "it", environment, lock(tmp_path, hashlib.sha256(wheel.read_bytes()).hexdigest()))
    assert "hello" in commands.run("it", python_in(environment), "-c", "import greeting; print(greeting.TEXT)")


def test_a_package_with_another_hash_is_refused_in_a_sentence(tmp_path, commands, environment):
    with pytest.raises(SetupError, match="is not the one that was locked, and was not installed"):
        steps.install(commands, "the learner environment", environment, lock(tmp_path, OTHER))
    with pytest.raises(SetupError):
        commands.run("it", python_in(environment), "-c", "import greeting")


def test_a_lock_that_has_no_hash_is_refused(tmp_path, commands, environment):
    with pytest.raises(SetupError):
        steps.install(commands, "it", environment, lock(tmp_path, None))


def test_what_a_source_package_is_built_with_has_to_be_locked_too(tmp_path, commands, environment, monkeypatch):
    monkeypatch.setattr(paths, "BUILD_REQUIREMENTS", tmp_path / "build.txt")
    paths.BUILD_REQUIREMENTS.write_text("")
    source = tmp_path / "wheels" / "source-1.0.zip"
    with zipfile.ZipFile(source, "w") as package:
        project = '[build-system]\nrequires = ["greeting"]\nbuild-backend = "greeting"\n'
        package.writestr("source-1.0/pyproject.toml", project + '[project]\nname = "source"\nversion = "1.0"\n')
        package.writestr("source-1.0/PKG-INFO", "Metadata-Version: 2.1\nName: source\nVersion: 1.0\n")
    locked = lock(tmp_path, hashlib.sha256(source.read_bytes()).hexdigest(), "source")
    with pytest.raises(SetupError):
        steps.install(commands, "it", environment, locked)
    assert "hash" in commands.log.read_text().rpartition("$ ")[2].partition("\n")[2]


@pytest.mark.parametrize(("digest", "logged"), [(OTHER, "DO NOT MATCH THE HASHES"), (None, "Hashes are required")])
def test_uv_with_another_hash_or_none_is_refused(tmp_path, commands, wheel, monkeypatch, digest, logged):
    wheel.rename(wheel.with_name("uv-1.0-py3-none-any.whl"))
    monkeypatch.setattr(steps, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(steps, "UV", tmp_path / ".venv" / "bin" / "uv")
    monkeypatch.setattr(paths, "uv_requirement", lambda: lock(tmp_path, digest, "uv").read_text())
    with pytest.raises(SetupError):
        steps.learner_base(commands)
    assert logged in commands.log.read_text()


@pytest.mark.parametrize(("digest", "logged"), [(OTHER, "DO NOT MATCH THE HASHES"), (None, "Hashes are required")])
def test_a_package_for_layers_with_another_hash_or_none_is_refused(tmp_path, commands, monkeypatch, digest, logged):
    monkeypatch.setattr(steps, "LAB_PACKAGES", replace(components.LAB_PACKAGES, place=tmp_path / "lab-packages"))
    monkeypatch.setattr(paths, "LAB_REQUIREMENTS", lock(tmp_path, digest))
    with pytest.raises(SetupError):
        steps.lab_packages(commands)
    assert logged in commands.log.read_text()


def test_what_drives_the_browser_is_verified_too():
    (command,) = re.findall(r"pip install.*\\\n.*tests/browser/requirements.txt", (ROOT / "Makefile").read_text())
    assert "--require-hashes" in command


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_requirement_of_a_lock_is_pinned_and_has_a_hash(path):
    requirements = [text for text in re.split(r"^(?=\S)", path.read_text(), flags=re.MULTILINE) if text.strip()]
    lacking = [text for text in requirements if not re.match(r"[\w.-]+(\[.*\])?==\S+ .*\n +--hash=sha256:", text)]
    assert requirements and not lacking
