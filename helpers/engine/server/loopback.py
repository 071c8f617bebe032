"""Listen on 127.0.0.1 only. LocalStack 4.9.2 reads the host in `GATEWAY_LISTEN` and then binds every address.

In our Docker image only, `Settings.listen` is another address. And let a burst of connections wait to be accepted:
with Twisted's 50 some of 500 clients that came at once were turned away. Who connects and says nothing is not waited
for: Twisted's own timeout begins with the first byte, for LocalStack looks at that to tell TLS.

LocalStack's calls to itself go to the same address: `localhost` may be `::1`, where a function may listen, or nothing.
"""

from __future__ import annotations

import os
import sys
from functools import partial, partialmethod
from typing import Any

from localstack import config
from localstack.aws.serving.twisted import TLSMultiplexer
from localstack.runtime.server import twisted
from localstack.utils import net
from twisted.internet import endpoints, reactor

from .. import settings

BACKLOG = 4096  # connections; the system may allow less
SILENT_SECONDS = 20


def install() -> None:
    """Give LocalStack's server an endpoint that is bound to one interface, and its clients the same address."""

    class LoopbackEndpoints:
        """`twisted.internet.endpoints` as LocalStack's server uses it."""

        TCP4ServerEndpoint = partial(Endpoint, interface=settings.current().listen, backlog=BACKLOG)

    twisted.endpoints = LoopbackEndpoints
    TLSMultiplexer.makeConnection = partialmethod(make_connection, TLSMultiplexer.makeConnection)
    is_port_open = net.is_port_open  # of its own port, when it starts
    net.is_port_open = lambda port, **options: is_port_open(f"tcp://{settings.LOOPBACK}:{port}", **options)
    config.LOCALHOST = settings.LOOPBACK  # of `config.internal_service_url`


class Endpoint(endpoints.TCP4ServerEndpoint):
    """One without which the engine ends: LocalStack would go on without a port, and another program answer on it."""

    def listen(self, protocolFactory: Any) -> Any:  # noqa: N803 (Twisted's name)
        """Listen, or end this process."""
        return super().listen(protocolFactory).addErrback(end)


def end(failure: Any) -> None:
    """Say why, and end."""
    sys.stderr.write(f"The engine cannot listen on its port: {failure.getErrorMessage()}\n")
    sys.stderr.flush()
    os._exit(1)


def make_connection(self: TLSMultiplexer, original: Any, transport: Any) -> None:
    """`TLSMultiplexer.makeConnection` that looks again after a while."""
    original(self, transport)
    reactor.callLater(SILENT_SECONDS, close_if_silent, self)


def close_if_silent(connection: TLSMultiplexer) -> None:
    """End a connection on which nothing has arrived yet."""
    if not connection._isInitialized:
        connection.transport.abortConnection()
