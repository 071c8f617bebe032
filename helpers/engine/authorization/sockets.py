"""Who owns the other end of a TCP connection on this machine (Linux)."""

from __future__ import annotations

import socket
import struct
import threading
from functools import lru_cache

NETLINK_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_NLM_F_REQUEST = 1
_ANY_COOKIE = (0xFFFFFFFF, 0xFFFFFFFF)
_local = threading.local()

Address = tuple[str, int]
Owner = tuple[int, object, int]  # user, something that no other connection has, inode


def owner(peer: Address, host: Address) -> Owner | None:
    """Who has the socket that is bound to `peer` and connected to `host`; None if nobody on this machine."""
    return (ask_kernel if _kernel_answers() else look_up)(peer, host)


@lru_cache
def _kernel_answers() -> bool:
    """Whether `sock_diag` is there: gVisor has none, and a kernel may lack its part for TCP."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as own:
        try:
            return ask_kernel(own.getsockname(), server.getsockname()) is not None
        except OSError:
            return False


def ask_kernel(peer: Address, host: Address) -> Owner | None:
    """By `sock_diag` (man 7 sock_diag), for this very connection."""
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
    cookie = struct.unpack_from("=II", answer, 16 + 44)
    uid, inode = struct.unpack_from("=II", answer, 16 + 64)
    return uid, cookie, inode


def look_up(peer: Address, host: Address) -> Owner | None:
    """The same from `/proc/net/tcp`: 5 ms where there are many connections."""
    wanted = [f"{socket.inet_aton(address)[::-1].hex().upper()}:{port:04X}" for address, port in (peer, host)]
    with open("/proc/net/tcp") as table:
        for line in table:
            fields = line.split()
            if fields[1:3] == wanted:
                return int(fields[7]), fields[9], int(fields[9])
    return None
