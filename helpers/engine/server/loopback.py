"""Listening on 127.0.0.1 only; LocalStack 4.9.2 binds every address, whatever `GATEWAY_LISTEN` says.

In our Docker image only, `Settings.listen` is another address. And let a burst of connections wait to be accepted:
with Twisted's 50 some of 500 clients that came at once were turned away. Who connects and says nothing is not waited
for: Twisted's own timeout begins with the first byte, for LocalStack looks at that to tell TLS.

LocalStack's calls to itself go to the same address: `localhost` may be `::1`, where a function may listen, or nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from localstack.aws.serving.twisted import TLSMultiplexer
from twisted.internet import endpoints, reactor

from .. import settings

BACKLOG = 4096  # connections; the system may allow less
SILENT_SECONDS = 20


class Endpoint(endpoints.TCP4ServerEndpoint):
    """An endpoint that ends the engine if its port is taken; LocalStack would go on without one."""

    def listen(self, protocolFactory: Any) -> Any:  # noqa: N803 (Twisted's name)
        """Listen, or end this process."""
        return super().listen(protocolFactory).addErrback(end)


class LoopbackEndpoints:
    """`twisted.internet.endpoints` as LocalStack's server uses it."""

    TCP4ServerEndpoint = partial(Endpoint, interface=settings.current().listen, backlog=BACKLOG)


def is_port_open(original: Callable[..., bool], port_or_url: int | str, **options: Any) -> bool:
    """Wrap `net.is_port_open`, which LocalStack asks about its own port when it starts."""
    return original(f"tcp://{settings.LOOPBACK}:{port_or_url}", **options)


def end(failure: Any) -> None:
    """Print the reason and end the process."""
    sys.stderr.write(f"The engine cannot listen on its port: {failure.getErrorMessage()}\n")
    sys.stderr.flush()
    os._exit(1)


def make_connection(original: Any, self: TLSMultiplexer, transport: Any) -> None:
    """Wrap `TLSMultiplexer.makeConnection`: look again after a while."""
    original(self, transport)
    reactor.callLater(SILENT_SECONDS, close_if_silent, self)


def close_if_silent(connection: TLSMultiplexer) -> None:
    """Close a connection on which nothing has arrived yet."""
    if not connection._isInitialized:
        connection.transport.abortConnection()
