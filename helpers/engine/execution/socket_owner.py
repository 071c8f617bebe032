"""The owner of the other end of a TCP connection on this machine: proved by the kernel, never guessed.

The port of a Runtime API is open to every process of this machine, for a function has to share the network with the
servers it calls. So each connection is asked for its owner when it is accepted, and served only to its environment:

- Engine runs as root, functions in namespaces: each environment has a user of its own, and that decides.
- Otherwise the socket has to be among the open files of a process below the environment's own supervisor. A process
  that hides them (`PR_SET_DUMPABLE`), or leaves its supervisor, shuts itself out.
- Without Linux's `/proc`: the same, as `psutil` finds it out.

What cannot be proved is refused.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Iterable
from functools import lru_cache

import psutil

from .sandbox import processes

NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_NLM_F_REQUEST = 1
_ANY_COOKIE = (0xFFFFFFFF, 0xFFFFFFFF)
_local = threading.local()

Address = tuple[str, int]
Owner = tuple[int, int]  # user and inode


def belongs_to_environment(peer: Address, host: Address, supervisor: int, uid: int) -> bool:
    """Whether the connection from `peer` to our `host` comes from the environment below the process `supervisor`.

    `uid` is the user that is this environment's alone, 0 where it has none.
    """
    if not supervisor:
        return False
    if not processes.HAS_PROC:
        return has_connection(processes.descendants(supervisor), peer, host)
    try:
        found = find_owner(peer, host)
    except OSError:  # the kernel has no descriptor or no memory left for the question
        return False
    if found is None:
        return False
    if uid:
        return found[0] == uid
    return has_open(processes.descendants(supervisor), found[1])


def has_open(pids: Iterable[int], inode: int) -> bool:
    """Whether one of the processes has the socket with this inode among its open files (`/proc`)."""
    wanted = f"socket:[{inode}]"
    for pid in pids:
        try:
            for entry in os.scandir(f"/proc/{pid}/fd"):
                try:
                    if os.readlink(entry.path) == wanted:
                        return True
                except FileNotFoundError:
                    continue  # closed since
        except OSError:
            continue  # ended since, or it hides them
    return False


def has_connection(pids: Iterable[int], peer: Address, host: Address) -> bool:
    """Whether one of the processes has this very connection open, on any system."""
    for pid in pids:
        try:
            for connection in psutil.Process(pid).net_connections("tcp4"):
                if (connection.laddr, connection.raddr) == (peer, host):
                    return True
        except psutil.Error:
            continue  # ended since, or not ours to look at
    return False


def find_owner(peer: Address, host: Address) -> Owner | None:
    """The owner of the socket that is bound to `peer` and connected to `host`; None if it is not on this machine."""
    return (owner_by_sock_diag if _kernel_answers() else owner_by_proc)(peer, host)


@lru_cache
def _kernel_answers() -> bool:
    """Whether `sock_diag` works: gVisor has none, and a kernel may lack its part for TCP."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as own:
        try:
            return owner_by_sock_diag(own.getsockname(), server.getsockname()) is not None
        except OSError:
            return False


def owner_by_sock_diag(peer: Address, host: Address) -> Owner | None:
    """The owner by `sock_diag` (man 7 sock_diag), asked for this very connection."""
    if not hasattr(_local, "netlink"):
        _local.netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_SOCK_DIAG)
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
    if answer[16 + 4 : 16 + 40] != ports + addresses:  # the kernel may answer with who listens on the peer's port
        return None
    uid, inode = struct.unpack_from("=II", answer, 16 + 64)
    return (uid, inode) if inode else None  # without: nobody has it open any more


def owner_by_proc(peer: Address, host: Address) -> Owner | None:
    """The owner by `/proc/net/tcp`: 5 ms where there are many connections."""
    wanted = [f"{socket.inet_aton(address)[::-1].hex().upper()}:{port:04X}" for address, port in (peer, host)]
    with open("/proc/net/tcp") as table:
        for line in table:
            fields = line.split()
            if fields[1:3] == wanted:
                uid, inode = int(fields[7]), int(fields[9])
                return (uid, inode) if inode else None
    return None
