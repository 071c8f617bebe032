"""What a function sees of the interpreter that it runs on."""

from pathlib import Path

import pytest

from helpers.engine.execution import interpreter
from helpers.engine.execution.interpreters import Python


@pytest.fixture
def local(tmp_path):
    """A Python installed into a folder that holds more, as `~/.local` does."""
    prefix = tmp_path / ".local"
    for name in (
        "bin/python3.13",
        "bin/anything",
        "lib/libpython3.13.so.1.0",
        "lib/python3.13/os.py",
        "lib/python3.13/site-packages/installed.py",
        "lib/python3.12/os.py",
        "lib/other/secret",
        "share/keyrings/login.keyring",
    ):
        (prefix / name).parent.mkdir(parents=True, exist_ok=True)
        (prefix / name).touch()
    (prefix / "lib/libpython3.13.so").symlink_to("libpython3.13.so.1.0")

    return Python(prefix / "bin/python3.13", str(prefix), "3.13", "3.13.1", tmp_path)


def test_executable_shared_libraries_and_standard_library_are_shown_and_nothing_else(local):
    found = interpreter.visible_parts(local)
    prefix = Path(local.prefix)
    places = ("bin/python3.13", "lib/python3.13", "lib/libpython3.13.so.1.0")
    assert found.shown == {place: prefix / place for place in places}
    assert found.executable == "bin/python3.13"


def test_links_are_made_anew_and_installed_packages_hidden(local):
    found = interpreter.visible_parts(local)
    assert found.links == {
        "bin/python3": "python3.13",
        "bin/python": "python3.13",
        "lib/libpython3.13.so": "libpython3.13.so.1.0",
    }
    assert found.hidden == ["lib/python3.13/site-packages"]
