"""The system call filter: it refuses what no function needs and what would evade limits (Linux, man 2 seccomp).

- Memory that no process shows as its own, so that the supervisor could not count it: `memfd_create`, System V shared
  memory, semaphores and message queues, io_uring. They are not there (ENOSYS, as on an older kernel), and programs
  take another way.
- Namespaces of its own, in which a function could mount as much memory as it likes: not permitted (EPERM). `clone3`
  keeps its flags in memory, where a filter cannot look: it is not there, and the C library takes `clone`.
- The kernel's keys, its log, its tracing, mounting: not permitted. Nor are limits of another process: the supervisor's,
  which without root has the same user, could be left with no open file.
- What is newer than the table: not there.

AWS allows some of it, `memfd_create` for one; AWS can, for there a virtual machine is the limit. Not counted here and
not refused either, for everybody needs them: what waits in pipes and sockets (the kernel limits each).
"""

from __future__ import annotations

import ctypes
import errno
import struct
from functools import lru_cache

from .system_calls import LAST, MACHINE, NUMBERS, call

SET_MODE_FILTER = 1
ALLOW, FAIL = 0x7FFF0000, 0x00050000  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with the number in its lower half
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000  # in a number: the call of another ABI of the same architecture
# Offsets in `struct seccomp_data`. Both architectures are little-endian: the lower half of an argument comes first.
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
# Every CLONE_NEW*: time, mounts, cgroups, host name, IPC, users, processes, network. For `clone` the first of them is
# part of the signal's number; it cannot make a time namespace.
NEW_NAMESPACES = 0x80 | 0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000
NEW_BY_CLONE = NEW_NAMESPACES & ~0xFF

NOT_THERE = [
    "memfd_create",
    "memfd_secret",
    "shmget",
    "semget",
    "msgget",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "clone3",
]
NOT_PERMITTED = [
    "mount",
    "umount2",
    "pivot_root",
    "open_tree",
    "open_tree_attr",
    "move_mount",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "setns",
    "bpf",
    "perf_event_open",
    "keyctl",
    "add_key",
    "request_key",
    "syslog",
]

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # classic BPF

INSTRUCTION = struct.Struct("=HBBI")
Instruction = tuple[int, int, int, int]  # code, lines to skip if true, lines to skip if false, operand


def program(machine: str) -> list[Instruction]:
    """The filter for `machine`. Raises `KeyError` for one that is not in the table."""
    numbers = NUMBERS[machine]
    not_there, not_permitted = (RETURN, 0, 0, FAIL | errno.ENOSYS), (RETURN, 0, 0, FAIL | errno.EPERM)
    lines: list[Instruction] = [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, AUDIT_ARCH[machine]),  # a 32-bit call has other numbers: none of them is there
        not_there,
        (LOAD, 0, 0, NUMBER),
        (JUMP_AT_LEAST, 0, 1, LAST + 1),  # X32 included
        not_there,
    ]
    for names, answer in ((NOT_THERE, not_there), (NOT_PERMITTED, not_permitted)):
        for name in names:
            lines += [(JUMP_EQUAL, 0, 1, numbers[name]), answer]
    for name, flags in (("clone", NEW_BY_CLONE), ("unshare", NEW_NAMESPACES)):
        lines += [
            (JUMP_EQUAL, 0, 4, numbers[name]),
            (LOAD, 0, 0, FIRST_ARGUMENT),
            (JUMP_ANY_BIT, 0, 1, flags),
            not_permitted,
            (RETURN, 0, 0, ALLOW),
        ]
    lines += [
        (JUMP_EQUAL, 0, 3, numbers["prlimit64"]),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_EQUAL, 1, 0, 0),  # 0: the process itself
        not_permitted,
    ]
    return [*lines, (RETURN, 0, 0, ALLOW)]


@lru_cache
def encoded_program(machine: str) -> bytes:
    """The filter as the kernel takes it, made once in the zygote for all that it forks. Raises as `program` does."""
    return b"".join(INSTRUCTION.pack(*line) for line in program(machine))


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def apply_filter() -> None:
    """Apply the filter to this process and its children, for good. It must have set `PR_SET_NO_NEW_PRIVS`.

    Raises `OSError` where the system refuses it or the architecture is not in the table.
    """
    if MACHINE not in NUMBERS:
        raise OSError(errno.ENOSYS, f"seccomp: no filter for {MACHINE or 'this system'}")
    code = encoded_program(MACHINE)
    filter_ = _Program(len(code) // INSTRUCTION.size, ctypes.cast(ctypes.c_char_p(code), ctypes.c_void_p))
    call("seccomp", SET_MODE_FILTER, 0, ctypes.byref(filter_))
