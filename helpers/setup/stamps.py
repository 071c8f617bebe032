"""Stamps: files that say whether an environment is finished, interrupted, made from another lock, or not ours."""

import os
from pathlib import Path

NAME = "lambda-labs-stamp"
BUILDING = "building"


def read(place: Path) -> "str | None":
    """Return what the stamp in this folder says: a fingerprint, ``building``, or None without a stamp."""
    try:
        return (place / NAME).read_text().strip() or BUILDING  # empty: the machine stopped while it was written
    except OSError:
        return None


def finished(place: Path, fingerprint: str, *needed: Path) -> bool:
    """Return whether this folder was finished with this fingerprint and still holds the files that prove it works."""
    return read(place) == fingerprint and all(path.exists() for path in needed)


def interrupted(place: Path) -> bool:
    """Return whether a run of ours began here and did not end: what it left cannot be trusted."""
    return read(place) == BUILDING


def begin(place: Path) -> None:
    """Mark this folder as being built. From now until ``finish`` the folder counts as half-made."""
    place.mkdir(parents=True, exist_ok=True)
    (place / NAME).write_text(BUILDING)


def finish(place: Path, fingerprint: str) -> None:
    """Mark this folder as complete; the stamp is written whole or not at all."""
    new = place / (NAME + ".new")
    new.write_text(fingerprint)
    os.replace(new, place / NAME)
