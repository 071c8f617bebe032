"""Working copies: the learner runs and edits the labs in `my/`; `labs/` stays as it came.

    python -m helpers.jupyter.working_copies           make the copies that are not there: `make lab` begins with it
    python -m helpers.jupyter.working_copies update    bring new versions, too: `make update`

What the learner has changed is never overwritten: a new version is put beside it, `01_hello_world.new.ipynb`. A copy
counts as changed unless it is a version that was brought; those are noted in `my/.versions.json`, {name: [fingerprint,
...]}, the newest last. Each file is replaced in one step, and noted afterwards: the next run completes one that was
interrupted.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from helpers.errors import LabError
from helpers.jupyter.copied_files import copied, fingerprint, shipped
from helpers.state.home import ROOT, lab_home, locked, read_json, replace_file

LABS, MY = ROOT / "labs", ROOT / "my"
VERSIONS = ".versions.json"


@dataclass
class Brought:
    """What a run did, as names within `my/`.

    `made`: were not there. `updated`: a new version took the place of an older one that was as it came. `beside`: new
    versions beside files that the learner has changed. `waiting`: have a new version that was not asked for.
    `broken`: cannot be read in `labs/`.
    """

    made: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def bring(update: bool = False, labs: Path = LABS, my: Path = MY, home: Path | None = None) -> Brought:
    """Make the copies that `my` lacks; with `update`, bring the new version of the others. `home`: holds the lock.

    Raises: LabError if there are no labs, or `my` cannot be written.
    """
    names = list(shipped(labs))
    if not names:
        raise LabError(f"There are no labs in {labs}: get them back with 'git checkout labs'.")
    brought = Brought()
    with locked((home or lab_home()) / "copies.lock"), _writable(my):
        versions = _read_versions(my)
        for name in names:
            _bring(name, update, labs, my, versions.setdefault(name, []), brought)
        replace_file(my / VERSIONS, json.dumps(versions, indent=1, sort_keys=True).encode())
    return brought


def sentences(brought: Brought) -> Iterator[str]:
    """Yield what to tell the learner; nothing if there is nothing to say."""
    if new := brought.updated + brought.made:
        yield f"Brought to my/, where you work: {_few(new)}."
    if brought.beside:
        yield f"You have changed your copy, so the new version is beside it: {', '.join(brought.beside)}."
    if brought.waiting:
        yield f"There are new versions: make update brings {_few(brought.waiting)}."
    if brought.broken:
        yield f"Not whole in labs/, so not brought: {_few(brought.broken)}; 'git checkout labs' gets it back."


def main(arguments: list[str]) -> int:
    """Bring the copies and say what was done. Return the exit status: 1 if it failed, a sentence says why."""
    update = arguments == ["update"]
    try:
        said = list(sentences(bring(update)))
    except LabError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted: no file was left half written.", file=sys.stderr)
        return 1
    for sentence in said or (["my/ is up to date."] if update else []):
        print(sentence)
    return 0


def _bring(name: str, update: bool, labs: Path, my: Path, versions: list[str], brought: Brought) -> None:
    try:
        content = copied(labs / name)
    except (OSError, ValueError):  # being edited, or in the middle of a merge
        brought.broken.append(name)
        return
    version, mine = fingerprint(content), my / name
    if not mine.exists():
        replace_file(mine, content)
        brought.made.append(name)
    elif version not in (_fingerprint_of(mine), *versions[-1:]):
        if not update:
            brought.waiting.append(name)
            return
        place = _place(mine, versions)
        replace_file(place, content)
        (brought.updated if place == mine else brought.beside).append(place.relative_to(my).as_posix())
    versions[:] = [*(known for known in versions if known != version), version]


def _place(mine: Path, versions: list[str]) -> Path:
    """Return where a new version goes: to the copy itself, or beside it; never where something of the learner's is."""
    if _fingerprint_of(mine) in versions:
        return mine
    beside = (mine.with_name(f"{mine.stem}.new{'' if i == 1 else f'-{i}'}{mine.suffix}") for i in count(1))
    return next(place for place in beside if not place.exists() or _fingerprint_of(place) in versions)


def _fingerprint_of(file: Path) -> str | None:
    try:
        return fingerprint(file.read_bytes())
    except OSError:  # a folder of that name, or not ours to read: it is the learner's
        return None


def _read_versions(my: Path) -> dict[str, list[str]]:
    try:
        known = read_json(my / VERSIONS)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        known = None
    if isinstance(known, dict) and all(isinstance(versions, list) for versions in known.values()):
        return known
    return {}  # then all that is there counts as changed


@contextlib.contextmanager
def _writable(my: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what, reason = error.filename or my, error.strerror or type(error).__name__
        raise LabError(f"{what} cannot be written ({reason}): {my} has to be a folder that you may write.") from error


def _few(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
