"""Accounts of a local backend: their ids, their access key ids, their region. Each lab has one of its own."""

import re
from collections.abc import Mapping

from helpers.errors import BackendError

REGION = "us-east-1"
ROOT_ACCOUNT = "000000000000"  # LocalStack's account for the access key `test`
GIVEN_SECRET = "LAB_SECRET_ACCESS_KEY"


def of_lab(number: str) -> str:
    """Return the account of a lab, 000000000004 for "04": what it makes is in no other lab's way.

    Raises: BackendError if that is not a lab's number.
    """
    if not re.fullmatch(r"[0-9]{2}", number):
        raise BackendError(f"{number!r} is not the number of a lab: give two digits, such as 04.")
    return number.zfill(12)


def identity(environ: Mapping[str, str], account: str | None = None, default: str = ROOT_ACCOUNT) -> tuple[str, str]:
    """Return the account on a local backend, and the access key id by which the backend knows it.

    `account`: 12 digits, else LAB_ACCOUNT, else `default`; but a secret access key that was given is one account's, and
    000000000000's if nobody says whose. Raises: BackendError if it is not 12 digits.
    """
    account = account or environ.get("LAB_ACCOUNT") or (ROOT_ACCOUNT if environ.get(GIVEN_SECRET) else default)
    if not re.fullmatch(r"[0-9]{12}", account):
        raise BackendError(f"{account!r} is not an account id: give 12 digits (LAB_ACCOUNT), or leave it out.")
    return account, "test" if account == ROOT_ACCOUNT else account
