"""The parts of the interpreter that a function sees: executable, shared libraries, standard library.

Never the whole prefix. That may be a folder of somebody's (`~/.local`), with more in it than Python.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from .interpreters import Python


@dataclass(frozen=True)
class Interpreter:
    """Files and folders to show, links to make, and folders to hide, by their path below the prefix."""

    executable: str
    shown: dict[str, Path] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)


@lru_cache
def visible_parts(python: Python) -> Interpreter:
    """The parts of an interpreter. `executable` is a path below the prefix as well."""
    prefix = Path(os.path.realpath(python.prefix))
    own = python.executable
    executable = own.relative_to(prefix) if own.is_relative_to(prefix) else Path("bin", own.name)
    found = Interpreter(str(executable), {str(executable): own})
    for name in ("python3", "python"):
        found.links[str(executable.parent / name)] = executable.name
    found.links.pop(str(executable), None)  # it may have that name itself
    for folder in ("lib", "lib64"):
        library = prefix / folder / f"python{python.version}"
        if library.is_dir():
            found.shown[f"{folder}/{library.name}"] = library
            # What somebody installed into the interpreter is not there on AWS.
            found.hidden.extend(f"{folder}/{library.name}/{packages.name}" for packages in library.glob("*-packages"))
        if prefix != Path("/usr"):  # whose libraries are in their own place, too
            _add_shared_libraries(found, prefix / folder)
    return found


def _add_shared_libraries(found: Interpreter, folder: Path) -> None:
    """Add libpython and the libraries that an interpreter brings for the standard library (conda)."""
    for file in sorted(folder.glob("*.so*")):
        target = os.readlink(file) if file.is_symlink() else ""
        if target and "/" not in target:
            found.links[f"{folder.name}/{file.name}"] = target
        elif file.is_file():
            found.shown[f"{folder.name}/{file.name}"] = Path(os.path.realpath(file))
