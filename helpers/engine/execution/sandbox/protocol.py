"""The messages between the engine, the zygote and a supervisor.

Zygote → engine, once: a `Hello`. Then engine → zygote (one stream socket): a byte for each environment, with two file
descriptors: the write end of its log pipe and one end of its control socket. The zygote forks, and answers with the
supervisor's process id as four bytes. What one function is told must not stay in the memory that the next is forked
from: so the zygote is told nothing.

Engine → supervisor (the control socket): a `Reserve` as length-prefixed JSON; in the same way, at once or much later, a
`Spawn`; then one byte a command, which may be read somewhat later (`commands`). End of file means: end everything.
Supervisor → a runtime that was started in reserve, at its standard input: an `Assignment`, likewise.
Supervisor → engine: a JSON object a line, see `Status`.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass, field
from typing import TypeVar

FORK = b"+"
FREEZE, THAW = b"F", b"T"  # the first is answered
FREEZE_SOON, THAW_BRIEFLY = b"f", b"t"  # around a brief invocation; not answered
START, TERMINATE, KILL = b"S", b"E", b"K"  # the runtime of an environment with extensions
LENGTH = struct.Struct("!I")


@dataclass(frozen=True)
class Hello:
    """How the zygote isolates environments: `namespaces` or `plain`. `reason` says why not better, or is empty."""

    isolation: str
    reason: str = ""


@dataclass(frozen=True)
class Reserve:
    """An execution environment whose function is not known yet: what many functions have in common.

    `isolated`: in namespaces; `binds` (where to see which folder) and `uid` count only there. `argv` is a runtime to
    start already, which waits for its `Assignment`: empty for Python's, run in the forked process itself; None for
    none. `environ` is what it may read while it starts; `path` is where Python finds AWS's packages.
    """

    isolated: bool = False
    binds: dict[str, str] = field(default_factory=dict)
    uid: int = 0
    argv: list[str] | None = None
    environ: dict[str, str] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Assignment:
    """The function that a runtime in reserve becomes. `path` is what Python finds modules on, first to last."""

    environ: dict[str, str]
    cwd: str
    handler: str = ""
    path: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Spawn:
    """The function of an execution environment.

    `argv` empty means a Python runtime, run in the forked process itself; `path` is what it finds modules on, first
    to last. `memory_bytes` is the limit at which the whole process tree is killed. `cpus` is the share of processors
    that invocations get, 0 for all there is. `binds` (where to see which folder) and `tmp_bytes` count only
    where there are namespaces; `readable` and `writable`, files and folders, only where there are none (`landlock`).
    `extensions` are programs that run beside the runtime, which then waits for `START`; `account` is the function's.
    """

    argv: list[str]
    environ: dict[str, str]
    cwd: str
    memory_bytes: int
    handler: str = ""
    path: list[str] = field(default_factory=list)
    cpus: float = 0.0
    binds: dict[str, str] = field(default_factory=dict)
    tmp_bytes: int = 512 * 1024 * 1024
    readable: list[str] = field(default_factory=list)
    writable: list[str] = field(default_factory=list)
    extensions: list[str] = field(default_factory=list)
    extension_environ: dict[str, str] = field(default_factory=dict)
    account: str = ""

    def assignment(self) -> Assignment:
        """What its runtime is told of it."""
        return Assignment(self.environ, self.cwd, self.handler, self.path)


@dataclass(frozen=True)
class Status:
    """A supervisor's report: `frozen` after `FREEZE`, `exited` after the runtime's end, `extension` after that of one.

    Also `company`: other processes use memory besides the runtime, or memory that none shows (`code` 1); 0: no longer.

    `peak_bytes` is the most memory the process tree has held so far. `code` is the exit code, or minus the
    signal's number, as in `subprocess`. `not_executed` says why the program never ran, or is empty.
    """

    event: str
    peak_bytes: int
    code: int | None = None
    out_of_memory: bool = False
    not_executed: str = ""
    extension: str = ""

    def encode(self) -> bytes:
        """Encode as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Status:
        """Decode one line."""
        return cls(**json.loads(line))


Message = TypeVar("Message", Hello, Reserve, Spawn, Assignment)


def encode(message: Hello | Reserve | Spawn | Assignment) -> bytes:
    """Encode a message: its length, then JSON."""
    body = json.dumps(asdict(message)).encode()
    return LENGTH.pack(len(body)) + body


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """`size` bytes from `connection`; fewer only at end of file."""
    data = b""
    while len(data) < size and (chunk := connection.recv(size - len(data))):
        data += chunk
    return data


def receive_fork(connection: socket.socket) -> tuple[int, int] | None:
    """The next request for an environment: its log and its control socket, or None at end of file."""
    request, descriptors, _, _ = socket.recv_fds(connection, 1, 2)
    return (descriptors[0], descriptors[1]) if request else None


def receive(connection: socket.socket, kind: type[Message]) -> Message | None:
    """The next message, which is of this kind; None when the other end has gone before it could send it."""
    head = receive_exactly(connection, LENGTH.size)
    body = receive_exactly(connection, LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
    return kind(**json.loads(body)) if body else None
