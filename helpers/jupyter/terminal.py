"""A JupyterLab terminal in which `aws` and `make` reach the backend of the notebooks.

`make setup` tells JupyterLab to start terminals by this module (`helpers/setup/steps.py`). It becomes the user's own
shell, with the environment that a kernel has after `Lab(...)`; the backend is not started.
"""

import os
import sys
from collections.abc import MutableMapping

from helpers.backend import account_secrets, own_engine
from helpers.backend.accounts import identity
from helpers.backend.choice import Running, choose, find_running
from helpers.backend.kernel_environment import add_commands, export
from helpers.errors import LabError


def prepare(environ: MutableMapping[str, str]) -> None:
    """Point `environ` at the backend that it chooses, as `session.connect` does.

    Raises: BackendError for an invalid setting. LabError if the secret access key cannot be had: then
    `environ` leads to the backend all the same, which refuses requests signed with another.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        return
    running = find_running(choice, environ)
    if running is None:
        running = Running(choice.backend, choice.endpoint or own_engine.default_endpoint(environ))
    account, key = identity(environ)
    secret = "unknown"
    try:
        secret = account_secrets.look_up(running.backend, running.endpoint, account, key, environ)
    finally:
        export(environ, running.backend, running.endpoint, key, secret)


def main() -> None:
    """Become the shell, which gets the arguments of this process."""
    try:
        prepare(os.environ)
    except LabError as error:
        print(error, file=sys.stderr)
    shell = os.environ.get("SHELL") or "/bin/sh"
    os.execvp(shell, [shell, *sys.argv[1:]])


if __name__ == "__main__":
    main()
