"""A terminal of JupyterLab, in which `aws` and `make` talk to the backend of the notebooks.

`make setup` tells JupyterLab to start terminals by this module (`helpers/setup/steps.py`). It becomes the user's own
shell, with the environment that a kernel has after `Lab(...)`; the backend is not started.
"""

import os
import sys
from collections.abc import MutableMapping

from helpers.backend import account_secrets, own_engine
from helpers.backend.session import Choice, add_commands, choose, export, identity, running
from helpers.errors import LabError


def prepare(environ: MutableMapping[str, str]) -> None:
    """Point `environ` at the backend that it chooses, as `session.connect` does.

    Raises: BackendError for settings that make no sense. LabError if the secret access key cannot be had: then
    `environ` leads to the backend all the same, which refuses what is signed with another.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        return
    choice = running(choice, environ) or choice
    if choice.endpoint is None:
        choice = Choice(choice.backend, own_engine.default_endpoint(environ))
    account, key = identity(environ)
    secret = "unknown"
    try:
        secret = account_secrets.of(choice.backend, choice.endpoint, account, key, environ)
    finally:
        export(environ, choice, key, secret)


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
