"""The first process of an execution environment, on its own: no engine, no Lambda."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.engine.execution.sandbox import processes
from helpers.engine.execution.sandbox.protocol import (
    FREEZE,
    FREEZE_SOON,
    LENGTH,
    THAW,
    THAW_BRIEFLY,
    Spawn,
    Status,
    encode,
)

START = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[3])
from sandbox.protocol import Reserve
from sandbox.supervisor import supervise
reserve = Reserve(argv=json.loads(sys.argv[4]), environ={"PATH": os.environ["PATH"]})
supervise(reserve, int(sys.argv[2]), socket.socket(fileno=int(sys.argv[1])))
"""
ENGINE = Path(processes.__file__).parent.parent
ENDS = ("frozen", "exited", "extension")


class Supervised:
    """A shell script (or a program) under supervision: its control socket, its log and its supervisor."""

    def __init__(self, script: str | list[str], memory_bytes: int = 0, cpus: float = 0.0, reserve: str = ""):
        self.control, theirs = socket.socketpair()
        self.log, writer = os.pipe()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                START,
                str(theirs.fileno()),
                str(writer),
                str(ENGINE),
                json.dumps(["/bin/sh", "-c", reserve] if reserve else None),
            ],
            pass_fds=[theirs.fileno(), writer],
        )
        theirs.close()
        os.close(writer)
        self.control.settimeout(10)
        self.said = self.control.makefile("rb")
        argv = ["/bin/sh", "-c", script] if isinstance(script, str) else script
        self.spawn = Spawn(argv, {"PATH": os.environ["PATH"]}, "/", memory_bytes, cpus=cpus)
        if not reserve:
            self.begin()

    def begin(self):
        self.control.sendall(encode(self.spawn))

    def status(self, *events: str) -> Status:
        """The next that is one of these events; by default, not about company."""
        while (said := Status.decode(self.said.readline())).event not in (events or ENDS):
            pass
        return said

    def printed(self) -> bytes:
        return os.read(self.log, 1000)

    def close(self):
        self.said.close()
        self.control.close()
        os.close(self.log)
        self.process.wait(10)


@pytest.fixture
def supervised():
    started = []

    def start(*arguments):
        started.append(Supervised(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_the_exit_code_of_the_runtime_is_reported(supervised):
    status = supervised("exit 7").status()
    assert (status.event, status.code, status.out_of_memory) == ("exited", 7, False)


def test_a_signal_is_reported_as_a_negative_code(supervised):
    assert supervised("kill -9 $$").status().code == -9


@pytest.mark.parametrize(
    ("mode", "content", "why"),
    [
        (0o644, "#!/bin/sh\n", "permission denied"),
        (0o755, "#!/nothing/here\n", "no such file or directory"),
        (0o755, "echo no first line\n", "exec format error"),
    ],
)
def test_a_program_that_cannot_be_executed_is_reported_with_the_reason(supervised, tmp_path, mode, content, why):
    program = tmp_path / "bootstrap"
    program.write_text(content)
    program.chmod(mode)
    status = supervised([str(program)]).status()
    assert (status.event, status.not_executed) == ("exited", f"fork/exec {program}: {why}")


def test_a_program_that_was_executed_has_no_such_reason(supervised):
    one = supervised("exec /nothing/here")
    status = one.status()
    assert (status.code, status.not_executed) == (127, "")
    assert b"not found" in one.printed()


def test_everything_below_the_supervisor_ends_with_the_engines_end_of_the_socket(supervised):
    one = supervised("setsid sleep 300 & (setsid sh -c 'sleep 300' &) ; echo ready; trap '' TERM HUP; sleep 300")
    assert one.printed() == b"ready\n"
    time.sleep(0.1)
    below = processes.descendants(one.process.pid)
    assert len(below) >= 3
    one.control.shutdown(socket.SHUT_WR)
    assert one.status().event == "exited"
    one.process.wait(10)
    assert not [pid for pid in below if os.path.exists(f"/proc/{pid}")]


def test_a_frozen_runtime_does_nothing_until_it_is_thawed(supervised):
    one = supervised("while echo tick; do sleep 0.02; done")
    one.printed()
    one.control.send(FREEZE)
    assert one.status().event == "frozen"
    os.set_blocking(one.log, False)
    drain(one.log)
    time.sleep(0.2)
    assert drain(one.log) == b""
    one.control.send(THAW)
    time.sleep(0.2)
    assert b"tick" in drain(one.log)


def test_after_a_brief_invocation_a_runtime_is_frozen_if_the_next_does_not_come(supervised):
    one = supervised("echo ready; exec sleep 60")
    one.printed()
    one.control.send(THAW_BRIEFLY)
    for _ in range(20):  # one is over and the next has begun
        one.control.send(FREEZE_SOON + THAW_BRIEFLY)
        time.sleep(0.01)
        assert not is_stopped(one)
    one.control.send(FREEZE_SOON)
    assert eventually(lambda: is_stopped(one))
    one.control.send(THAW_BRIEFLY)
    assert eventually(lambda: not is_stopped(one))
    one.control.send(FREEZE)
    assert one.status().event == "frozen" and eventually(lambda: is_stopped(one))


def is_stopped(one) -> bool:
    [runtime] = processes.children(one.process.pid)
    return Path(f"/proc/{runtime}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def eventually(found) -> bool:
    deadline = time.monotonic() + 10
    while not (answer := found()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return answer


def test_it_is_said_when_the_runtime_has_company_and_when_no_longer(supervised):
    one = supervised("sleep 0.3 & wait; exec sleep 60")
    assert [one.status("company").code, one.status("company").code] == [1, 0]


def drain(log: int) -> bytes:
    data = b""
    try:
        while chunk := os.read(log, 65536):
            data += chunk
    except BlockingIOError:
        pass
    return data


def test_a_tree_that_passes_its_memory_is_killed_and_its_peak_reported(supervised):
    eat = f"{sys.executable} -c 'data = bytearray(400_000_000); import time; time.sleep(60)'"
    status = supervised(eat, 100_000_000).status()
    assert status.out_of_memory
    assert status.code in (-9, 137)
    assert status.peak_bytes > 100_000_000


def test_a_share_of_a_processor_slows_computing_and_not_waiting(supervised):
    spin = f"{sys.executable} -c 'import time; t = time.process_time()\nwhile time.process_time() - t < 0.1: pass'"
    one = supervised(f"{spin}; echo computed; sleep 0.3; echo waited", 0, 0.2)
    one.control.send(THAW)
    began = time.monotonic()
    seen = {}
    while b"waited" not in seen:
        for word in one.printed().split():
            seen[word] = time.monotonic() - began
    assert seen[b"computed"] > 0.3  # 0.1 s of computing, and starting Python, on a fifth of a processor
    assert seen[b"waited"] - seen[b"computed"] < 1.0


READS = "echo waits; cat"  # what it is told, at its standard input


def test_a_runtime_in_reserve_is_told_its_function_and_not_what_only_its_supervisor_needs(supervised):
    one = supervised("", 1_000_000_000, 0.0, READS)
    assert one.printed() == b"waits\n"
    one.begin()
    assert one.status().code == 0
    told = json.loads(one.printed()[LENGTH.size :])
    assert told == {"environ": one.spawn.environ, "cwd": "/", "handler": "", "path": []}


def test_a_reserve_that_has_ended_is_replaced_by_the_function_itself(supervised):
    one = supervised("echo function; exit 3", 0, 0.0, "exit 1")
    eventually_no_child(one)
    one.begin()
    assert one.status().code == 3
    assert one.printed() == b"function\n"


def test_a_reserve_ends_with_the_engine(supervised):
    one = supervised("", 0, 0.0, READS)
    one.printed()
    below = processes.descendants(one.process.pid)
    one.control.shutdown(socket.SHUT_WR)
    one.process.wait(10)
    assert below
    assert not [pid for pid in below if os.path.exists(f"/proc/{pid}")]


def eventually_no_child(one):
    """Wait until the reserve has closed its end: it is a zombie, for its supervisor is asleep."""
    while not all(
        "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        for pid in processes.descendants(one.process.pid) or [one.process.pid]
    ):
        time.sleep(0.01)
