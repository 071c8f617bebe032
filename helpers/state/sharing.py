"""Sharing progress with a room: what an attendee who says so leaves in a folder, for the instructor's page to read.

Nothing is shared unless `sharing.json` is in the labs' folder, and only `Sharing.start` puts it there:

    {"name": "Ada", "room": "/srv/room", "file": "5f0c9a1b2c3d4e5f.json", "joined": "2026-11-30T09:00:00+00:00"}

In the room is one file an attendee, of a name that nobody else knows, and in it all that is told: the name that was
chosen, when sharing began, and progress (lab -> exercise -> when it was first done, UTC):

    {"name": "Ada", "joined": "2026-11-30T09:00:00+00:00",
     "solved": {"01": {"say_goodbye": "2026-11-30T09:30:00+00:00"}}}
"""

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from helpers.errors import LabError
from helpers.state.home import lab_home, read_json, replace_file, writable, write_atomically

NAME_LENGTH = 40
FILE = re.compile(r"[0-9a-f]{16}\.json")  # a file of the room
Solved = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Shared:
    """With whom progress is shared: name, the room's folder, the file's name in it, since when (ISO 8601, UTC)."""

    name: str
    room: str
    file: str
    joined: str

    @property
    def path(self) -> Path:
        """The file in the room."""
        return Path(self.room, self.file)


class Sharing:
    """What one labs' folder (`home`, by default `.lab` or LAB_HOME) shares."""

    def __init__(self, home: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.file = (home or lab_home()) / "sharing.json"
        self.now = now

    def current(self) -> Shared | None:
        """With whom it is shared; None if it is not, which is also what a file says that cannot be understood."""
        try:
            found = read_json(self.file)
            shared = Shared(**found) if isinstance(found, dict) else None
        except (OSError, ValueError, TypeError):
            return None
        whole = shared and all(isinstance(value, str) for value in asdict(shared).values())
        return shared if shared and whole and FILE.fullmatch(shared.file) else None

    def start(self, name: str, room: Path, solved: Solved) -> Shared:
        """Share progress as `name` with the folder `room` from now on, beginning with `solved`.

        Raises: LabError for a name or a folder that cannot be used, or if either place cannot be written.
        """
        name = " ".join(name.split())
        if not name.isprintable() or not 0 < len(name) <= NAME_LENGTH:
            raise LabError(f"A name for the room has 1 to {NAME_LENGTH} printable characters: choose another.")
        room = room.expanduser().absolute()
        if not room.is_dir():
            raise LabError(f"There is no folder {room}: ask your instructor which folder the room shares.")
        before = self.current()
        if before and before.room != str(room):
            self.stop()
            before = None
        file = before.file if before else f"{secrets.token_hex(8)}.json"
        joined = before.joined if before else self.now().isoformat(timespec="seconds")
        shared = Shared(name, str(room), file, joined)
        _write(shared, solved)
        write_atomically(self.file, json.dumps(asdict(shared), indent=1) + "\n")
        return shared

    def stop(self) -> Shared | None:
        """Share nothing any more, and take back what was shared. Return what that was, None if nothing.

        Raises: LabError if the file cannot be removed from the room; nothing is written there any more all the same.
        """
        shared = self.current()
        with writable(self.file):
            self.file.unlink(missing_ok=True)
        if shared:
            try:
                shared.path.unlink(missing_ok=True)
            except OSError as error:
                raise LabError(
                    f"Nothing is shared any more, but {shared.path} could not be removed ({error.strerror}): "
                    "ask your instructor to delete it."
                ) from error
        return shared

    def tell(self, solved: Solved) -> None:
        """Bring the room up to `solved`, if progress is shared. Raises: LabError if the room cannot be written."""
        if shared := self.current():
            _write(shared, solved)


def _write(shared: Shared, solved: Solved) -> None:
    told = {"name": shared.name, "joined": shared.joined, "solved": solved}
    try:
        if not os.path.isdir(shared.room):  # one that is gone is not made anew, by whoever still writes there
            raise FileNotFoundError(2, os.strerror(2), shared.room)
        replace_file(shared.path, json.dumps(told, sort_keys=True).encode())
        shared.path.chmod(0o644)  # an instructor reads it, whatever this user's umask
    except OSError as error:
        raise LabError(f"The room {shared.room} cannot be written ({error.strerror}): ask your instructor.") from error
