"""Linux system calls that the standard library has no function for, by number, through ctypes.

Numbers from the kernel's tables (`asm/unistd_64.h` and `asm-generic/unistd.h` of Linux 6.18, 2026-11). From 424 on all
architectures share theirs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys

MACHINE = platform.machine() if sys.platform == "linux" else ""

# Name: (x86_64, aarch64).
_NUMBERS = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "clone": (56, 220),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "mount": (165, 40),
    "msgget": (68, 186),
    "perf_event_open": (298, 241),
    "pivot_root": (155, 41),
    "prlimit64": (302, 261),
    "request_key": (249, 218),
    "seccomp": (317, 277),
    "semget": (64, 190),
    "setns": (308, 268),
    "shmget": (29, 194),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_SHARED = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "clone3": 435,
    "mount_setattr": 442,
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
    "memfd_secret": 447,
    "open_tree_attr": 467,
}
LAST = 469  # `file_setattr`, the newest call of Linux 6.18

NUMBERS = {
    machine: {**{name: pair[index] for name, pair in _NUMBERS.items()}, **_SHARED}
    for index, machine in enumerate(("x86_64", "aarch64"))
}

_libc = ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments: object) -> int:
    """Make the system call and return its result. Raises `OSError`: ENOSYS on other systems and architectures."""
    numbers = NUMBERS.get(MACHINE)
    if numbers is None:
        raise OSError(errno.ENOSYS, f"{name}: {MACHINE or sys.platform} is not known here")
    # Without the type, ctypes would pass a negative or large number as a 32-bit integer.
    passed = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    _libc.syscall.restype = ctypes.c_long
    result = int(_libc.syscall(ctypes.c_long(numbers[name]), *passed))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result
