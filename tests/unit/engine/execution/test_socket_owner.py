"""Who has the other end of a connection: this process, by every way of asking; and nobody else."""

import os
import socket
import sys

import pytest

from helpers.engine.execution import socket_owner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")


@pytest.fixture
def pair():
    """The two addresses of a connection of this process, its own end and its inode."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as own:
        yield own.getsockname(), server.getsockname(), own


@pytest.mark.parametrize("way", ["owner_by_sock_diag", "owner_by_proc", "find_owner"])
def test_the_owner_of_a_connection_is_found(pair, way):
    peer, host, own = pair
    uid, inode = getattr(socket_owner, way)(peer, host)
    assert (uid, inode) == (os.geteuid(), os.fstat(own.fileno()).st_ino)
    assert getattr(socket_owner, way)(("127.0.0.1", 1), host) is None


@pytest.mark.parametrize("way", ["owner_by_sock_diag", "owner_by_proc"])
def test_a_connection_that_its_owner_has_closed_is_nobodys_also_when_somebody_listens_there(pair, way):
    peer, host, own = pair
    own.close()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("0.0.0.0", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert getattr(socket_owner, way)(peer, host) is None
        assert getattr(socket_owner, way)(("127.0.0.1", port), host) is None


def test_the_open_files_of_the_right_process_prove_it(pair):
    peer, host, own = pair
    inode = os.fstat(own.fileno()).st_ino
    assert socket_owner.has_open([1, os.getpid()], inode)
    assert not socket_owner.has_open([os.getppid(), 2**22 + 1], inode)
    assert socket_owner.has_connection([os.getpid()], peer, host)
    assert not socket_owner.has_connection([os.getppid(), 2**22 + 1], peer, host)
    assert not socket_owner.has_connection([os.getpid()], ("127.0.0.1", 1), host)


def test_a_user_of_its_own_decides_where_there_is_one(pair, monkeypatch):
    peer, host, _ = pair
    assert not socket_owner.belongs_to_environment(peer, host, os.getppid(), 1_900_000_001)
    monkeypatch.setattr(socket_owner, "find_owner", lambda *_: (1_900_000_001, 42))
    assert socket_owner.belongs_to_environment(peer, host, os.getppid(), 1_900_000_001)
    assert not socket_owner.belongs_to_environment(peer, host, os.getppid(), 1_900_000_002)


def test_without_one_only_processes_below_the_supervisor_count(pair):
    peer, host, _ = pair
    assert socket_owner.belongs_to_environment(peer, host, os.getppid(), 0)
    assert not socket_owner.belongs_to_environment(peer, host, os.getpid(), 0)  # itself is not below itself
    assert not socket_owner.belongs_to_environment(peer, host, 0, 0)


def test_without_proc_the_processes_are_asked_themselves(pair, monkeypatch):
    peer, host, _ = pair
    monkeypatch.setattr(socket_owner.processes, "HAS_PROC", False)
    assert socket_owner.belongs_to_environment(peer, host, os.getppid(), 0)
    assert not socket_owner.belongs_to_environment(peer, host, os.getpid(), 0)


def test_a_kernel_that_cannot_answer_proves_nothing(pair, monkeypatch):
    def fail(*_):
        raise OSError("no descriptors left")

    monkeypatch.setattr(socket_owner, "find_owner", fail)
    assert not socket_owner.belongs_to_environment(*pair[:2], os.getppid(), 0)
