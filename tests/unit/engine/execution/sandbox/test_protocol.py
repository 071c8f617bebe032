"""What the engine and the zygote say to each other."""

import os
import socket

from helpers.engine.execution.sandbox.protocol import (
    FORK,
    Hello,
    Reserve,
    Spawn,
    Status,
    encode,
    receive,
    receive_fork,
)

SPAWN = Spawn(["/bin/true"], {"A": "b" * 100_000}, "/", 1)


def test_a_request_for_an_environment_is_a_byte_and_two_descriptors():
    ours, theirs = socket.socketpair()
    reader, writer = os.pipe()
    with ours, theirs:
        socket.send_fds(ours, [FORK], [reader, writer])
        descriptors = receive_fork(theirs)
    os.write(descriptors[1], b"through the copy")
    assert os.read(reader, 100) == b"through the copy"
    for descriptor in (reader, writer, *descriptors):
        os.close(descriptor)


def test_what_to_run_arrives_whole_and_apart_from_what_comes_before_it():
    ours, theirs = socket.socketpair()
    reserve = Reserve(isolated=True, argv=["/bin/true"])
    with ours, theirs:
        ours.sendall(encode(reserve) + encode(SPAWN))
        assert receive(theirs, Reserve) == reserve
        assert receive(theirs, Spawn) == SPAWN


def test_the_end_of_the_engine_is_no_request():
    ours, theirs = socket.socketpair()
    ours.close()
    with theirs:
        assert receive_fork(theirs) is None
        assert receive(theirs, Spawn) is None


def test_a_status_survives_its_line():
    status = Status("exited", 42, -9, True)
    assert Status.decode(status.encode()) == status


def test_the_first_words_of_a_zygote_arrive_and_its_silence_is_none():
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(encode(Hello("plain", "because")))
        assert receive(ours, Hello) == Hello("plain", "because")
        assert receive(ours, Hello) is None
