"""Processes and ports, as the operating system reports them."""

import errno
import os
import socket
from pathlib import Path

import psutil

PROC = Path("/proc")


def birth(pid: int) -> str | None:
    """Return what distinguishes process `pid` from any other that had or will have its id; None if it is not running.

    On Linux the boot's id and the clock ticks from boot to the process's start (proc_pid_stat(5), field 22): the time
    of day would not do, for it is stepped when a laptop wakes (WSL) or NTP corrects it, and psutil counts from it.
    Elsewhere the system keeps the time of day of the start with the process.

    A process that has ended and was not yet collected by its parent (a zombie) is not running.
    """
    try:
        os.waitpid(pid, os.WNOHANG)  # collects it, if it was our child and has ended
    except ChildProcessError:
        pass
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # not Linux
        return _birth_by_psutil(pid)
    try:
        # The name, in parentheses, may hold spaces and parentheses; the third field follows it.
        fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else f"{boot} {fields[19]}"


def _birth_by_psutil(pid: int) -> str | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else repr(process.create_time())
    except psutil.Error:
        return None


def family(pid: int) -> list[psutil.Process]:
    """Return process `pid` and everything it started, parents first; empty if it is not running."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def is_alive(process: psutil.Process) -> bool:
    """Return whether this process still runs; a zombie does not."""
    return process.is_running() and birth(process.pid) is not None


def kill(processes: list[psutil.Process]) -> None:
    """Kill those of `processes` that still run."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def resident_bytes(processes: list[psutil.Process]) -> int:
    """Return the resident memory of `processes` together, in bytes."""
    total = 0
    for process in processes:
        try:
            total += process.memory_info().rss
        except psutil.Error:  # ended meanwhile
            continue
    return total


def port_is_free(port: int) -> bool:
    """Return whether a server could listen on 127.0.0.1:`port` now.

    Raises: OSError if the operating system refuses the port for another reason (ports below 1024).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            # BSD and macOS let two sockets bind beside a 0.0.0.0 listener; listening tells.
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def port_holder(port: int) -> str | None:
    """Return "name (process 123)" for what listens on `port`, or None if that cannot be known.

    Another user's processes are invisible without privileges, on macOS all of them are.
    """
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass
    return None
