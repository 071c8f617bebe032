"""A function's code on disk: unpacked once a version, compiled ahead, readable and not writable."""

from __future__ import annotations

import compileall
import stat
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from localstack.services.lambda_.invocation.lambda_models import ArchiveCode, S3Code

COMPILE_UP_TO = 64  # Python files; a large package would keep create_function waiting longer than it saves


def install() -> None:
    """Unpack archives our way."""
    # LocalStack runs the `unzip` command where there is one: other modes, links that point anywhere, and slower.
    S3Code.prepare_for_execution = prepare_for_execution


def unpack(archive: ArchiveCode) -> Path:
    """The folder of an archive's files, unpacked on the first call."""
    archive.prepare_for_execution()
    return Path(archive.get_unzipped_code_location())


def prepare_for_execution(self: S3Code) -> None:
    """`S3Code.prepare_for_execution`: all of the archive on disk, or, should it fail, nothing of it."""
    target = self.get_unzipped_code_location()
    with self._disk_lock:
        if target.exists():
            return
        building = target.with_suffix(".building")
        with tempfile.TemporaryFile() as file:
            self._download_archive_to_file(file)
            extract(file, building)
        building.rename(target)


def extract(archive: IO[bytes], target: Path) -> None:
    """Unpack a zip file into `target`: files and folders only, none of them outside it.

    `zipfile` cuts `..` and leading slashes off names by itself; symbolic links are skipped, for they could point out
    of the folder. Modes are kept, as on AWS, and made readable for the user that functions run as.
    """
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as file:
        for member in file.infolist():
            mode = member.external_attr >> 16
            if stat.S_ISLNK(mode):
                continue
            path = Path(file.extract(member, target))
            path.chmod(0o755 if member.is_dir() else (mode & 0o777 or 0o644) | 0o444)
    if len(list(target.rglob("*.py"))) <= COMPILE_UP_TO:
        compileall.compile_dir(target, quiet=2)
