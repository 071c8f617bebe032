"""The exercises that are done, kept in `progress.json` in the labs' folder.

    {"01": {"say_goodbye": "2026-11-21T09:30:00+00:00"}}      lab -> exercise -> when it was first done (UTC)

An exercise is known by its name, which stays, and not by its number, which another one may get. Files of before that
have numbers in the names' place: `helpers.exercises.earlier_numbers` says which of those still count.

Written under a lock and in one step: several kernels may check exercises at the same time, and neither a
killed kernel nor a full disk leaves half a file.
"""

import contextlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeGuard

from helpers.errors import LabError
from helpers.state.home import lab_home, locked, read_json, writable, write_atomically
from helpers.state.sharing import Sharing, Solved


class Progress:
    """The progress file of one labs' folder (`home`, by default `.lab` or LAB_HOME)."""

    def __init__(self, home: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.home = home or lab_home()
        self.file = self.home / "progress.json"
        self.now = now
        self.notice: str | None = None  # one sentence, when a corrupt file was set aside

    def done(self, lab: str) -> dict[str, str]:
        """Return {exercise's name: when it was done} of `lab`."""
        return self._read().get(lab, {})

    def record(self, lab: str, exercise: str) -> None:
        """Record that the exercise of this name is done; the first time counts.

        Raises: LabError if the folder cannot be written.
        """
        if exercise in self.done(lab):
            return
        with locked(self.home / "progress.lock"):
            everything = self._read()
            everything.setdefault(lab, {}).setdefault(exercise, self.now().isoformat(timespec="seconds"))
            write_atomically(self.file, json.dumps(everything, indent=1, sort_keys=True) + "\n")
            self._tell(everything)

    def forget(self) -> None:
        """Forget all progress. Raises: LabError if the folder cannot be written."""
        with locked(self.home / "progress.lock"), writable(self.file):
            self.file.unlink(missing_ok=True)
            self._tell({})

    def everything(self) -> Solved:
        """Return {lab: {exercise's name: when it was done}}."""
        return self._read()

    def _tell(self, solved: Solved) -> None:
        with contextlib.suppress(LabError):  # it is done whether or not a room hears of it; the next one tells all
            Sharing(self.home).tell(solved)

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            everything = read_json(self.file)
            if _well_formed(everything):
                return everything
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except IsADirectoryError:  # kept, as a file would be
            pass
        except OSError as error:
            raise LabError(f"{self.file} cannot be read ({error.strerror}): make it readable.") from error
        except ValueError:  # not JSON, not UTF-8, nested too deep
            pass
        self._set_aside()
        return {}

    def _set_aside(self) -> None:
        aside = self.file.with_name(f"progress.json.corrupt-{self.now():%Y%m%dT%H%M%S%fZ}")
        with writable(self.file):
            try:
                self.file.rename(aside)
            except FileNotFoundError:  # another kernel was quicker
                return
        self.notice = f"The progress file could not be read: it is kept as {aside.name}, and counting starts anew."


def _well_formed(everything: object) -> TypeGuard[dict[str, dict[str, str]]]:
    return isinstance(everything, dict) and all(
        isinstance(lab, dict) and all(isinstance(when, str) for when in lab.values()) for lab in everything.values()
    )
