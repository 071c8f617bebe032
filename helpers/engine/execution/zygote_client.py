"""The engine's side of zygotes: one for each Python that functions run on, started when it is first needed.

`zygote` is the one of the engine's own Python.
"""

from __future__ import annotations

import json
import socket
import subprocess
import threading
from pathlib import Path

from .. import settings
from . import interpreters, places
from .interpreters import Python
from .sandbox.protocol import FORK, LENGTH, Hello, receive, receive_exactly

ZYGOTE = Path(__file__).parent / "sandbox" / "zygote.py"
ENDED = "The process that starts functions has ended; see .lab/engine.log for the reason, then run `make down up`."


class Zygote:
    """One zygote process, started when it is first needed, and again if it ends. None: of the engine's own Python."""

    def __init__(self, python: Python | None = None) -> None:
        self.python = python
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: socket.socket | None = None
        self.hello: Hello | None = None

    def start(self) -> None:
        """Start the process, unless it runs. Returns at once; it is ready about 0.1 s later."""
        with self.lock:
            self._start()

    def _start(self) -> None:
        if self.process and self.process.poll() is None:
            return
        if self.connection:
            self.connection.close()
        self.hello = None
        self.connection, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                _command(settings.current(), str(theirs.fileno()), self.python),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={},
                cwd="/",
            )

    def wait_until_ready(self) -> Hello:
        """Start the process unless it runs, and wait for its `Hello`: how environments are isolated here.

        Raises `RuntimeError` when it does not start.
        """
        with self.lock:
            return self._greet()

    def _greet(self) -> Hello:
        self._start()
        assert self.connection
        self.hello = self.hello or receive(self.connection, Hello)
        if self.hello is None:
            raise RuntimeError(ENDED)
        return self.hello

    def fork(self, log: int, control: int) -> int:
        """Start an environment; return its supervisor's process id. It reads its `Reserve` from `control`.

        `log` and `control` are duplicated into it; the caller closes its own copies. Raises `RuntimeError`
        when no process can be started.
        """
        with self.lock:
            self._greet()
            assert self.connection
            try:
                socket.send_fds(self.connection, [FORK], [log, control])
                answer = receive_exactly(self.connection, LENGTH.size)
            except OSError:
                answer = b""
        if len(answer) < LENGTH.size:
            raise RuntimeError(ENDED)
        return int(LENGTH.unpack(answer)[0])


zygote = Zygote()
_others: dict[Python, Zygote] = {}


def running() -> list[Zygote]:
    """The zygotes that run now."""
    return [one for one in (zygote, *list(_others.values())) if one.process and one.process.poll() is None]


def zygote_for(runtime: str) -> Zygote:
    """The zygote for functions of `runtime`: that of their Python, or any for those that are no Python's."""
    if not runtime.startswith("python"):
        return next(iter(running()), zygote)
    chosen = settings.current()
    python = interpreters.python(runtime, chosen)
    if python == interpreters.own_python(chosen):
        return zygote
    return _others.setdefault(python, Zygote(python))


def _command(chosen: settings.Settings, what: str, python: Python | None = None) -> list[str]:
    """The command line; `what` is the descriptor of the zygote's socket, or "probe"."""
    chosen.root.mkdir(parents=True, exist_ok=True)
    python = python or interpreters.own_python(chosen)
    plan = json.dumps(places.zygote_plan(chosen, python))
    # -I -S: nothing of the engine's or the learner's packages or variables reaches a function.
    return [str(python.executable), "-I", "-S", "-X", "utf8", str(ZYGOTE), what, plan]


def probe(chosen: settings.Settings) -> Hello:
    """Find out how environments are isolated here, with a zygote that ends at once: 0.1 s, and no memory kept."""
    if chosen.isolation == "plain":
        return Hello("plain", "LAB_ISOLATION=plain")
    done = subprocess.run(_command(chosen, "probe"), capture_output=True, text=True, env={})
    reason = done.stdout.strip()
    return Hello("plain" if reason or done.returncode else "namespaces", reason or done.stderr.strip()[-300:])
