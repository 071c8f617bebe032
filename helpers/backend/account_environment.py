"""The variables with which a shell acts as an account's root user on a local backend: `python -m helpers env`."""

import os
import re
import shlex
from collections.abc import Mapping

from helpers.backend import account_secrets
from helpers.backend.accounts import REGION, ROOT_ACCOUNT, identity, of_lab
from helpers.backend.choice import choose, find_running
from helpers.errors import BackendError
from helpers.state import last_account
from helpers.state.home import lab_home

# What would lead AWS's tools elsewhere, or sign as somebody else, though the four variables are set.
ASTRAY = re.compile(
    "AWS_(SESSION_TOKEN|SECURITY_TOKEN|PROFILE|DEFAULT_PROFILE|REGION|ENDPOINT_URL_[A-Z0-9_]+|IGNORE_CONFIGURED_ENDPOINT_URLS)"
)


def lines(
    account: str | None = None, environ: Mapping[str, str] = os.environ, *, lab: str | None = None
) -> list[str] | None:
    """Return lines for a shell to evaluate, or None if no backend runs; none is started.

    `account`: 12 digits, else LAB_ACCOUNT, else that of `lab` ("04"), else that of the lab started last. Four variables
    are exported: endpoint, access key id, secret access key, region. What is set in `environ` and would defeat them is
    unset.

    Raises: BackendError if the backend is AWS, or a setting is invalid; LabError if the secret cannot be had.
    """
    choice = choose(environ)
    if choice.backend == "aws":
        raise BackendError("LAB_BACKEND is 'aws', whose secrets are yours to keep: unset it to use a local backend.")
    default = of_lab(lab) if lab else last_account.read(lab_home(environ)) or ROOT_ACCOUNT
    account, key = identity(environ, account, default)
    running = find_running(choice, environ)
    if running is None:
        return None
    exported = {
        "AWS_ENDPOINT_URL": running.endpoint,
        "AWS_ACCESS_KEY_ID": key,
        "AWS_SECRET_ACCESS_KEY": account_secrets.look_up(running.backend, running.endpoint, account, key, environ),
        "AWS_DEFAULT_REGION": REGION,
    }
    astray = sorted(name for name in environ if ASTRAY.fullmatch(name))
    return [
        *(f"unset {name}" for name in astray),
        *(f"export {name}={shlex.quote(value)}" for name, value in exported.items()),
    ]
