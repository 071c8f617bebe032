"""Test events: named JSON documents saved for a function, as in the AWS console.

Kept in `events/` in the labs' folder, one file for each account and function, until a lab deletes that function: at
its start or by `lab.reset()`.
"""

import json
import re
from pathlib import Path

from helpers.errors import TestEventError
from helpers.state.home import lab_home, locked, read_json, writable, write_atomically


class TestEvents:
    """The saved events of one function in one account (12 digits)."""

    __test__ = False  # pytest takes classes named Test… for tests

    def __init__(self, account: str, function: str, home: Path | None = None):
        self.folder = (home or lab_home()) / "events"
        self.file = self.folder / f"{account}-{function}.json"

    def all(self) -> dict[str, object]:
        """Return {name: event}, in the order in which they were first saved.

        Raises: TestEventError if the file cannot be read.
        """
        try:
            events = read_json(self.file)
            if not isinstance(events, dict):
                raise ValueError("not an object of events")
            return events
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise TestEventError(f"{self.file} cannot be read ({error}): delete it to start anew.") from error

    def save(self, name: str, event: object) -> None:
        """Save `event`, anything that JSON can hold, as `name`; an event of that name is replaced.

        Raises: TestEventError for a name that AWS's console refuses, or an event that is not JSON.
        """
        # The console's own rule and words (Lambda console, Test tab, 2026-11).
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,25}", name):
            raise TestEventError(
                f"{name!r} cannot name a test event: use at most 25 letters, digits, dots, hyphens and underscores."
            )
        try:
            json.dumps(event, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise TestEventError(f"The event is not JSON ({error}): use text, numbers, lists and objects.") from error
        with locked(self.folder / "events.lock"):
            write_atomically(self.file, json.dumps({**self.all(), name: event}, indent=1) + "\n")

    def delete(self, name: str) -> None:
        """Delete the event `name`. Raises: TestEventError if there is none."""
        with locked(self.folder / "events.lock"):
            events = self.all()
            if name not in events:
                raise TestEventError(f"There is no test event {name!r}: choose one of {', '.join(events) or 'none'}.")
            del events[name]
            write_atomically(self.file, json.dumps(events, indent=1) + "\n")


def forget(account: str, functions: tuple[str, ...], home: Path | None = None) -> None:
    """Delete all events of `functions`, names or patterns. Raises: LabError if the folder cannot be written."""
    folder = (home or lab_home()) / "events"
    with writable(folder):
        for function in functions:
            for file in folder.glob(f"{account}-{function}.json"):
                file.unlink(missing_ok=True)
