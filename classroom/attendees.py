"""The attendees and their passwords: `hub/attendees.json`, root's alone.

    {"ada": {"number": 1, "salt": "…", "hash": "…"}}      passwords as scrypt's hashes

An attendee's number gives them a user id and an account of their own; it is not used again while the file exists.
"""

import hashlib
import hmac
import itertools
import json
import pwd
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from classroom.places import HOMES, HUB
from helpers.errors import LabError
from helpers.state.home import locked, read_json, write_atomically

INSTRUCTOR = "instructor"  # an attendee who sees the others in JupyterHub's own page, and may open their servers
FIRST_UID = 70_000  # above what systems give people (60000) and systemd gives services (65519)
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
LETTERS = "abcdefghjkmnpqrstuvwxyz"  # none that looks like another or like a digit


@dataclass(frozen=True)
class Attendee:
    """An attendee's number, from 1 on, and the hash of their password."""

    number: int
    salt: str
    hash: str

    @property
    def uid(self) -> int:
        """Their user id on this machine."""
        return FIRST_UID + self.number

    @property
    def account(self) -> str:
        """Their account on a shared engine, 12 digits."""
        return f"41{self.number:010}"


def read(folder: Path = HUB) -> dict[str, Attendee]:
    """Return the attendees by their names. Raises: LabError if the file is not one of ours."""
    try:
        known = read_json(folder / "attendees.json")
        return {name: Attendee(**fields) for name, fields in known.items()}  # type: ignore[attr-defined]
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError) as error:
        raise LabError(f"{folder / 'attendees.json'} is damaged: remove it, and make the attendees again.") from error


def give_passwords(names: Iterable[str], folder: Path = HUB) -> dict[str, str]:
    """Give each of `names` a new password, and return those; a name that is new becomes an attendee.

    Raises: LabError if a name is not one, or is another user's on this machine.
    """
    new = {name: "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)) for name in names}
    with locked(folder / "attendees.lock"):
        known = read(folder)
        for name, password in new.items():
            if name not in known:
                check(name)
            number = known[name].number if name in known else _next_number(known)
            salt = secrets.token_hex(16)
            known[name] = Attendee(number, salt, _hash(password, salt))
        _write(known, folder)
    return new


def forget(names: Iterable[str], folder: Path = HUB) -> None:
    """Forget attendees."""
    gone = set(names)
    with locked(folder / "attendees.lock"):
        _write({name: one for name, one in read(folder).items() if name not in gone}, folder)


def verify(name: str, password: str, folder: Path = HUB) -> bool:
    """Whether this is an attendee, and their password."""
    one = read(folder).get(name)
    return one is not None and hmac.compare_digest(_hash(password, one.salt), one.hash)


def check(name: str) -> None:
    """Raises: LabError if nobody can be called that here."""
    if not NAME.fullmatch(name):
        raise LabError(f"{name!r} is no name for an attendee: use small letters, digits and -, a letter first.")
    try:
        home = pwd.getpwnam(name).pw_dir
    except KeyError:
        return
    if Path(home).parent != HOMES:
        raise LabError(f"This machine has a user {name!r} already: give the attendee another name.")


def _next_number(known: dict[str, Attendee]) -> int:
    number = 1 + max((one.number for one in known.values()), default=0)
    taken = {user.pw_uid for user in pwd.getpwall()}  # those of another classroom on this machine, too
    return next(free for free in itertools.count(number) if FIRST_UID + free not in taken)


def _hash(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()


def _write(known: dict[str, Attendee], folder: Path) -> None:
    write_atomically(folder / "attendees.json", json.dumps({n: asdict(one) for n, one in known.items()}, indent=1))
    (folder / "attendees.json").chmod(0o600)
