"""The engine's side of the zygote: start it, keep it, ask it for environments."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from pathlib import Path

from .sandbox.protocol import LENGTH, Spawn, receive_exactly
from .settings import Settings

ZYGOTE = Path(__file__).parent / "sandbox" / "zygote.py"


class Zygote:
    """One zygote process, started when it is first needed and again should it ever end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: socket.socket | None = None

    def start(self) -> None:
        """Start the process, unless it runs. Returns at once; it is ready about 0.1 s later."""
        with self.lock:
            self._start()

    def _start(self) -> None:
        if self.process and self.process.poll() is None:
            return
        if self.connection:
            self.connection.close()
        self.connection, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                # -I -S: nothing of the engine's or the learner's packages or variables reaches a function.
                [
                    self.settings.base_python,
                    "-I",
                    "-S",
                    "-X",
                    "utf8",
                    ZYGOTE,
                    str(theirs.fileno()),
                    str(self.settings.python_packages),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={},
                cwd="/",
            )

    def spawn(self, spawn: Spawn, log: int, control: int) -> int:
        """Start an environment; its supervisor's process id.

        `log` and `control` are duplicated into it; the caller closes its own copies. Raises `RuntimeError`
        when no process can be started.
        """
        request = spawn.encode()
        with self.lock:
            self._start()
            assert self.connection
            try:
                sent = socket.send_fds(self.connection, [request], [log, control])
                self.connection.sendall(request[sent:])
                answer = receive_exactly(self.connection, LENGTH.size)
            except OSError:
                answer = b""
        if len(answer) < LENGTH.size:
            raise RuntimeError("The process that starts functions has ended; see .lab/engine.log, then `make down up`.")
        return int(LENGTH.unpack(answer)[0])

    def stop(self) -> None:
        """End the zygote. Environments end by themselves, with their control sockets."""
        with self.lock:
            if self.connection:
                self.connection.close()
            if self.process:
                self.process.wait(timeout=2)


def log_pipe() -> tuple[int, int]:
    """A pipe for what an environment prints, large enough that a burst does not wait for the engine."""
    reader, writer = os.pipe()
    try:
        import fcntl

        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1024 * 1024)
    except (AttributeError, OSError):  # Linux only, and limited for unprivileged users: smaller is only slower
        pass
    return reader, writer
