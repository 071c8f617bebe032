"""What the operating system knows about a process or a port."""

import os
import socket
import subprocess
import sys
import time

import psutil
import pytest

from helpers.backend import processes


def test_a_process_is_born_once():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with child:
        assert processes.birth(child.pid) == processes.birth(child.pid) != processes.birth(os.getpid())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system keeps the time of day of a start")
def test_a_clock_that_steps_does_not_change_when_a_process_was_born(monkeypatch):
    """psutil adds a process's ticks to the time of boot, which the system works out from the time of day."""
    born, boot_time, started = processes.birth(os.getpid()), psutil.boot_time(), psutil.Process().create_time()
    monkeypatch.setattr(psutil._pslinux, "boot_time", lambda: boot_time + 3600)
    assert psutil.Process().create_time() > started + 1800, "the clock was stepped for psutil"
    assert processes.birth(os.getpid()) == born


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("name", ["python3", "a (b) c", ") Z 1"])
def test_a_process_is_read_whatever_its_name(tmp_path, monkeypatch, name):
    (tmp_path / "sys/kernel/random").mkdir(parents=True)
    (tmp_path / "sys/kernel/random/boot_id").write_text("boot\n")
    (tmp_path / str(os.getpid())).mkdir()
    fields = " ".join(map(str, range(4, 53)))
    (tmp_path / str(os.getpid()) / "stat").write_text(f"{os.getpid()} ({name}) S {fields}\n")
    monkeypatch.setattr(processes, "PROC", tmp_path)
    assert processes.birth(os.getpid()) == "boot 22"


def test_without_a_proc_folder_the_system_is_asked_through_psutil(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "PROC", tmp_path)
    assert float(processes.birth(os.getpid())) == psutil.Process().create_time()
    assert processes.birth(2**22 + 1) is None


def test_a_child_that_has_ended_is_not_running_though_nobody_waited_for_it():
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 10
    while processes.birth(child.pid) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes.birth(child.pid) is None
    child.wait()


def test_a_process_that_its_parent_has_not_collected_is_not_running():
    # The name keeps the object: Popen's end would collect a child that has ended.
    program = "import subprocess, sys; c = subprocess.Popen(['true']); print(c.pid, flush=True); sys.stdin.read()"
    parent = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with parent:
        zombie = int(parent.stdout.readline())
        deadline = time.monotonic() + 10
        while processes.birth(zombie) is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert psutil.pid_exists(zombie)
        assert processes.birth(zombie) is None


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
