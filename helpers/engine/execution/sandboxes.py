"""Starting an environment: its first process, and what connects it with the engine. It has no function yet."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, replace

from .. import settings
from . import places, users
from .sandbox.protocol import Reserve, Spawn, encode
from .zygote_client import Zygote

SEND_SECONDS = 5.0  # for what an environment is told; only more than the socket keeps (200 KB) would take time


@dataclass(frozen=True)
class Kind:
    """What makes one environment without a function as good as another."""

    zygote: Zygote
    reserve: Reserve

    def __hash__(self) -> int:
        return hash((self.zygote, encode(self.reserve)))


@dataclass
class Sandbox:
    """An environment that waits for its function, with our ends of what connects it."""

    kind: Kind
    log: int
    control: socket.socket
    listener: socket.socket
    pid: int = 0  # of the supervisor
    uid: int = 0

    @property
    def address(self) -> str:
        """The address of its Runtime API: `host:port`."""
        host, port = self.listener.getsockname()
        return f"{host}:{port}"

    def become(self, spawn: Spawn) -> None:
        """Tell it its function. Raises `OSError` if it does not listen."""
        api = {"AWS_LAMBDA_RUNTIME_API": self.address}
        spawn = replace(spawn, environ={**spawn.environ, **api}, extension_environ={**spawn.extension_environ, **api})
        self.control.settimeout(SEND_SECONDS)
        self.control.sendall(encode(spawn))
        self.control.setblocking(False)

    def is_there(self) -> bool:
        """Whether it still waits."""
        try:
            return bool(self.control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """End it, before it has a function."""
        os.close(self.log)
        self.control.close()
        self.listener.close()
        users.give_back(self.uid)


def start(kind: Kind) -> Sandbox:
    """Start an environment. Raises `RuntimeError` where the system starts none."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    listener.setblocking(False)
    reader, writer = log_pipe()
    control, theirs = socket.socketpair()
    sandbox = Sandbox(kind, reader, control, listener)
    reserve = kind.reserve
    try:
        if reserve.isolated and os.geteuid() == 0:
            sandbox.uid = users.take()
            passwd = places.passwd_bind(sandbox.uid, settings.current())
            reserve = replace(reserve, uid=sandbox.uid, binds={**reserve.binds, **passwd})
        environ = {**reserve.environ, "AWS_LAMBDA_RUNTIME_API": sandbox.address}
        # Before there is anybody to read it: a kilobyte, which the socket keeps, and nobody has to wait.
        control.sendall(encode(replace(reserve, environ=environ)))
        sandbox.pid = kind.zygote.fork(writer, theirs.fileno())
    except BaseException:
        sandbox.close()
        raise
    finally:
        os.close(writer)
        theirs.close()
    return sandbox


def log_pipe() -> tuple[int, int]:
    """A pipe for an environment's output (reader, writer), large enough that a burst does not wait for the engine."""
    reader, writer = os.pipe()
    try:
        import fcntl

        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1024 * 1024)
    except (AttributeError, OSError):  # Linux only, and limited for unprivileged users: smaller is only slower
        pass
    return reader, writer
