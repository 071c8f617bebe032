"""The folders that the engine writes to; one that holds somebody else's files is left alone.

LAB_HOME may name any folder, also one that has a `tmp`, a `root` or a `state` already. Ours have a file in them that
says so; only what has it is ever emptied.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.state.home import ROOT

from ..settings import Settings

MARK = "made-by-lambda-labs"


def prepare(chosen: Settings) -> None:
    """Make `tmp`, `root` and `state`, and empty `tmp`. Raises: ValueError, one sentence, if one cannot be used."""
    for folder in (chosen.tmp, chosen.root, chosen.state):
        take(folder)
    for left in chosen.tmp.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != MARK:
            left.unlink(missing_ok=True)


def take(folder: Path) -> None:
    """Make `folder`, or use it if it is empty or ours. Raises: ValueError, one sentence, if it is neither."""
    elsewhere = "move it away, or set LAB_HOME to another folder."
    ours = folder.parent == ROOT / ".lab"  # as a whole, and made before there was a mark
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not ours and not (folder / MARK).exists() and any(folder.iterdir()):
            raise ValueError(f"{folder} is needed, and holds what the labs have not put there: {elsewhere}")
        (folder / MARK).touch()
    except (FileExistsError, NotADirectoryError):
        raise ValueError(f"{folder} is needed as a folder, and something else is in its place: {elsewhere}") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ValueError(f"{folder} cannot be written ({reason}): make it writable, or set LAB_HOME.") from error
