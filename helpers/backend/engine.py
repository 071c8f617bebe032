"""The embedded engine as a process: start it, find it, stop it.

The engine is a backing service in an environment of its own (`.engine/`), reached over HTTP only. What
is known about the running one is in `engine.json` in the labs' folder:

    {"pid": 4711, "birth": "<boot id> 34812", "port": 4566, "log": "/…/.lab/engine.log"}

`birth` guards against a stale file whose pid now belongs to another program. Anything else in the file counts as no
record, including one with a time of day (`started`), as before November 2026: such an engine has to be ended by hand.
"""

import json
import os
import re
import signal
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from helpers.backend import processes
from helpers.backend.credentials import ensure_secret
from helpers.backend.launch import Record, spawn, wait_for, wait_until_it_answers
from helpers.errors import EngineError
from helpers.state.home import ROOT, lab_home, locked, read_json, writable, write_atomically
from helpers.state.interrupts import postponed

COMMAND = (str(ROOT / ".engine/bin/python"), "-m", "helpers.engine")
DEFAULT_PORT = 4566
STOP_SECONDS = 5  # it takes about 2; then it is killed

__all__ = ["DEFAULT_PORT", "Engine", "Record"]


class Engine:
    """The engine of one labs' folder.

    `home` is that folder, `command` what starts the engine, `environ` where LAB_PORT and LAB_HOME are read
    from. All three have the defaults that the labs use.
    """

    def __init__(
        self,
        home: Path | None = None,
        command: Sequence[str] | None = None,
        environ: Mapping[str, str] = os.environ,
    ):
        self.environ = environ
        self.home = home or lab_home(environ)
        self.command = list(command or COMMAND)
        self.file = self.home / "engine.json"

    def running(self) -> Record | None:
        """Return the record of the engine if its process is alive, else None. Does not ask the engine."""
        record = self._last()
        return record if record is not None and record.alive else None

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
                last = self._last()
                return self._start(asked if asked is not None else last.port if last else DEFAULT_PORT)
            if asked not in (None, record.port):
                raise EngineError(
                    f"The engine already runs on port {record.port}, not {asked}: "
                    "stop it with 'python -m helpers down' first, or leave the port out (--port, LAB_PORT)."
                )
            wait_until_it_answers(record, _size(record.log))
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
            wait_for(lambda: not record.alive, STOP_SECONDS)
            processes.kill(members)  # the engine ends its functions itself: this is for what is left
            gone = wait_for(lambda: not any(map(processes.is_alive, members)), STOP_SECONDS)
            if not gone or not wait_for(lambda: processes.port_is_free(record.port), STOP_SECONDS):
                raise EngineError(f"The engine (process {record.pid}) does not stop: end it with 'kill -9'.")
            self._forget()
            return True

    def asked_port(self) -> int | None:
        """Return LAB_PORT, or None if it is not set. Raises: EngineError if it is not a port."""
        text = self.environ.get("LAB_PORT", "")
        if not text:
            return None
        if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65536:
            raise EngineError(f"LAB_PORT is {text!r}: set it to a number from 1024 to 65535, or unset it.")
        return int(text)

    def _start(self, port: int) -> Record:
        ensure_secret(self.home)  # before the engine looks for it: a kernel may already have signed with it
        offset = _size(self.home / "engine.log")
        record = None
        try:
            with postponed():  # an engine that is not on record could not be ended
                record = spawn(self.command, port, self.home, self.environ)
                write_atomically(self.file, json.dumps(asdict(record), indent=1) + "\n")
            wait_until_it_answers(record, offset)
        except BaseException:  # Ctrl-C too: a half-started engine would block the port
            if record is not None:
                with postponed():
                    processes.kill(processes.family(record.pid))
                    self._forget()
            raise
        return record

    def _last(self) -> Record | None:
        try:
            return Record(**read_json(self.file))  # type: ignore[arg-type] # Record checks what it is given
        except (OSError, ValueError, TypeError):  # none, or not written by us: the same as none
            return None

    def _forget(self) -> None:
        with writable(self.file):
            self.file.unlink(missing_ok=True)


def _size(log: str | Path) -> int:
    try:
        return Path(log).stat().st_size
    except OSError:
        return 0
