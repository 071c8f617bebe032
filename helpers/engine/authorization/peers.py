"""Is it a function that calls? Only asked where the access key alone would make the caller account root.

Any process of this machine may use the key `test`: that is the learner's. A function is no learner. The kernel
(`sock_diag`, 5 µs) names the owner of the socket at the other end:

- Engine runs as root, functions in namespaces: each environment has a user of its own, and that decides.
- Otherwise functions run as the engine's user: the socket is looked for among the open files of all environments'
  processes, once per connection. A function without namespaces that leaves its process group behind (a daemon that is
  nobody's child) gets away: there it could read the learner's files as well.
- Without Linux nothing can be told, and a function that chooses the key `test` is root.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
from functools import lru_cache
from pathlib import Path

from localstack.http import Request
from rolo.serving import twisted

from .. import environments, executor
from ..sandbox import processes

HOST = "lab.host"  # our own address of a connection: (host, port)
_SOCK_DIAG_BY_FAMILY = 20
_NLM_F_REQUEST = 1
_ANY_COOKIE = (0xFFFFFFFF, 0xFFFFFFFF)
_local = threading.local()


def install() -> None:
    """Have the server tell which of our addresses was called: with the peer's it names a connection."""
    update = twisted.update_wsgi_environment

    def update_with_host(environ, request):
        update(environ, request)
        host = request.getHost()
        environ[HOST] = (host.host, host.port)

    twisted.update_wsgi_environment = update_with_host


def is_function(request: Request) -> bool:
    """Whether a process of an execution environment sent this request."""
    if sys.platform != "linux" or not environments.alive():
        return False
    environ = request.environ
    owner = _owner((environ["REMOTE_ADDR"], int(environ["REMOTE_PORT"])), environ[HOST])
    if owner is None:  # from another machine, or from outside of our container
        return False
    uid, cookie, inode = owner
    if uid in executor.UIDS:
        return True
    hello = executor.zygote.hello
    users_differ = os.geteuid() == 0 and hello is not None and hello.isolation == "namespaces"
    return not users_differ and uid == os.geteuid() and _is_ours(cookie, inode)


def _owner(peer: tuple[str, int], host: tuple[str, int]) -> tuple[int, tuple[int, int], int] | None:
    """User, cookie (never used twice) and inode of the socket that is bound to `peer` and connected to `host`."""
    if not hasattr(_local, "netlink"):
        _local.netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, 4)
        _local.netlink.connect((0, 0))
    ports = struct.pack("!HH", peer[1], host[1])
    addresses = b"".join(socket.inet_aton(address).ljust(16, b"\0") for address in (peer[0], host[0]))
    body = (
        struct.pack("=BBBBI", socket.AF_INET, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF)
        + ports
        + addresses
        + struct.pack("=III", 0, *_ANY_COOKIE)
    )
    _local.netlink.send(struct.pack("=IHHII", 16 + len(body), _SOCK_DIAG_BY_FAMILY, _NLM_F_REQUEST, 1, 0) + body)
    answer = _local.netlink.recv(8192)
    if struct.unpack_from("=IH", answer)[1] != _SOCK_DIAG_BY_FAMILY:
        return None
    cookie = struct.unpack_from("=II", answer, 16 + 44)
    uid, inode = struct.unpack_from("=II", answer, 16 + 64)
    return uid, cookie, inode


@lru_cache(maxsize=4096)
def _is_ours(cookie: tuple[int, int], inode: int) -> bool:
    wanted = f"socket:[{inode}]"
    return any(
        _has_open(process, wanted)
        for environment in environments.alive()
        if environment.pid
        for process in [environment.pid, *processes.descendants(environment.pid)]
    )


def _has_open(process: int, wanted: str) -> bool:
    try:
        for entry in os.scandir(Path("/proc") / str(process) / "fd"):
            try:
                if os.readlink(entry.path) == wanted:
                    return True
            except FileNotFoundError:
                continue  # closed since
    except (FileNotFoundError, ProcessLookupError):
        pass  # ended since
    return False
