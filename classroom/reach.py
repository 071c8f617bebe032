"""Let attendees reach Python and the labs where these are in a folder that others may not enter, such as root's home.

`python -m classroom.reach COMMAND…`, in a mount namespace of its own: the folder is covered by an empty one, in which
nothing is but what attendees need. `command` says if that is called for.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from classroom.places import SOCKETS
from helpers.state.home import ROOT

NEEDED = (Path(sys.base_prefix).resolve(), ROOT)


def closed(needed: Iterable[Path] = NEEDED) -> dict[Path, list[Path]]:
    """Return the folders that others may not enter, the topmost ones, and what is needed in each."""
    found: dict[Path, list[Path]] = {}
    for path in needed:
        for folder in reversed(path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                found.setdefault(folder, []).append(path)
                break
    return found


def command(*arguments: str | Path) -> list[str]:
    """Return what runs a command so that attendees reach what they need."""
    around = ["unshare", "--mount", "--propagation", "private", sys.executable, "-m", "classroom.reach"]
    return [*(around if closed() else []), *map(str, arguments)]


def main(arguments: list[str]) -> None:
    """Cover what is closed, then become the command."""
    for number, (folder, needed) in enumerate(closed().items()):
        kept = [(path, SOCKETS / f".needed-{number}-{index}") for index, path in enumerate(needed)]
        for path, place in kept:
            place.mkdir(exist_ok=True)
            _mount("--bind", path, place)
        _mount("-t", "tmpfs", "-o", "mode=0711", "tmpfs", folder)
        for path, place in kept:
            path.mkdir(parents=True)
            _mount("--move", place, path)
            place.rmdir()
    os.chdir(ROOT)
    os.execvp(arguments[0], arguments)


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
