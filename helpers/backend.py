"""The embedded engine as a process: start it, find it, ask it, stop it.

The engine is a backing service in an environment of its own (`.engine/`), reached over HTTP only. What
is known about the running one is in `engine.json` in the labs' folder:

    {"pid": 4711, "started": 1790000000.1, "port": 4566, "log": "/…/.lab/engine.log"}

`started` guards against a stale file whose pid now belongs to another program.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from helpers import processes
from helpers.ask import healthy
from helpers.errors import EngineError
from helpers.home import ROOT, lab_home, locked, writable, write_atomically

DEFAULT_PORT = 4566
START_SECONDS = 60  # it takes about 3 s; the rest is for a slow or busy machine
STOP_SECONDS = 10  # it takes about 3 s (the launcher's promise)
PASSED_ON = ("PATH", "HOME", "LANG", "LAB_ISOLATION", "LAB_CPU")  # the rest of the environment stays out
LOG_LIMIT = 5_000_000  # bytes; a longer log is put aside as engine.log.1 when the engine starts


@dataclass(frozen=True)
class Record:
    """The running engine: process id, start time (seconds since 1970), port, path of its log."""

    pid: int
    started: float
    port: int
    log: str

    @property
    def endpoint(self) -> str:
        """URL of the engine."""
        return f"http://127.0.0.1:{self.port}"


class Engine:
    """The engine of one labs' folder.

    `home` is that folder, `command` what starts the engine, `environ` where LAB_PORT is read from.
    All three have the defaults that the labs use.
    """

    def __init__(
        self,
        home: Path | None = None,
        command: Sequence[str] | None = None,
        environ: Mapping[str, str] = os.environ,
    ):
        self.environ = environ
        self.home = home or lab_home(environ)
        self.command = list(command or [str(ROOT / ".engine/bin/python"), "-m", "helpers.engine"])
        self.file = self.home / "engine.json"
        self.log = self.home / "engine.log"

    def running(self) -> Record | None:
        """Return the record of the engine if its process is alive, else None. Does not ask the engine."""
        record = self._last()
        if record is None:
            return None
        started = processes.started_at(record.pid)
        return record if started is not None and abs(started - record.started) < 2 else None

    def up(self, port: int | None = None) -> Record:
        """Start the engine unless it runs, wait until it answers, return its record.

        Port: `port`, else LAB_PORT, else where a killed engine of this folder listened (so that clients
        that were made then work again), else 4566.

        Raises: EngineError if the port is taken, is not a port, or differs from that of the running
        engine; if the engine ends or does not answer in 60 s. LabError if the folder cannot be written.
        """
        asked = port if port is not None else self.asked_port()
        with locked(self.home / "engine.lock"):
            record = self.running()
            if record is None:
                return self._start(asked or getattr(self._last(), "port", DEFAULT_PORT))
            if asked not in (None, record.port):
                raise EngineError(
                    f"The engine already runs on port {record.port}, not {asked}: "
                    "stop it with 'python -m helpers down' first, or leave the port out (--port, LAB_PORT)."
                )
            self._wait_until_it_answers(record, offset=0)
            return record

    def down(self) -> bool:
        """Stop the engine and whatever it started; return when its port is free. False: none was running.

        Raises: EngineError if a process or the port is still there after being killed.
        """
        with locked(self.home / "engine.lock"):
            record = self.running()
            if record is None:
                self._forget()
                return False
            members = processes.family(record.pid)
            os.kill(record.pid, signal.SIGTERM)
            _wait_for(lambda: processes.started_at(record.pid) is None, STOP_SECONDS)
            for process in members:  # the engine ends its functions itself: this is for what is left
                if process.is_running():
                    process.kill()
            gone = _wait_for(lambda: not any(_alive(process) for process in members), STOP_SECONDS)
            if not gone or not _wait_for(lambda: processes.port_is_free(record.port), STOP_SECONDS):
                raise EngineError(f"The engine (process {record.pid}) does not stop: end it with kill -9.")
            self._forget()
            return True

    def asked_port(self) -> int | None:
        """Return LAB_PORT, or None if it is not set. Raises: EngineError if it is not a port."""
        text = self.environ.get("LAB_PORT", "")
        if not text:
            return None
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise EngineError(f"LAB_PORT is {text!r}: set it to a number from 1024 to 65535, or unset it.")
        return int(text)

    def _start(self, port: int) -> Record:
        self._check_port(port)
        if not Path(self.command[0]).exists():
            raise EngineError(f"{self.command[0]} is missing: run 'make setup' first.")
        with writable(self.log):
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.replace(self.log.with_suffix(".log.1"))
            self.log.touch()
        with open(self.log, "ab") as output:
            offset = output.tell()
            # A clean slate: neither ambient AWS settings nor the learner's PYTHON* reach the engine.
            keep = {name: self.environ[name] for name in PASSED_ON if name in self.environ}
            process = subprocess.Popen(
                self.command,
                env={**keep, "LAB_PORT": str(port), "LAB_HOME": str(self.home)},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in a terminal or a notebook must not reach the engine
            )
        process.returncode = 0  # not ours to wait for: it outlives us, and Popen would warn about that
        record = Record(process.pid, processes.started_at(process.pid) or 0.0, port, str(self.log))
        write_atomically(self.file, json.dumps(asdict(record), indent=1) + "\n")
        try:
            self._wait_until_it_answers(record, offset)
        except BaseException:  # Ctrl-C too: a half-started engine would block the port
            for member in processes.family(record.pid):
                member.kill()
            self._forget()
            raise
        return record

    def _check_port(self, port: int) -> None:
        if not 0 < port < 65536:
            raise EngineError(f"{port} is not a port: choose a number from 1024 to 65535.")
        try:
            free = processes.port_is_free(port)
        except OSError as error:
            raise EngineError(f"Port {port} is refused ({error.strerror}): choose another with LAB_PORT.") from error
        if not free:
            holder = processes.port_holder(port) or "another program"
            raise EngineError(f"Port {port} is taken by {holder}: stop it, or choose another port with LAB_PORT.")

    def _wait_until_it_answers(self, record: Record, offset: int) -> None:
        def answered_or_ended():
            return processes.started_at(record.pid) is None or healthy(record.endpoint)

        if not _wait_for(answered_or_ended, START_SECONDS):
            raise EngineError(
                f"The engine did not answer within {START_SECONDS} s: read {self.log}, "
                "then run 'python -m helpers down' and try again."
            )
        if processes.started_at(record.pid) is None:
            raise EngineError(f"The engine ended while starting ({self._last_words(offset)}): read {self.log}.")

    def _last_words(self, offset: int) -> str:
        with open(self.log, "rb") as file:
            file.seek(offset)
            lines = file.read().decode(errors="replace").splitlines()
        words = [line.strip() for line in lines if line.strip()][-3:]
        return " | ".join(words) or "it wrote nothing to its log"

    def _last(self) -> Record | None:
        try:
            return Record(**json.loads(self.file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):  # none, or not written by us: the same as none
            return None

    def _forget(self) -> None:
        with writable(self.file):
            self.file.unlink(missing_ok=True)


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and processes.started_at(process.pid) is not None


def _wait_for(condition, seconds: float, *, sleep=time.sleep, clock=time.monotonic) -> bool:
    deadline = clock() + seconds
    while not condition():
        if clock() >= deadline:
            return False
        sleep(0.03)
    return True
