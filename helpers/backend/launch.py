"""Start the embedded engine as a process of its own, and wait until it answers."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.backend import processes
from helpers.backend.credentials import ensure_secret
from helpers.backend.health import knows_secret
from helpers.errors import EngineError
from helpers.state.home import ROOT, writable

START_SECONDS = 60  # it takes one to three; the rest is for a slow or busy machine
# What the engine is given of the environment. The LAB_* choose how functions run, whether IAM is enforced and whether
# signatures are verified, and further host names it answers to (helpers/engine/settings.py).
PASSED_ON = ("PATH", "HOME", "LANG", "LAB_ISOLATION", "LAB_CPU", "LAB_IAM", "LAB_AUTH", "LAB_HOSTS", "LAB_LOG")
LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside as engine.log.1 when the engine starts


@dataclass(frozen=True)
class Record:
    """A started engine: process id, `processes.birth` of that process, port, path of its log.

    Raises: ValueError for values that no engine has: the record may have been edited, or be older.
    """

    pid: int
    birth: str
    port: int
    log: str

    def __post_init__(self) -> None:
        kinds = (type(self.pid), type(self.birth), type(self.port), type(self.log))
        if kinds != (int, str, int, str) or not 0 < self.pid < 2**31 or not 0 < self.port < 65536 or "\0" in self.log:
            raise ValueError("not the record of an engine")

    @property
    def endpoint(self) -> str:
        """URL of the engine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether this process still runs; another one may have its id by now."""
        return processes.birth(self.pid) == self.birth


def spawn(command: Sequence[str], port: int, home: Path, environ: Mapping[str, str]) -> Record:
    """Start `command` in the background on `port`, with `home` as its folder; does not wait for an answer.

    Raises: EngineError if the program is missing or the port cannot be had, LabError if the log cannot be written.
    """
    check_port(port)
    if not Path(command[0]).exists():
        raise EngineError(f"{command[0]} is missing: run 'make setup' first.")
    log = home / "engine.log"
    with writable(log):
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(home / "engine.log.1")
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    # A clean slate: neither ambient AWS settings nor the learner's PYTHON* reach the engine.
    keep = {name: environ[name] for name in PASSED_ON if name in environ}
    with open(descriptor, "ab") as output:
        process = subprocess.Popen(
            command,
            env={**keep, "LAB_PORT": str(port), "LAB_HOME": str(home)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C in a terminal or a notebook must not reach the engine
        )
    birth = processes.birth(process.pid) or "ended at once"
    process.returncode = 0  # it outlives us: Popen would warn that it still runs
    return Record(process.pid, birth, port, str(log))


def check_port(port: int) -> None:
    """Check that 127.0.0.1:`port` is free. Raises: EngineError if it is not, naming what listens there if known."""
    if not 0 < port < 65536:
        raise EngineError(f"{port} is not a port: choose a number from 1024 to 65535.")
    try:
        free = processes.port_is_free(port)
    except OSError as error:
        raise EngineError(f"Port {port} is refused ({error.strerror}): choose another with LAB_PORT.") from error
    if not free:
        holder = processes.port_holder(port) or "another program"
        raise EngineError(f"Port {port} is taken by {holder}: stop it, or choose another port with LAB_PORT.")


def wait_until_it_answers(record: Record, offset: int, *, seconds: float = START_SECONDS) -> None:
    """Wait until the engine answers. `offset`: where in its log this start begins, in bytes.

    The answer has to show the secret of its folder: another program may have taken the port a moment before.

    Raises: EngineError, with its last words, if it ends; or if it does not answer in `seconds`.
    """
    secret = ensure_secret(Path(record.log).parent)
    if not wait_for(lambda: not record.alive or knows_secret(record.endpoint, secret, seconds=2), seconds):
        raise EngineError(f"The engine did not answer within {seconds:.0f} s: read {record.log}, then try again.")
    if not record.alive:
        raise EngineError(f"The engine ended while starting ({last_words(record.log, offset)}): read {record.log}.")


def last_words(log: str, offset: int) -> str:
    """Return the last three lines written to `log` after `offset`, on one line of 500 characters at most."""
    try:
        with open(log, "rb") as file:
            size = file.seek(0, 2)
            offset = offset if offset <= size else 0  # the log was put aside meanwhile
            file.seek(max(offset, size - 10_000))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError as error:
        return f"its log cannot be read: {error.strerror}"
    printable = ["".join(filter(str.isprintable, line)).strip() for line in lines]
    return " | ".join([line for line in printable if line][-3:])[-500:] or "it wrote nothing to its log"


def wait_for(
    condition: Callable[[], object],
    seconds: float,
    *,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Return True as soon as `condition` holds, False if it does not within `seconds`."""
    deadline = clock() + seconds
    while not condition():
        if clock() >= deadline:
            return False
        sleep(0.03)
    return True
