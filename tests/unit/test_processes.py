"""What the operating system knows about a process or a port."""

import os
import socket
import subprocess
import sys
import time

import psutil

from helpers import processes


def test_this_process_has_a_start_time():
    assert processes.started_at(os.getpid()) <= time.time()


def test_a_child_that_has_ended_is_not_running_though_nobody_waited_for_it():
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 10
    while processes.started_at(child.pid) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes.started_at(child.pid) is None
    child.wait()


def test_a_process_that_its_parent_has_not_collected_is_not_running():
    # The name keeps the object: Popen's end would collect a child that has ended.
    program = "import subprocess, sys; c = subprocess.Popen(['true']); print(c.pid, flush=True); sys.stdin.read()"
    parent = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        zombie = int(parent.stdout.readline())
        deadline = time.monotonic() + 10
        while processes.started_at(zombie) is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert psutil.pid_exists(zombie)
        assert processes.started_at(zombie) is None


def test_a_process_that_never_was_has_no_family():
    assert processes.family(2**22 + 1) == []


def test_a_port_someone_listens_on_is_not_free(port):
    assert processes.port_is_free(port)
    with socket.create_server(("127.0.0.1", port)):
        assert not processes.port_is_free(port)


def test_a_port_someone_listens_on_at_every_address_is_not_free(port):
    with socket.create_server(("0.0.0.0", port)):
        assert not processes.port_is_free(port)


def test_nobody_holds_a_free_port(port):
    assert processes.port_holder(port) is None


def test_resident_memory_is_in_bytes():
    assert 1_000_000 < processes.resident_bytes(processes.family(os.getpid())[:1]) < 10_000_000_000
