"""A terminal of JupyterLab, in which `aws` and `make` talk to the backend of the notebooks.

`make setup` tells JupyterLab to start terminals by this module (`helpers/setup/steps.py`). It becomes the user's own
shell, with the environment that a kernel has after `Lab(...)`; the backend is not started.
"""

import os
import sys
from collections.abc import MutableMapping

from helpers.backend import Engine
from helpers.errors import LabError
from helpers.session import Choice, add_commands, choose, default_endpoint, export, identity


def prepare(environ: MutableMapping[str, str]) -> None:
    """Point `environ` at the backend that it chooses, as `session.connect` does.

    Raises: BackendError for settings that make no sense.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        return
    if choice.endpoint is None:
        record = Engine(environ=environ).running()
        choice = Choice(choice.backend, record.endpoint if record else default_endpoint(environ))
    _, key = identity(environ)
    export(environ, choice, key)


def main() -> None:
    """Become the shell; what it is given as arguments is the shell's."""
    try:
        prepare(os.environ)
    except LabError as error:
        print(error, file=sys.stderr)
    shell = os.environ.get("SHELL") or "/bin/sh"
    os.execvp(shell, [shell, *sys.argv[1:]])


if __name__ == "__main__":
    main()
