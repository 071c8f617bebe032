"""Ports for servers that tests start, of which many run at once."""

import itertools
import os
import socket

# Below those that the system gives to outgoing connections (from 32768 on Linux): such a one could take a port
# between the moment that it was found free and the moment that a server listens on it.
FIRST, COUNT = 12_000, 20_000
_next = itertools.count(os.getpid() * 101)  # each process begins elsewhere


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on, and that this process has not been given before."""
    for number in _next:
        try:
            with socket.create_server(("127.0.0.1", FIRST + number % COUNT)) as server:
                return server.getsockname()[1]
        except OSError:
            continue
    raise AssertionError("unreachable")
