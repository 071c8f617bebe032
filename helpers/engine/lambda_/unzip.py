"""Unpacking a deployment package or a layer: files with their modes, folders, symbolic links, all inside one folder.

On AWS the files belong to another user than the function's process, so what counts of a mode is what it grants to
others: "Lambda needs 644 permissions for non-executable files and 755 permissions for directories and executable
files" (Developer Guide, "Troubleshoot deployment issues in Lambda", 2026-11). Symbolic links are kept
(aws/aws-sam-cli#878).
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

FILE, FOLDER = 0o644, 0o755  # of a member that says no mode, as those packed on Windows
LINK_BYTES = 4096  # PATH_MAX
READ_OR_EXECUTE = 0o5


def extract(archive: IO[bytes], target: Path, may_leave: Callable[[], bool]) -> None:
    """Unpack a zip file into `target`, nothing outside of it.

    `zipfile` cuts `..` and leading slashes off names by itself. Links come last, and never through another link: so
    nothing is written through one. `may_leave` says whether links may point out of the folder: where functions have a
    root of their own, those lead to what is there; elsewhere they would lead to this machine's files, and only /tmp is
    the function's.
    """
    links: list[Path] = []
    with zipfile.ZipFile(archive) as file:
        members = file.infolist()
        for member in members:
            mode = member.external_attr >> 16
            if not stat.S_ISLNK(mode):
                path = Path(file.extract(member, target))
                path.chmod(_folder_mode(mode) if member.is_dir() else as_for_others(mode & 0o777 or FILE))
        for member in members:
            if stat.S_ISLNK(member.external_attr >> 16):
                with file.open(member) as content:
                    _add_link(target, member.filename, content.read(LINK_BYTES), links)
    leaving = [link for link in links if not stays(link, target)]
    if leaving and not may_leave():
        for link in leaving:
            link.unlink()


def as_for_others(mode: int) -> int:
    """`mode` with the owner's rights to read and to execute taken from others': a function may have the same user."""
    return mode & ~(READ_OR_EXECUTE << 6) | (mode & READ_OR_EXECUTE) << 6


def _folder_mode(mode: int) -> int:
    """The mode of a folder. Without root, the engine could not remove one that its owner may not read."""
    mode = mode & 0o777 or FOLDER
    return as_for_others(mode) if os.geteuid() == 0 else mode | 0o700


def _add_link(target: Path, name: str, content: bytes, links: list[Path]) -> None:
    """Make a symbolic link where nothing is yet, in a folder that is none."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    if not parts or not content or b"\0" in content:
        return
    path = target.joinpath(*parts)
    if any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(target) and parent != target):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.fsdecode(content))
    except OSError:  # a file is in the way, or the system takes no such name
        return
    links.append(path)


def stays(link: Path, folder: Path) -> bool:
    """Whether a symbolic link leads, through whatever other links, to a place in `folder` or below `/tmp`."""
    try:
        end = Path(os.path.realpath(link))
    except (OSError, ValueError):
        return False
    return end.is_relative_to(os.path.realpath(folder)) or end.is_relative_to("/tmp")
