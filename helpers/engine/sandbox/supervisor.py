"""The first process of an execution environment: it starts the runtime and ends what the runtime started.

One single-threaded loop waits for three things: a command from the engine, the end of a child, and, while an
invocation runs, the next look at the memory in use. Whatever a function forks becomes this process's child
when its own parent ends (`PR_SET_CHILD_SUBREAPER`), so nothing escapes by forking twice.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import socket
import sys
from typing import NoReturn

from . import processes, python_runtime
from .protocol import FREEZE, THAW, Spawn, Status

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
SAMPLE_SECONDS = 0.010  # a burst of 2 GB/s passes its limit by at most 20 MB between two looks
TREE_EVERY = 10  # samples between two looks at the whole process table, which costs ten times as much
OPEN_FILES = 1024  # file descriptors of an execution environment (Lambda quotas, 2026-11)

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int) -> None:
    """Linux process control; nothing on other systems, where the engine's end of file does its work alone."""
    if sys.platform == "linux":
        _libc.prctl(option, value, 0, 0, 0)


def supervise(spawn: Spawn, log: int, control: socket.socket) -> NoReturn:
    """Run the environment until its runtime or its engine ends. Never returns."""
    os.setsid()
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    wakeup, wakeup_writer = socket.socketpair()
    for end in (wakeup, wakeup_writer):
        end.setblocking(False)
    # Before the fork, so that a runtime that ends at once is not missed.
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakeup_writer.fileno(), warn_on_full_buffer=False)
    runtime = os.fork()
    if runtime == 0:
        _become_runtime(spawn, log, [wakeup, wakeup_writer, control])
    os.close(log)
    Supervisor(runtime, spawn.memory_bytes, control, wakeup).run()
    os._exit(0)


def _become_runtime(spawn: Spawn, log: int, inherited: list[socket.socket]) -> NoReturn:
    """Turn the forked process into the runtime: its own session, its own environment, nothing of ours."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    for end in inherited:
        end.close()
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    for descriptor in (null, log):
        os.close(descriptor)
    files = min(OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o022)
    os.chdir(spawn.cwd)
    if not spawn.argv:
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as in any Python interpreter
        python_runtime.run(spawn)
    try:
        os.execve(spawn.argv[0], spawn.argv, spawn.environ)
    except OSError as error:
        # AWS: a bootstrap that cannot be executed ends the runtime; the reason goes to the log.
        os.write(2, f"fork/exec {spawn.argv[0]}: {error.strerror.lower()}\n".encode())
        os._exit(126)


class Supervisor:
    """The loop. `memory_bytes` is the limit of the whole tree; 0 switches the watch off."""

    def __init__(self, runtime: int, memory_bytes: int, control: socket.socket, wakeup: socket.socket) -> None:
        self.runtime = runtime
        self.memory_bytes = memory_bytes
        self.control = control
        self.wakeup = wakeup
        self.tree = [runtime]
        self.samples = 0
        self.peak = 0
        self.frozen = False
        self.out_of_memory = False

    def run(self) -> None:
        """Serve the engine until the runtime has ended or the engine has gone, then end everything."""
        code = None
        while code is None:
            # Frozen, there is nothing to watch: sleep until somebody speaks.
            watching = self.memory_bytes and not self.frozen
            ready, _, _ = select.select([self.control, self.wakeup], [], [], SAMPLE_SECONDS if watching else None)
            if self.control in ready:
                command = self.control.recv(1)
                if not command:
                    break
                self.obey(command)
            if self.wakeup in ready:
                self.wakeup.recv(4096)
                code = self.reap()
            elif watching:
                self.sample()
        self.end_all()
        self.report(Status("exited", self.peak, code, self.out_of_memory))

    def obey(self, command: bytes) -> None:
        """Freeze the environment between invocations, or thaw it for the next, as Lambda does."""
        if command == FREEZE:
            self.signal_group(signal.SIGSTOP)
            self.frozen = True
            self.sample()
            self.report(Status("frozen", self.peak))
        elif command == THAW:
            self.frozen = False
            self.signal_group(signal.SIGCONT)

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the runtime and what it started."""
        # The runtime's process group. A child that left it by `setsid` goes on running while the rest is
        # frozen: here we differ from AWS, and only without namespaces.
        try:
            os.killpg(self.runtime, number)
        except ProcessLookupError:
            pass

    def sample(self) -> None:
        """Look at the memory in use; kill the runtime when it is over the limit."""
        if self.samples % TREE_EVERY == 0 and self.samples:
            self.tree = processes.descendants(os.getpid())
        self.samples += 1
        used = sum(map(processes.resident_bytes, self.tree))
        self.peak = max(self.peak, used)
        if self.memory_bytes and used > self.memory_bytes:
            self.out_of_memory = True
            processes.send(self.tree, signal.SIGKILL)

    def reap(self) -> int | None:
        """Collect children that have ended; the runtime's exit code if it is among them."""
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
        while alive := processes.descendants(os.getpid()):
            processes.send(alive, signal.SIGKILL)
            self.reap()

    def report(self, status: Status) -> None:
        """Tell the engine."""
        try:
            self.control.sendall(status.encode())
        except OSError:  # the engine has gone; nobody is left to tell
            pass
