"""The interpreter that a function runs on: the one that its runtime names, where the set-up has found it here.

The engine's own Python is the labs' (3.11 to 3.13), its own Node.js the newest that AWS has. Others are in
`.engine/runtimes`, each with a file that says where it is: `helpers/setup/interpreters.py` has run it, and installed
what AWS preinstalls for it. Nothing is looked for, or downloaded, while the engine runs.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..settings import Settings


@dataclass(frozen=True)
class Python:
    """A Python: its version as in 3.13, its release as in 3.13.1, and the folder of AWS's packages for it."""

    executable: Path
    prefix: str
    version: str
    release: str
    packages: Path


@dataclass(frozen=True)
class Node:
    """A Node.js and its release, as in 24.19.0."""

    executable: Path
    release: str


@lru_cache
def own_python(settings: Settings) -> Python:
    """The interpreter below the engine's environment."""
    release = platform.python_version()
    return Python(settings.base_python, settings.base_prefix, settings.base_version, release, settings.python_packages)


@lru_cache
def own_node(settings: Settings) -> Node:
    """The Node.js of the engine's environment; without a release if it does not start, which `doctor` says."""
    try:
        said = subprocess.run([settings.node, "--version"], capture_output=True, text=True).stdout
    except OSError:
        said = ""
    return Node(settings.node, said.strip().removeprefix("v"))


@lru_cache
def python(runtime: str, settings: Settings) -> Python:
    """The Python for `runtime`, or the engine's own."""
    version = runtime.removeprefix("python")
    own = own_python(settings)
    folder = settings.runtimes / "interpreters" / f"python{version}"
    if version == own.version or not (found := _read(folder)):
        return own
    return Python(Path(found["executable"]), found["prefix"], version, found["release"], folder / "packages")


@lru_cache
def node(runtime: str, settings: Settings) -> Node:
    """The Node.js for `runtime`, or the engine's own."""
    major = re.sub(r"\D", "", runtime)
    for folder in (settings.runtimes / f"nodejs{major}", settings.runtimes / "interpreters" / f"nodejs{major}"):
        if major and (found := _read(folder)):
            return Node(Path(found["executable"]), found["release"])
    return own_node(settings)


def _read(folder: Path) -> dict[str, str] | None:
    """What the set-up has written about an interpreter that is still there."""
    try:
        found: dict[str, str] = json.loads((folder / "interpreter.json").read_text())
        return found if Path(found["executable"]).exists() else None
    except (OSError, ValueError, KeyError):
        return None


@lru_cache
def instead(runtime: str, settings: Settings) -> str:
    """A sentence that says what runs instead of the interpreter that `runtime` names; empty where it is the one."""
    if runtime.startswith("python"):
        name, asked, release = "Python", runtime.removeprefix("python"), python(runtime, settings).release
    elif runtime.startswith("nodejs"):
        name, asked, release = "Node.js", re.sub(r"\D", "", runtime), node(runtime, settings).release
    else:
        return ""
    if release.startswith(f"{asked}."):
        return ""
    return f"{name} {asked} is not on this machine: {runtime} functions run on {name} {release}."
