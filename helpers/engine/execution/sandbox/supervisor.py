"""The first process of an execution environment: it starts the runtime and ends what the runtime started.

One single-threaded loop waits for three things: a command from the engine, the end of a child, and, while an
invocation runs, the next look at the memory and the processor time in use. Whatever a function forks becomes this
process's child when its own parent ends (it is process 1 of its namespace, or else a "subreaper"), so nothing
escapes by forking twice.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import time
from typing import NoReturn

from . import privileges, processes, python_runtime
from .cpu_share import CpuShare
from .protocol import FREEZE, THAW, Spawn, Status

SAMPLE_SECONDS = 0.010  # a burst of 2 GB/s passes its limit by at most 20 MB between two looks
TREE_EVERY = 5  # samples between two looks at which processes there are


def supervise(spawn: Spawn, log: int, control: socket.socket) -> NoReturn:
    """Run the environment until its runtime or its engine ends. Never returns."""
    os.setsid()
    privileges.adopt_orphans()
    wakeup, wakeup_writer = socket.socketpair()
    for end in (wakeup, wakeup_writer):
        end.setblocking(False)
    # Before the fork, so that a runtime that ends at once is not missed.
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakeup_writer.fileno(), warn_on_full_buffer=False)
    refusal, refusing = socket.socketpair()  # closed by exec; what comes through it is why there was none
    runtime = os.fork()
    if runtime == 0:
        _become_runtime(spawn, log, refusing, [wakeup, wakeup_writer, control, refusal])
    os.close(log)
    refusing.close()
    Supervisor(runtime, spawn, control, wakeup, refusal).run()
    os._exit(0)


def _become_runtime(spawn: Spawn, log: int, refusing: socket.socket, inherited: list[socket.socket]) -> NoReturn:
    """Turn the forked process into the runtime: its own session, its own environment, nothing of ours."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    for end in inherited:
        end.close()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    for descriptor in (null, log):
        os.close(descriptor)
    os.umask(0o022)
    os.chdir(spawn.cwd)
    privileges.set_limits()
    try:
        privileges.drop_rights(spawn.uid, namespaces=bool(spawn.binds))
        privileges.confine(spawn)
    except OSError as error:
        os.write(2, f"[engine] The execution environment could not be confined: {error}\n".encode())
        os._exit(1)
    if not spawn.argv:
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as in any Python interpreter
        refusing.close()
        python_runtime.run(spawn)
    execute(spawn, refusing)


def execute(spawn: Spawn, refusing: socket.socket) -> NoReturn:
    """Execute the program; why it cannot be goes through `refusing`.

    In Go's words, for AWS's Runtime API is written in Go.
    """
    try:
        argv = spawn.argv if spawn.binds else with_bash_as_sh(spawn.argv)
        os.execve(argv[0], argv, spawn.environ)
    except OSError as error:
        refusing.sendall(f"fork/exec {spawn.argv[0]}: {(error.strerror or str(error)).lower()}".encode())
        os._exit(126)


def with_bash_as_sh(argv: list[str]) -> list[str]:
    """The command with bash, if it is a script for `/bin/sh`: that is bash on Amazon Linux, and dash on many a machine.

    In namespaces bash is shown in its place (`namespaces`).
    """
    with open(argv[0], "rb") as file:
        first = file.readline(100)
    bash = shutil.which("bash", path="/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin")
    if first.rstrip(b"\n") != b"#!/bin/sh" or not bash or not os.access(argv[0], os.X_OK):
        return argv
    return [bash, "--posix", *argv]


class Supervisor:
    """The supervisor's loop. `spawn.memory_bytes` limits the memory of the whole tree; 0 means no limit."""

    def __init__(
        self, runtime: int, spawn: Spawn, control: socket.socket, wakeup: socket.socket, refusal: socket.socket
    ) -> None:
        self.runtime = runtime
        self.memory_bytes = spawn.memory_bytes
        self.cpu = CpuShare(spawn.cpus)
        self.control = control
        self.wakeup = wakeup
        self.refusal = refusal
        self.tree = [runtime]
        self.samples = 0
        self.sample_took = 0.0  # seconds; a thousand processes take long to look at
        self.peak = 0
        self.shared_before = processes.shared_bytes()
        self.unseen = 0
        self.frozen = False
        self.out_of_memory = False

    def run(self) -> None:
        """Serve the engine until the runtime has ended or the engine has gone, then end everything."""
        code = None
        while code is None:
            # Frozen, there is nothing to watch: sleep until somebody speaks.
            pause = None if self.frozen else max(SAMPLE_SECONDS, 2 * self.sample_took)
            ready, _, _ = select.select([self.control, self.wakeup], [], [], pause)
            if self.control in ready:
                command = self.control.recv(1)
                if not command:
                    break
                self.obey(command)
            if self.wakeup in ready:
                self.wakeup.recv(4096)
                code = self.reap()
            elif not self.frozen:
                began = time.monotonic()
                self.sample()
                self.sample_took = time.monotonic() - began
        self.end_all()
        not_executed = self.refusal.recv(4096).decode(errors="replace")
        self.report(Status("exited", self.peak, code, self.out_of_memory, not_executed))

    def obey(self, command: bytes) -> None:
        """Freeze the environment between invocations, or thaw it for the next, as Lambda does."""
        if command == FREEZE:
            self.signal_all(signal.SIGSTOP)
            self.frozen = True
            self.measure_memory()
            self.report(Status("frozen", self.peak))
        elif command == THAW:
            self.frozen = False
            self.cpu.begin(self.tree)
            self.signal_all(signal.SIGCONT)

    def signal_all(self, number: signal.Signals) -> None:
        """Signal every process of the environment except this one."""
        if os.getpid() == 1:
            try:
                os.kill(-1, number)  # everyone in this namespace
            except ProcessLookupError:
                pass
        else:
            processes.send_signal(processes.descendants(os.getpid()), number)

    def sample(self) -> None:
        """Measure the memory and the processor time in use, and enforce their limits."""
        if self.samples % TREE_EVERY == TREE_EVERY - 1:
            self.tree = processes.descendants(os.getpid())
            self.unseen = self.unseen_bytes()
        self.samples += 1
        if self.measure_memory() > self.memory_bytes > 0:
            self.out_of_memory = True
            self.signal_all(signal.SIGKILL)
        elif (number := self.cpu.next_signal(self.tree)) is not None:
            self.signal_all(number)

    def measure_memory(self) -> int:
        """The memory of the tree in bytes, now."""
        used = sum(map(processes.resident_bytes, self.tree))
        if len(self.tree) > 1 and used > min(self.memory_bytes or used, self.peak):
            # Forked processes share pages: count each page once before anything follows from the sum.
            used = sum(map(processes.proportional_bytes, self.tree))
        used += self.unseen
        self.peak = max(self.peak, used)
        return used

    def unseen_bytes(self) -> int:
        """Shared memory of the tree that no process shows as resident, in bytes.

        At most as much as the machine's shared memory has grown since the environment began.
        """
        mapped: dict[str, int] = {}
        for pid in self.tree:
            for key, size in processes.shared_mappings(pid).items():
                mapped[key] = max(mapped.get(key, 0), size)
        if not mapped:
            return 0
        used = min(sum(mapped.values()), processes.shared_bytes() - self.shared_before)
        return max(used - max(map(processes.resident_shared_bytes, self.tree), default=0), 0)

    def reap(self) -> int | None:
        """Reap children that have ended; return the runtime's exit code if it is among them."""
        code = None
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return code
            if pid == 0:
                return code
            if pid == self.runtime:
                code = os.waitstatus_to_exitcode(status)

    def end_all(self) -> None:
        """Kill every process of the environment, however often it forked, until none is left."""
        while processes.descendants(os.getpid()):
            self.signal_all(signal.SIGKILL)
            self.reap()

    def report(self, status: Status) -> None:
        """Send a status to the engine."""
        try:
            self.control.sendall(status.encode())
        except OSError:  # the engine has gone; nobody is left to tell
            pass
