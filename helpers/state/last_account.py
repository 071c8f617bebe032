"""The account of the lab that was started last in a notebook: terminals and `python -m helpers env` act in it."""

import re
from pathlib import Path

from helpers.state.home import lab_home, locked, write_atomically


def note(account: str, home: Path | None = None) -> None:
    """Remember `account` (12 digits). Raises: LabError if the folder cannot be written."""
    home = home or lab_home()
    with locked(home / "account.lock"):
        write_atomically(home / "account", f"{account}\n")


def read(home: Path | None = None) -> str | None:
    """Return the account, None if there is none, or no account in the file."""
    try:
        account = ((home or lab_home()) / "account").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return account if re.fullmatch(r"[0-9]{12}", account) else None
