"""Who has the other end of a connection: this process, by both ways of asking."""

import os
import socket
import sys

import pytest

from helpers.engine.authorization import sockets

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


@pytest.mark.parametrize("way", ["ask_kernel", "look_up", "owner"])
def test_the_owner_of_a_connection_is_found(way):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as own:
        uid, _, inode = getattr(sockets, way)(own.getsockname(), server.getsockname())
        assert (uid, inode) == (os.geteuid(), os.fstat(own.fileno()).st_ino)
        assert getattr(sockets, way)(("127.0.0.1", 1), server.getsockname()) is None
