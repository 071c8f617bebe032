"""What the engine, the zygote and a supervisor say to each other.

Zygote → engine, once: a `Hello`. Then engine → zygote (one stream socket): length-prefixed JSON objects, each a
`Spawn`, with two file descriptors: the write end of the environment's log pipe and one end of its control socket.
The zygote answers each with the supervisor's process id as four bytes.

Engine → supervisor (the control socket): one byte a command. End of file means: end everything.
Supervisor → engine: a JSON object a line, see `Status`.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass, field

FREEZE, THAW = b"F", b"T"
LENGTH = struct.Struct("!I")


@dataclass(frozen=True)
class Hello:
    """How the zygote isolates environments: `namespaces` or `plain`. `reason` says why not better, or is empty."""

    isolation: str
    reason: str = ""


@dataclass(frozen=True)
class Spawn:
    """An execution environment to start.

    `argv` empty means a Python runtime, run in the forked process itself; `path` is what it finds modules on, first
    to last. `memory_bytes` is the limit at which the whole process tree is killed. `cpus` is the share of processors
    that invocations get, 0 for all there is. `binds` (where to see which folder), `tmp_bytes` and `uid` count only
    where there are namespaces.
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
    uid: int = 0


@dataclass(frozen=True)
class Status:
    """What a supervisor reports: `frozen` after a freeze, `exited` once the runtime is gone.

    `peak_bytes` is the most memory the process tree has held so far. `code` is the exit code, or minus the
    signal's number, as in `subprocess`. `not_executed` says why the program never ran, or is empty.
    """

    event: str
    peak_bytes: int
    code: int | None = None
    out_of_memory: bool = False
    not_executed: str = ""

    def encode(self) -> bytes:
        """As it travels: one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> Status:
        """From one line."""
        return cls(**json.loads(line))


def encode(message: Hello | Spawn) -> bytes:
    """A message as it travels: its length, then JSON."""
    body = json.dumps(asdict(message)).encode()
    return LENGTH.pack(len(body)) + body


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """`size` bytes from `connection`; fewer only at end of file."""
    data = b""
    while len(data) < size and (chunk := connection.recv(size - len(data))):
        data += chunk
    return data


def receive_hello(connection: socket.socket) -> Hello | None:
    """The zygote's first words, or None when it ended before it could say them."""
    head = receive_exactly(connection, LENGTH.size)
    return Hello(**json.loads(receive_exactly(connection, LENGTH.unpack(head)[0]))) if head else None


def receive_spawn(connection: socket.socket) -> tuple[Spawn, list[int]] | None:
    """The next request and its file descriptors, or None at end of file."""
    head, descriptors, _, _ = socket.recv_fds(connection, LENGTH.size, 2)
    if not head:
        return None
    head += receive_exactly(connection, LENGTH.size - len(head))
    body = receive_exactly(connection, LENGTH.unpack(head)[0])
    return Spawn(**json.loads(body)), descriptors
