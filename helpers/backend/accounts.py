"""Accounts of a local backend: their ids, their access key ids, their region."""

import re
from collections.abc import Mapping

from helpers.errors import BackendError

REGION = "us-east-1"
ROOT_ACCOUNT = "000000000000"  # LocalStack's account for the access key `test`


def identity(environ: Mapping[str, str], account: str | None = None) -> tuple[str, str]:
    """Return the account on a local backend, and the access key id by which the backend knows it.

    `account`: 12 digits, else LAB_ACCOUNT, else 000000000000. Raises: BackendError if it is not 12 digits.
    """
    account = account or environ.get("LAB_ACCOUNT") or ROOT_ACCOUNT
    if not re.fullmatch(r"[0-9]{12}", account):
        raise BackendError(f"{account!r} is not an account id: give 12 digits (LAB_ACCOUNT), or leave it out.")
    return account, "test" if account == ROOT_ACCOUNT else account
