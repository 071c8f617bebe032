"""The Pythons and Node.js of this machine that functions may ask for, besides those that the labs install.

A function that asks for python3.12 runs on Python 3.12 where the machine has one. Nothing is downloaded for it but
AWS's own packages, in their locked releases.
"""

import glob
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")  # Lambda's, also those that AWS lets nobody choose any more
NODES = ("18", "20", "22", "24")
# What functions are run with (`helpers/engine/execution/runtimes`): a release that does not know them cannot run any.
NODE_OPTIONS = ("--no-experimental-require-module", "--no-experimental-detect-module")
SECONDS = 10  # for an interpreter to say what it is

SAY = """
import ctypes, json, os, platform, ssl, sys, zlib
own = os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)
print(json.dumps([own, sys.base_prefix, platform.python_version()]))
"""


@dataclass(frozen=True)
class Interpreter:
    """An interpreter that was run: its executable, its prefix (of Python), and its release, as in 3.12.1."""

    executable: str
    release: str
    prefix: str = ""

    def save(self, folder: Path) -> None:
        """Write it where the engine looks for it (`helpers/engine/execution/interpreters.py`)."""
        (folder / "interpreter.json").write_text(json.dumps(asdict(self)))


def candidates(environ: "dict[str, str]") -> "list[str]":
    """Return the paths at which there may be one, without running any, the most wanted first.

    Those of virtual environments are left out: the interpreter below is found without, and a shell in which one is
    active finds the same as any other.
    """
    home = Path(environ.get("HOME") or "~").expanduser()
    pyenv = environ.get("PYENV_ROOT") or str(home / ".pyenv")
    found: list[str] = []
    folders = [*environ.get("PATH", os.defpath).split(os.pathsep), "/usr/local/bin", "/opt/homebrew/bin"]
    for folder in (one for one in folders if one != os.path.join(pyenv, "shims")):  # those lead to its versions
        found += [os.path.join(folder, f"python{version}") for version in PYTHONS] + [os.path.join(folder, "node")]
    for pattern in (
        f"{glob.escape(pyenv)}/versions/3.*/bin/python3",
        f"{glob.escape(str(home))}/.local/share/uv/python/cpython-3.*/bin/python3",
        f"{glob.escape(str(home))}/.nvm/versions/node/v*/bin/node",
    ):
        found += sorted(glob.glob(pattern), key=_numbers, reverse=True)
    own = [path for path in found if os.access(path, os.X_OK) and not _is_virtual(path)]
    return list({os.path.realpath(path): path for path in reversed(own)}.values())[::-1]


def _is_virtual(path: str) -> bool:
    return os.path.exists(os.path.join(os.path.dirname(os.path.dirname(path)), "pyvenv.cfg"))


def _numbers(path: str) -> "list[int]":
    return [int(number) for number in re.findall(r"\d+", path)]


def pythons(paths: "list[str]") -> "dict[str, Interpreter]":
    """Return the first working Python of each version. Each is run: a name on PATH may be a shim that fails."""
    return _first(paths, "python", _python, PYTHONS, 2)


def nodes(paths: "list[str]") -> "dict[str, Interpreter]":
    """Return the first working Node.js of each major version."""
    return _first(paths, "node", _node, NODES, 1)


def _first(
    paths: "list[str]",
    name: str,
    run: "Callable[[str], Interpreter | None]",
    wanted: "tuple[str, ...]",
    parts: int,
) -> "dict[str, Interpreter]":
    found: dict[str, Interpreter] = {}
    for path in _named(paths, name):
        said = run(path)
        version = ".".join(said.release.split(".")[:parts]) if said else ""
        if said and version in wanted:
            found.setdefault(version, said)
    return found


def _named(paths: "list[str]", name: str) -> "Iterator[str]":
    return (path for path in paths if os.path.basename(path).startswith(name))


def _python(path: str) -> "Interpreter | None":
    try:
        executable, prefix, release = json.loads(_output(path, "-I", "-S", "-c", SAY))
    except ValueError:
        return None
    return Interpreter(executable, release, prefix)


def _node(path: str) -> "Interpreter | None":
    said = re.fullmatch(r"v(\d+\.\d+\.\d+)\s*", _output(path, *NODE_OPTIONS, "--version"))
    return Interpreter(os.path.realpath(path), said[1]) if said else None


def _output(*command: str) -> str:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
