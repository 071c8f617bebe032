"""A JupyterLab terminal in which `aws` and `make` reach the backend of the notebooks.

`make setup` tells JupyterLab to start terminals by this module (`helpers/setup/steps.py`). It becomes the user's own
shell, with the environment that a kernel has after `Lab(...)`; the backend is not started.
"""

import os
import sys
from collections.abc import MutableMapping

from helpers.backend import account_secrets, own_engine
from helpers.backend.accounts import ROOT_ACCOUNT, identity
from helpers.backend.choice import Running, choose, find_running
from helpers.backend.kernel_environment import add_commands, export
from helpers.errors import LabError
from helpers.state import last_account
from helpers.state.home import lab_home


def prepare(environ: MutableMapping[str, str]) -> str | None:
    """Point `environ` at the backend that it chooses, as `session.connect` does, and return the account; None for AWS.

    Which of the accounts of the labs: that of the lab that was started last.

    Raises: BackendError for an invalid setting. LabError if the secret access key cannot be had: then
    `environ` leads to the backend all the same, which refuses requests signed with another.
    """
    choice = choose(environ)
    add_commands(environ)
    if choice.backend == "aws":
        return None
    running = find_running(choice, environ)
    if running is None:
        running = Running(choice.backend, choice.endpoint or own_engine.default_endpoint(environ))
    account, key = identity(environ, default=last_account.read(lab_home(environ)) or ROOT_ACCOUNT)
    secret = "unknown"
    try:
        secret = account_secrets.look_up(running.backend, running.endpoint, account, key, environ)
    finally:
        export(environ, running.backend, running.endpoint, key, secret)
    return account


def main() -> None:
    """Become the shell, which gets the arguments of this process."""
    try:
        account = prepare(os.environ)
        if account and sys.stdout.isatty():
            print(f'Account {account}. For that of lab 04, say: eval "$(python -m helpers env --lab 04)"')
    except LabError as error:
        print(error, file=sys.stderr)
    shell = os.environ.get("SHELL") or "/bin/sh"
    os.execvp(shell, [shell, *sys.argv[1:]])


if __name__ == "__main__":
    main()
