"""The process table, read from `/proc` (Linux) or `ps` (elsewhere)."""

from __future__ import annotations

import os
import signal
import subprocess
import time

PAGE = os.sysconf("SC_PAGE_SIZE")
HAS_PROC = os.path.exists("/proc/self/stat")


def descendants(ancestor: int) -> list[int]:
    """The ids of all processes below `ancestor`, parents before their children."""
    children_of = children if os.path.exists(f"/proc/{ancestor}/task/{ancestor}/children") else _table().get
    found: list[int] = []
    queue = [ancestor]
    while queue:
        below = children_of(queue.pop(0)) or []
        found += below
        queue += below
    return found


def children(pid: int) -> list[int]:
    """A process's children, from the kernel's own list (Linux with CONFIG_PROC_CHILDREN): a few files to read."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                found += map(int, file.read().split())
    except OSError:  # it ended while we were reading
        pass
    return found


def _table() -> dict[int, list[int]]:
    """The children of every process on the machine."""
    table: dict[int, list[int]] = {}
    for pid, parent in _parents():
        table.setdefault(parent, []).append(pid)
    return table


def _parents() -> list[tuple[int, int]]:
    if not HAS_PROC:
        listing = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True).stdout
        return [(int(pid), int(parent)) for pid, parent in map(str.split, listing.splitlines())]
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    return [(int(pid), parent) for pid in pids if (parent := _parent(pid)) is not None]


def _parent(pid: str) -> int | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command, in brackets, may itself hold spaces and brackets: cut after the last one.
            return int(file.read().rpartition(b")")[2].split()[1])
    except OSError:
        return None


def resident_bytes(pid: int) -> int:
    """The resident memory of one process; 0 when it is gone, or where there is no `/proc`."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * PAGE
    except OSError:
        return 0


def peak_bytes(pid: int) -> int:
    """The most resident memory that one process has ever had; 0 when it is gone, or where there is no `/proc`."""
    return _field(f"/proc/{pid}/status", b"VmHWM:")


def proportional_bytes(pid: int) -> int:
    """The resident memory of one process with shared pages divided among their users: exact in sums, but slow."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:  # gone, or an old kernel
        pass
    return resident_bytes(pid)


def shared_mappings(pid: int) -> dict[str, int]:
    """The anonymous shared memory of a process: bytes by device and inode.

    Its pages stay when nobody has them in its tables any more (`MADV_DONTNEED`); no resident size shows them then.
    """
    found: dict[str, int] = {}
    try:
        with open(f"/proc/{pid}/maps", "rb") as file:
            for line in file:
                if b" /dev/zero" in line or b" /memfd:" in line or b" /SYSV" in line:
                    addresses, _, _, device, inode, *_ = line.split()
                    start, end = (int(address, 16) for address in addresses.split(b"-"))
                    key = f"{device.decode()} {inode.decode()}"
                    found[key] = found.get(key, 0) + end - start
    except OSError:  # gone, or not ours to look at
        pass
    return found


def resident_shared_bytes(pid: int) -> int:
    """The part of `resident_bytes` that is shared memory."""
    return _field(f"/proc/{pid}/status", b"RssShmem:")


def shared_bytes() -> int:
    """The shared memory and tmpfs files of the whole machine, in bytes."""
    return _field("/proc/meminfo", b"Shmem:")


def unseen_bytes(pids: list[int], shared_before: int) -> int:
    """Shared memory of these processes that none of them shows as resident, in bytes.

    At most as much as the machine's shared memory has grown since it was `shared_before`.
    """
    mapped: dict[str, int] = {}
    for pid in pids:
        for key, size in shared_mappings(pid).items():
            mapped[key] = max(mapped.get(key, 0), size)
    if not mapped:
        return 0
    used = min(sum(mapped.values()), shared_bytes() - shared_before)
    return max(used - max(map(resident_shared_bytes, pids), default=0), 0)


def _field(path: str, name: bytes) -> int:
    try:
        with open(path, "rb") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith(name)), 0)
    except OSError:
        return 0


def cpu_seconds(pid: int) -> float:
    """The processor time of one process with all its threads; 0 when it is gone, or not on Linux."""
    try:
        # What clock_getcpuclockid(3) computes on Linux: a call to the kernel, and exact to the nanosecond.
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def send_signal(pids: list[int], number: signal.Signals) -> None:
    """Signal each process that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass
