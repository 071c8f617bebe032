"""The secret access key with which an account's requests are signed, on each backend."""

import os
import shlex
import subprocess
from collections.abc import Mapping

from helpers.backend import own_engine
from helpers.backend.accounts import GIVEN_SECRET
from helpers.backend.credentials import secret_access_key
from helpers.backend.features import accepts
from helpers.errors import BackendError
from helpers.state.home import ROOT

IN_CONTAINER = ("docker", "compose", "exec", "-T", "engine", "python", "-m", "helpers", "env", "--account")
CONTAINER_SECONDS = 60  # it takes one or two


def look_up(backend: str, endpoint: str, account: str, key: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the secret access key of `account` (12 digits), whose access key id is `key`.

    | which engine                                    | where from                                         |
    |-------------------------------------------------|----------------------------------------------------|
    | any, if LAB_SECRET_ACCESS_KEY is set            | that: it was given to you, in a classroom perhaps  |
    | embedded, or an endpoint that is this engine    | derived from the secret in the labs' folder        |
    | docker, from within its JupyterLab              | the same: the engine's credentials are mounted     |
    | docker, from JupyterLab on your machine         | the container is asked                             |
    | another endpoint                                | `test`, which LocalStack takes, like anything else |

    `backend` is embedded, docker or endpoint; `endpoint` its URL.
    Raises: BackendError or LabError, in one sentence, if the secret cannot be had.
    """
    if given := environ.get(GIVEN_SECRET):
        return given
    if backend == "embedded" or own_engine.recognize(endpoint, environ):
        return secret_access_key(own_engine.random_secret(environ), key)
    return in_container(account, environ) if backend == "docker" else "test"


def in_container(account: str, environ: Mapping[str, str]) -> str:
    """Ask the engine's container, which docker compose has started here, for the secret of an account.

    Raises: BackendError if that fails. What the command printed is not in it: it may be a secret.
    """
    try:
        run = subprocess.run(
            [*IN_CONTAINER, account],
            cwd=ROOT,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=CONTAINER_SECONDS,
            check=True,
        )
        exports = dict(line.removeprefix("export ").split("=", 1) for line in run.stdout.split("\n") if "=" in line)
        return shlex.split(exports["AWS_SECRET_ACCESS_KEY"])[0]
    except (OSError, subprocess.SubprocessError, LookupError, ValueError) as error:
        asked = f"{type(error).__name__} from '{shlex.join(IN_CONTAINER)} {account}'"
        raise BackendError(
            f"The engine's container did not give its secret ({asked}): "
            f"start it with 'docker compose up' in {ROOT}, or set {GIVEN_SECRET} to the secret of account {account}."
        ) from None


def verify(endpoint: str, account: str, key: str, secret: str) -> None:
    """Verify the secret access key of `account` with an engine like ours. Raises: BackendError if it is refused."""
    if accepts(endpoint, key, secret) is False:
        raise BackendError(
            f"The engine at {endpoint} has another secret for account {account}: set {GIVEN_SECRET} to the one that "
            f"'python -m helpers env --account {account}' prints beside it, or unset it if the engine is your own."
        )
