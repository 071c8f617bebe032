"""The environment of a tool is made when it is first used, and again when its lock has changed."""

import pytest

from helpers.setup import run, steps, tool_environment


@pytest.fixture
def made(monkeypatch, tmp_path):
    """What is installed, by name, instead of installing it."""
    installed = []

    class Commands:
        def __init__(self, log, environ):
            self.environ = environ

        def run(self, what, *command):
            (tmp_path / "tool").mkdir(exist_ok=True)

    monkeypatch.setattr(tool_environment, "Commands", Commands)
    monkeypatch.setattr(run, "writable_log", lambda: tmp_path / "setup.log")
    monkeypatch.setattr(steps, "follow_pip", lambda commands: None)
    monkeypatch.setattr(steps, "install", lambda commands, what, place, lock: installed.append(what))
    monkeypatch.setattr(steps, "npm_ci", lambda commands, what, place, package, lock: installed.append(what))
    return installed


def test_it_is_made_once_for_a_lock(made, tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("greeting==1.0\n")
    assert [tool_environment.install(tmp_path / "tool", lock, "it") for _ in range(2)] == [True, False]
    lock.write_text("greeting==1.1\n")
    assert tool_environment.install(tmp_path / "tool", lock, "it")
    assert made == ["it", "it"]


def test_npms_packages_are_brought_anew_for_another_lock(made, tmp_path):
    place, package, lock = tmp_path / "proxy", tmp_path / "package.json", tmp_path / "package-lock.json"
    lock.write_text("{}")
    assert [tool_environment.install_npm(place, package, lock, "it") for _ in range(2)] == [True, False]
    (place / "old").touch()
    lock.write_text('{"packages": {}}')
    assert tool_environment.install_npm(place, package, lock, "it")
    assert made == ["it", "it"] and not (place / "old").exists()
