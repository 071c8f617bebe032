"""Starting a process of an execution environment: its runtime, or an extension."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from typing import NoReturn

from . import privileges, python_runtime
from .protocol import Reserve, Spawn


def launch(
    spawn: Spawn, reserve: Reserve, log: int, inherited: list[socket.socket], assigned: socket.socket | None
) -> tuple[int, socket.socket]:
    """Fork the process that `spawn` describes. Returns its id, and where it says why it could not be executed.

    `inherited` is what it must not have of ours. `assigned` is where a runtime in reserve is told its function: its
    standard input.
    """
    refusal, refusing = socket.socketpair()  # closed by exec; what comes through it is why there was none
    pid = os.fork()
    if pid == 0:
        _become(spawn, reserve, log, refusing, [*inherited, refusal], assigned)
    refusing.close()
    return pid, refusal


def _become(
    spawn: Spawn,
    reserve: Reserve,
    log: int,
    refusing: socket.socket,
    inherited: list[socket.socket],
    assigned: socket.socket | None,
) -> NoReturn:
    """Turn the forked process into the program: its own session, its own environment, nothing of ours."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    for end in inherited:
        end.close()
    stdin = assigned.detach() if assigned else os.open(os.devnull, os.O_RDONLY)
    for source, target in ((stdin, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    for descriptor in (stdin, log):
        os.close(descriptor)
    os.umask(0o022)
    os.chdir(spawn.cwd)
    privileges.set_limits()
    try:
        privileges.drop_rights(reserve.uid, namespaces=reserve.isolated)
        privileges.confine(spawn, reserve.isolated)
    except OSError as error:
        os.write(2, f"[engine] The execution environment could not be confined: {error}\n".encode())
        os._exit(1)
    if not spawn.argv:
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as in any Python interpreter
        refusing.close()
        (python_runtime.wait if assigned else python_runtime.run)(spawn.assignment())
    execute(spawn, refusing, reserve.isolated)


def execute(spawn: Spawn, refusing: socket.socket, isolated: bool) -> NoReturn:
    """Execute the program; why it cannot be goes through `refusing`.

    In Go's words, for AWS's Runtime API is written in Go.
    """
    try:
        argv = spawn.argv if isolated else with_bash_as_sh(spawn.argv)
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
