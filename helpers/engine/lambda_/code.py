"""A function's code on disk: unpacked once per version, compiled ahead, read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from localstack.services.lambda_.invocation.lambda_models import ArchiveCode, S3Code

from ..execution import places
from ..execution.zygote_client import zygote
from . import unzip

COMPILE = places.SANDBOX / "compile.py"
COMPILE_UP_TO = 64  # Python files; a large package would keep create_function waiting longer than it saves
COMPILE_FROM_BYTES = 4096  # of Python files; less is compiled by a cold start in 1 ms, and starting a process takes 15
COMPILE_SECONDS = 10.0  # by the clock; the program has a limit of processor time as well


_compiled: set[tuple[Path, Path]] = set()  # folders, and the interpreters for which they have been


def unpack(archive: ArchiveCode, python: Path | None = None) -> Path:
    """Return the folder of an archive's files; the first call unpacks them.

    `python` is the interpreter that runs them; the first call with it compiles them for it.
    """
    archive.prepare_for_execution()
    folder = Path(archive.get_unzipped_code_location())
    if python and (folder, python) not in _compiled:
        _compiled.add((folder, python))
        if is_worth_compiling(folder):
            compile_ahead(folder, python)
    return folder


def prepare_for_execution(self: S3Code) -> None:
    """Replace `S3Code.prepare_for_execution`: unpack the whole archive, or leave nothing of it."""
    target = self.get_unzipped_code_location()
    with self._disk_lock:
        if target.exists():
            return
        with building(target) as folder, tempfile.TemporaryFile() as file:
            self._download_archive_to_file(file)
            unzip.extract(file, folder, lambda: zygote.wait_until_ready().isolation == "namespaces")


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """Give an empty folder that becomes `target` at the end of the block; a failure leaves nothing.

    What an engine left behind that was killed here is removed first. Not for two threads at once.
    """
    folder = target.with_name(f"{target.name}.building")
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        yield folder
        folder.rename(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def is_worth_compiling(folder: Path) -> bool:
    """Whether a package has enough Python, and not too much of it."""
    sizes: list[int] = []
    for parent, _, names in os.walk(folder):
        sizes += [os.lstat(os.path.join(parent, name)).st_size for name in names if name.endswith(".py")]
    return len(sizes) <= COMPILE_UP_TO and sum(sizes) >= COMPILE_FROM_BYTES


def compile_ahead(folder: Path, python: Path) -> None:
    """Compile the Python files in `folder` in another process; what exceeds its limits stays uncompiled.

    `python` is the interpreter that functions run on, so that they take its `.pyc` files. It starts no other process.
    """
    command: list[str | Path] = [python, "-I", "-S", COMPILE, folder]
    try:
        subprocess.run(
            command,
            timeout=COMPILE_SECONDS,
            env={},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # its end of file tells at once; waiting with a timeout looks only now and then
            stderr=subprocess.DEVNULL,
        )
    except (subprocess.TimeoutExpired, OSError):  # run() has killed it, or there was no memory to start it
        pass
