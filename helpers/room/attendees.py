"""Reading a room's folder: one file an attendee, written by people whom nobody has checked.

A file counts if its name is one that `helpers.state.sharing` gives, if it is an ordinary file of at most 64 KiB, and
if it says what it should and nothing else. Links are not followed, pipes not waited for. What it says of labs and
exercises that do not exist is not heard.
"""

import itertools
import json
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpers import exercises
from helpers.errors import LabError
from helpers.exercises import Description, earlier_numbers
from helpers.state.sharing import FILE, NAME_LENGTH

BYTES = 64 * 1024  # all exercises solved are 4 kB
FILES = 1000  # of a room; more are not looked at


@dataclass(frozen=True)
class Attendee:
    """Name, since when (aware datetimes), and when each exercise was solved, {"1.2": time}, in the course's order."""

    name: str
    joined: datetime
    solved: Mapping[str, datetime]

    @property
    def last(self) -> tuple[str, datetime] | None:
        """The exercise that was solved last, and when; None if none is."""
        return max(self.solved.items(), key=lambda one: one[1], default=None)

    def of(self, lab: Description) -> int:
        """How many exercises of `lab` are solved."""
        return sum(number in self.solved for number in lab.exercises)


@dataclass(frozen=True)
class Room:
    """The attendees by name, and how many files could not be understood."""

    attendees: tuple[Attendee, ...]
    odd: int = 0


def course() -> list[Description]:
    """Return all labs in their order."""
    return [exercises.load(number) for number in exercises.numbers()]


def read(folder: Path, labs: Sequence[Description], now: datetime) -> Room:
    """Return who shares progress in `folder`. A time later than `now` is taken for now: somebody's clock is wrong.

    Raises: LabError if the folder cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in itertools.islice(entries, FILES)]
    except OSError as error:
        raise LabError(f"The room {folder} cannot be read ({error.strerror}): make it readable for you.") from error
    found = [attendee(folder / name, labs, now) for name in names if FILE.fullmatch(name)]
    known = sorted(filter(None, found), key=lambda one: (one.name.casefold(), one.joined))
    return Room(tuple(known), len(found) - len(known))


def attendee(file: Path, labs: Sequence[Description], now: datetime) -> Attendee | None:
    """Return what one file says; None if it is not as expected."""
    try:
        told = json.loads(content(file))
        name, joined, solved = told["name"], told["joined"], told["solved"]
        if len(told) != 3 or not isinstance(name, str) or not isinstance(solved, dict):
            return None
        if not name.isprintable() or not 0 < len(name.strip()) <= len(name) <= NAME_LENGTH:
            return None
        times = {}
        for lab in labs:
            noted = solved.get(lab.number, {})
            for exercise in lab.exercises.values():
                if when := earlier_numbers.when_done(exercise, noted):
                    times[exercise.number] = moment(when, now)
        return Attendee(name, moment(joined, now), times)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def content(file: Path) -> bytes:
    """Return the bytes of an ordinary file. Raises: OSError if it is none; ValueError if it is too large."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{file} is no file")
        read = opened.read(BYTES + 1)
    if len(read) > BYTES:
        raise ValueError(f"{file} is too large")
    return read


def moment(text: str, now: datetime) -> datetime:
    """Return a time in ISO 8601 with its offset. Raises: ValueError, TypeError if it is none."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(f"{text} says no offset")
    return min(when.astimezone(UTC), now)
