import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.setup import install
from helpers.state.home import ROOT

SEARCH = ROOT / "helpers" / "setup" / "find_python.sh"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_a_supported_python_is_accepted(version):
    assert install.refusal(version) is None


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_another_python_is_refused_with_what_to_install(version):
    sentence = install.refusal(version)
    assert f"Python {version[0]}.{version[1]}" in sentence
    assert "3.11, 3.12 or 3.13" in sentence and "install" in sentence


def test_an_old_python_gets_the_sentence_and_exit_status_1():
    old = sorted(Path.home().glob(".pyenv/versions/3.[6-9].*/bin/python"))
    if not old:
        pytest.skip("no Python older than 3.10 under ~/.pyenv")
    for python in old:
        run = subprocess.run([python, ROOT / "helpers/setup/install.py"], capture_output=True, text=True)
        assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1), run.stderr


def test_the_set_up_and_the_doctor_need_only_the_standard_library():
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import helpers.setup.run, helpers.doctor"
    run = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.fixture
def machine(tmp_path):
    """A machine with nothing on PATH but what the test puts there: `machine(name=script)`."""
    root, folder = tmp_path / "repository", tmp_path / "bin"
    (root / "helpers" / "setup").mkdir(parents=True)
    folder.mkdir()
    search = root / "helpers" / "setup" / "find_python.sh"
    search.write_bytes(SEARCH.read_bytes())
    for name in ("dirname", "sort", "cut"):
        (folder / name).symlink_to(f"/usr/bin/{name}")

    def find(*arguments, python=None, venv=None, **scripts):
        for name, script in scripts.items():
            path = folder / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        if venv:
            (root / ".venv" / "bin").mkdir(parents=True)
            (root / ".venv" / "bin" / "python").write_text(f"#!/bin/sh\n{venv}\n")
            (root / ".venv" / "bin" / "python").chmod(0o755)
        environ = {"PATH": str(folder), "HOME": str(tmp_path)} | ({"PYTHON": python} if python else {})
        return subprocess.run(["/bin/sh", search, *arguments], capture_output=True, text=True, env=environ)

    return find


REAL = f'exec "{sys.executable}" "$@"'
SHIM = 'echo "pyenv: python3.13: command not found" >&2; exit 127'
OURS = os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def test_a_shim_that_fails_is_passed_over(machine):
    run = machine(python3_13=SHIM, python3_12=SHIM, python3=REAL)
    assert os.path.realpath(run.stdout.strip()) == OURS
    assert (run.returncode, run.stderr) == (0, "")


def test_a_python_without_venv_is_passed_over(machine):
    run = machine(python3_13="exit 1  # as `import ensurepip` ends on Debian without python3-venv", python3=REAL)
    assert os.path.realpath(run.stdout.strip()) == OURS


def test_the_python_of_the_environment_is_kept_when_a_newer_one_appears(machine):
    run = machine(python3_13='echo "3.13 /newer"', venv='echo "3.11 /kept"')
    assert run.stdout == "/kept\n"


def test_a_path_with_a_space_survives(machine):
    assert machine(python3='echo "3.12 /my folder/python3"').stdout == "/my folder/python3\n"


def test_without_a_python_one_sentence_says_what_to_install(machine):
    run = machine(python3=SHIM)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert "install" in run.stderr and "3.11, 3.12 or 3.13" in run.stderr


def test_a_named_python_that_does_not_fit_is_an_error_and_no_other_is_taken(machine):
    run = machine(python3=REAL, python="python2")
    assert (run.returncode, run.stdout) == (1, "")
    assert "PYTHON=python2" in run.stderr


def test_all_gives_one_python_for_each_version(machine):
    run = machine(
        "--all", python3_13='echo "3.13 /a"', python3_12=SHIM, python3_11='echo "3.11 /b"', python3='echo "3.13 /c"'
    )
    assert len(run.stdout.split()) == 2
    assert run.stdout.split()[0] == "/b"
