"""An environment for one tool of the project, or a folder of npm packages: with a lock, made when it is first used."""

import os
from pathlib import Path

from helpers.setup import components, paths, run, steps
from helpers.setup.commands import Commands


def install(environment: Path, lock: Path, what: str) -> bool:
    """Make the environment, unless it is what the lock says; ``what`` names it where it fails. Return whether it did.

    Raises SetupError.
    """
    if _is_made(environment, lock):
        return False
    environment.parent.mkdir(parents=True, exist_ok=True)
    commands = _commands()
    steps.follow_pip(commands)
    commands.run(what, components.UV, "venv", "--quiet", "--clear", "--python", paths.base_python(), environment)
    steps.install(commands, what, environment, lock)
    _stamp(environment).write_text(paths.fingerprint(lock))
    return True


def install_npm(place: Path, package: Path, lock: Path, what: str) -> bool:
    """Likewise, a folder with packages of npm's."""
    if _is_made(place, lock):
        return False
    steps.remove(place)
    place.mkdir(parents=True)
    steps.npm_ci(_commands(), what, place, package, lock)
    _stamp(place).write_text(paths.fingerprint(lock))
    return True


def _is_made(place: Path, lock: Path) -> bool:
    return _stamp(place).exists() and _stamp(place).read_text() == paths.fingerprint(lock)


def _stamp(place: Path) -> Path:
    return place / "stamp"


def _commands() -> Commands:
    return Commands(run.writable_log(), run.environment(dict(os.environ)))
