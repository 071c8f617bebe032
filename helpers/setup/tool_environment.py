"""An environment for one tool of the project, beside the labs' own: with a lock, and made when it is first used."""

import os
from pathlib import Path

from helpers.setup import components, paths, run, steps
from helpers.setup.commands import Commands


def install(environment: Path, lock: Path, what: str) -> bool:
    """Make the environment, unless it is what the lock says; ``what`` names it where it fails. Return whether it did.

    Raises SetupError.
    """
    stamp, wanted = environment / "stamp", paths.fingerprint(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    environment.parent.mkdir(parents=True, exist_ok=True)
    commands = Commands(run.writable_log(), run.environment(dict(os.environ)))
    steps.follow_pip(commands)
    commands.run(what, components.UV, "venv", "--quiet", "--clear", "--python", paths.base_python(), environment)
    steps.install(commands, what, environment, lock)
    stamp.write_text(wanted)
    return True
