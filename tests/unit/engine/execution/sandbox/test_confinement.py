"""Landlock and the session keyring, each tried by a process of its own (Linux)."""

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.engine.execution.sandbox import landlock, processes
from helpers.engine.execution.sandbox.system_calls import call

ENGINE = Path(processes.__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


def run(code, *arguments):
    """What a Python process prints that may use our `sandbox` package."""
    start = f"import sys; sys.path.insert(0, {str(ENGINE)!r})\n"
    done = subprocess.run([sys.executable, "-c", start + code, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def keys_work():
    try:
        return call("keyctl", 0, -3, 1) > 0  # the id of this process's session keyring, made if it has none
    except OSError:
        return False


@pytest.mark.skipif(not keys_work(), reason="the kernel has no keys, or a container keeps us from them")
def test_keys_of_the_login_are_gone_with_its_session_keyring():
    code = """
from sandbox import privileges
from sandbox.system_calls import call
call("keyctl", 1, None)  # a login's
call("add_key", b"user", b"lab:secret", b"of the learner", 14, -3)

def find():
    try:
        return call("keyctl", 10, -3, b"user", b"lab:secret", 0) > 0
    except OSError:
        return False

print(find())
privileges.leave_session_keyring()
print(find())
"""
    assert run(code) == ["True", "False"]


@pytest.mark.skipif(landlock.abi() < landlock.FILES_ABI, reason="the kernel has no Landlock for files")
def test_files_that_are_not_named_can_neither_be_read_nor_written(tmp_path):
    for name in ("read", "write", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x")
    code = """
import os, sys
from sandbox import landlock, privileges
read, write, other = (os.path.join(sys.argv[1], name) for name in ("read", "write", "other"))
privileges.prctl(privileges.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict([read, "/nothing/here"], [write])

def attempt(action, *arguments):
    try:
        action(*arguments)
        print("done")
    except OSError as error:
        print(type(error).__name__)

for folder in (read, write, other):
    attempt(open, folder + "/file")
    attempt(os.listdir, folder)
    attempt(open, folder + "/new", "w")
os.mkdir(write + "/below")
attempt(os.rename, write + "/new", write + "/below/new")
attempt(os.rename, write + "/file", other + "/stolen")
"""
    denied = "PermissionError"
    assert run(code, tmp_path) == [
        *("done", "done", denied),
        *("done", "done", "done"),
        *(denied, denied, denied),
        *("done", denied),
    ]


def test_without_files_named_they_stay_as_they_are(tmp_path):
    code = """
import sys
from sandbox import landlock, privileges
privileges.prctl(privileges.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict([], [])
open(sys.argv[1] + "/new", "w").close()
"""
    run(code, tmp_path)
    assert (tmp_path / "new").exists()
