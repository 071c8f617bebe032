"""AWS itself as the backend: the learner's own credentials, used after a typed confirmation, since it costs money."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from helpers.errors import BackendError, ConfirmationError


def sign_in(account: str | None = None) -> tuple[Any, str]:
    """Return (boto3 session, account) for the ambient credentials. Nothing is created, and nothing costs anything.

    `account`: the 12 digits that it has to be, or None.
    Raises: BackendError if AWS does not accept the credentials, no region is set, or the account is another.
    """
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        boto = boto3.Session()
        if not boto.region_name:
            raise BackendError("No AWS region is set: set AWS_DEFAULT_REGION, for example to eu-central-1.")
        found = boto.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise BackendError(f"AWS does not accept your credentials ({error}): sign in, or unset LAB_BACKEND.") from error
    if account not in (None, found):
        raise BackendError(f"Your credentials are for account {found}, not {account}: change one or the other.")
    return boto, found


def confirm(
    target: str,
    environ: Mapping[str, str] = os.environ,
    ask: Callable[[str], str] | None = None,
    *,
    what: str = "The labs will create and delete things in AWS, which costs money.",
) -> None:
    """Require "<account>/<region>" to be typed, or set as LAB_AWS_CONFIRM, before `what` is done in AWS.

    Raises: ConfirmationError if it is not.
    """
    typed = environ.get("LAB_AWS_CONFIRM")
    if typed is None:
        try:
            # input is looked up now: a notebook's kernel puts its own in place while a cell runs.
            typed = (ask or input)(f"{what} Type {target} to go on: ")
        except (EOFError, NotImplementedError, RuntimeError):  # no keyboard: nbclient, a pipe
            typed = ""
    if typed.strip() != target:
        raise ConfirmationError(f"AWS was not confirmed: type {target}, or set LAB_AWS_CONFIRM to it.")
