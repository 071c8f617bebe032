"""The first process of an execution environment: it starts the runtime and ends what the runtime started.

It may start a runtime in reserve, and wait with it until the engine has a function for them (`Spawn`).

One single-threaded loop waits for three things: a command from the engine (see `commands`), the end of a child, and,
while an invocation runs, the next look at the memory and the processor time in use. Whatever a function forks becomes
this process's child when its own parent ends (it is process 1 of its namespace, or else a "subreaper"), so nothing
escapes by forking twice.
"""

from __future__ import annotations

import math
import os
import select
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace
from typing import NoReturn

from . import namespaces, privileges, processes
from .commands import FREEZES, THAWS, Commands
from .cpu_share import CpuShare
from .launch import launch
from .pace import SHORTEST_SECONDS, Pace
from .process_tree import ProcessTree
from .protocol import FREEZE, KILL, START, TERMINATE, Reserve, Spawn, Status, encode, receive

TREE_SECONDS = 0.045  # between two looks at which processes there are


def supervise(reserve: Reserve, log: int, control: socket.socket) -> NoReturn:
    """Run the environment until its runtime or its engine ends. Raises `OSError` without a complete root."""
    os.setsid()
    privileges.adopt_orphans()
    wakeup, wakeup_writer = socket.socketpair()
    for end in (wakeup, wakeup_writer):
        end.setblocking(False)
    # Before the fork, so that a runtime that ends at once is not missed.
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakeup_writer.fileno(), warn_on_full_buffer=False)
    supervisor = Supervisor(reserve, log, control, [wakeup, wakeup_writer])
    if reserve.argv is not None:
        supervisor.start_reserve(reserve.argv)
    if spawn := receive(control, Spawn):
        supervisor.begin(spawn)
        supervisor.run()
    else:
        supervisor.end_all()
    os._exit(0)


class Supervisor:
    """The supervisor's loop. `spawn.memory_bytes` limits the memory of the whole tree; 0 means no limit.

    With extensions the engine says when the runtime starts, and whether what is left ends with it: extensions outlive
    it to be told. They never outlive this process.
    """

    def __init__(self, reserve: Reserve, log: int, control: socket.socket, wakeups: list[socket.socket]) -> None:
        self.reserve = reserve
        self.spawn = Spawn([], {}, "/", 0)  # until `begin`
        self.log = log
        self.control = control
        self.commands = Commands(control)
        self.wakeups = wakeups
        self.wakeup = wakeups[0]
        self.cpu = CpuShare(0)
        self.runtime = 0
        self.assigning: socket.socket | None = None  # to the runtime in reserve
        self.code: int | None = None  # the runtime's exit code
        self.extensions: dict[int, str] = {}  # name by process id
        self.refusals: dict[int, socket.socket] = {}
        self.tree = ProcessTree()
        self.pace = Pace()
        self.frozen = False
        self.has_company = False
        self.out_of_memory = False

    def start_reserve(self, argv: list[str]) -> None:
        """Start a runtime that waits for its function."""
        self.assigning, theirs = socket.socketpair()
        waiting = Spawn(argv, self.reserve.environ, "/", 0, path=self.reserve.path)
        self.runtime = self._launch(waiting, theirs)
        theirs.close()

    def begin(self, spawn: Spawn) -> None:
        """Become the environment of a function. Raises `OSError` if its folders cannot be mounted."""
        self.spawn = spawn
        self.cpu = CpuShare(spawn.cpus)
        self.tree.begin(spawn.memory_bytes)
        if self.reserve.isolated:
            namespaces.complete(spawn.binds, spawn.tmp_bytes, self.reserve.uid)
        if spawn.extensions:
            self.start_extensions()
        else:
            self.start_runtime()

    def start_runtime(self) -> None:
        """Start the runtime: the last process that is started here. One in reserve is told what it is now."""
        if not self._assigned():
            self.runtime = self._launch(self.spawn)
        os.close(self.log)
        self.tree.measure()  # one that ends at once has used some, too

    def _assigned(self) -> bool:
        if self.assigning is None:
            return False
        try:
            self.assigning.sendall(encode(self.spawn.assignment()))
        except OSError:  # it has ended while it was waiting
            self.tree.pids.remove(self.runtime)
            return False
        finally:
            self.assigning.close()
        return True

    def start_extensions(self) -> None:
        """Start the extensions, side by side."""
        for path in self.spawn.extensions:
            program = replace(self.spawn, argv=[path], environ=self.spawn.extension_environ, cwd="/")
            self.extensions[self._launch(program)] = os.path.basename(path)

    def _launch(self, program: Spawn, assigned: socket.socket | None = None) -> int:
        inherited = [*self.wakeups, self.control, *self.refusals.values()]
        if self.assigning:
            inherited.append(self.assigning)
        pid, refusal = launch(program, self.reserve, self.log, inherited, assigned)
        self.refusals[pid] = refusal
        self.tree.pids.append(pid)
        return pid

    def run(self) -> None:
        """Serve the engine until the runtime has ended or the engine has gone, then end everything."""
        while self.code is None or self.spawn.extensions:
            watched = [*self.commands.woken_by, self.wakeup]
            ready, _, _ = select.select(watched, [], [], self.pause)
            if (commands := self.commands.read(ready)) is None:
                break
            for command in commands:
                self.obey(command)
            if self.wakeup in ready:
                self.wakeup.recv(4096)
                self.reap()
            elif not self.frozen:
                self.sample()
        self.end_all()
        self.report_runtime()

    @property
    def pause(self) -> float | None:
        """How long to sleep, in seconds, if nobody speaks: frozen, there is nothing to watch."""
        if self.frozen:
            return None
        return SHORTEST_SECONDS if self.commands.looks else self.pace.pause

    def report_runtime(self) -> None:
        """Report the end of the runtime, or of everything."""
        why = self.why_not_executed(self.runtime)
        self.report(Status("exited", self.tree.peak_bytes, self.code, self.out_of_memory, why))

    def why_not_executed(self, pid: int) -> str:
        """What a process that has ended said about why it could not be executed, or nothing."""
        refusal = self.refusals.get(pid)
        return refusal.recv(4096, socket.MSG_PEEK).decode(errors="replace") if refusal else ""

    def obey(self, command: bytes) -> None:
        """Freeze the environment between invocations, thaw it for the next, or start or end the runtime."""
        if command in FREEZES:
            self.signal_all(signal.SIGSTOP)
            self.frozen = True
            self.look_at_tree()
            self.tree.measure()
            if command == FREEZE:
                self.report(Status("frozen", self.tree.peak_bytes))
        elif command in THAWS:
            self.frozen = False
            self.pace.begin()
            self.cpu.begin(self.tree.pids)
            self.signal_all(signal.SIGCONT)
        elif command == START and not self.runtime:
            self.start_runtime()
        elif command in (TERMINATE, KILL) and self.runtime and self.code is None:
            number = signal.SIGTERM if command == TERMINATE else signal.SIGKILL
            processes.send_signal([self.runtime], number)

    def signal_all(self, number: signal.Signals) -> None:
        """Signal every process of the environment except this one."""
        if os.getpid() == 1:
            with suppress(ProcessLookupError):
                os.kill(-1, number)  # everyone in this namespace
        else:
            processes.send_signal(processes.descendants(os.getpid()), number)

    def sample(self) -> None:
        """Measure the memory and the processor time in use, and enforce their limits."""
        began = time.monotonic()
        if began - self.tree.seen >= TREE_SECONDS:
            self.look_at_tree()
        free = (self.spawn.memory_bytes or math.inf) - self.tree.measure()
        if free < 0:
            self.out_of_memory = True
            self.signal_all(signal.SIGKILL)
        elif (number := self.cpu.next_signal(self.tree.pids)) is not None:
            self.signal_all(number)
        # What is stopped waits for this process.
        self.pace.looked(self.tree.pids, 0 if self.cpu.stopped else free, time.monotonic() - began)

    def look_at_tree(self) -> None:
        """See which processes there are, and say whether the runtime has company."""
        self.tree.look()
        if (found := self.tree.has_company) != self.has_company and self.report(
            Status("company", self.tree.peak_bytes, int(found)), socket.MSG_DONTWAIT
        ):
            self.has_company = found

    def reap(self) -> None:
        """Reap children that have ended, and note the runtime's exit code; report what has ended beside others."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            if pid == self.runtime:
                self.code = code
                if self.spawn.extensions:
                    self.report_runtime()
            elif (name := self.extensions.pop(pid, "")) and not self.out_of_memory:  # or the runtime's end says it
                self.report(Status("extension", self.tree.peak_bytes, code, False, self.why_not_executed(pid), name))

    def end_all(self) -> None:
        """Kill every process of the environment, however often it forked, until none is left."""
        while processes.descendants(os.getpid()):
            self.signal_all(signal.SIGKILL)
            self.reap()

    def report(self, status: Status, flags: int = 0) -> bool:
        """Send a status to the engine. False: it has gone, or does not read what it is told."""
        try:
            self.control.sendall(status.encode(), flags)
        except OSError:
            return False
        return True
