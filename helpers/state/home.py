"""The labs' own folder: its path, locks, and files written in one step.

`.lab/` in the repository, or the folder named by LAB_HOME, holds the engine's record and log, its
temporary files, and the learner's progress. Nothing outside it is ever written, but the learner's copies in `my/`.
"""

import contextlib
import fcntl
import glob
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from helpers.errors import LabError

ROOT = Path(__file__).resolve().parents[2]


def lab_home(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the absolute path of the labs' folder; it need not exist yet."""
    return Path(environ.get("LAB_HOME") or ROOT / ".lab").expanduser().absolute()


@contextlib.contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn an operating system error on `path` into a LabError.

    Raises: LabError if the block fails with OSError.
    """
    try:
        yield
    except IsADirectoryError as error:
        folder = error.filename2 or error.filename or path
        raise LabError(f"{folder} is a folder, and a file of the labs belongs there: move it elsewhere.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LabError(
            f"{path} cannot be written ({reason}): make it writable, or set LAB_HOME to a folder that is."
        ) from error


@contextlib.contextmanager
def locked(
    path: Path,
    *,
    seconds: float = 120,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[None]:
    """Hold an exclusive lock on the file `path` (made if missing) while the block runs.

    The lock is the kernel's (`flock`): it goes away with the process that holds it, so a crash leaves none.

    Raises: LabError if the file cannot be made, or another process holds the lock for longer than `seconds`.
    """
    with writable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    with writable(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = clock() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if clock() >= deadline:
                    raise LabError(
                        f"Another process has held {path} for {seconds:.0f} s: wait for it, or end it."
                    ) from None
                sleep(0.02)
        yield
    finally:
        os.close(handle)


def read_json(path: Path) -> object:
    """Return the content of the JSON file `path`, without the byte order mark that some editors write.

    Raises: OSError if it cannot be read, or is a folder; ValueError if it is not JSON, or nested too deep to be ours.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def write_atomically(path: Path, text: str) -> None:
    """`replace_file` in the labs' folder. Raises: LabError if the folder cannot be written."""
    with writable(path.parent):
        replace_file(path, text.encode())


def replace_file(path: Path, content: bytes) -> None:
    """Replace the file `path` by `content` in one step: a reader sees the old or the new, never a part.

    The caller holds the lock of that file, so whatever killed writers left behind is removed.

    Raises: OSError if the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        left.unlink(missing_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
