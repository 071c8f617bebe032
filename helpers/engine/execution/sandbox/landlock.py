"""Landlock: permanent limits on what a process and its children can reach (Linux, man 7 landlock).

Everywhere: abstract Unix sockets and processes of others (Linux 6.12, ABI 6). Namespaces do not cover abstract sockets:
those go with the network, which a function shares with this machine, to reach servers on it. On an older kernel they
stay in reach (D-Bus, X11): a filter of system calls cannot help, for the address is behind a pointer. Also, a process
behind Landlock can look into none that is not (`ptrace`, `/proc/<pid>/environ`, its open files).

Without namespaces: files, too (Linux 5.19, ABI 2). A function reads what it would find on AWS and writes below `/tmp`,
this machine's. It may still see names, sizes and times of files by `stat`, and connect to sockets that have a path.
Before Linux 6.2 (ABI 3) it may cut files short, as far as its user may write them.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from functools import lru_cache

from .system_calls import call

CREATE_VERSION = 1
RULE_PATH_BENEATH = 1
SCOPE_ABSTRACT_UNIX_SOCKET, SCOPE_SIGNAL = 1, 2

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
UP_TO_ABI = {2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}  # all rights to files that an ABI knows
ALL = (1 << 16) - 1  # from ABI 5 on
FOR_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = EXECUTE | READ_FILE | READ_DIR
WRITE = ALL & ~(MAKE_CHAR | MAKE_BLOCK)

FILES_ABI, SCOPES_ABI = 2, 6


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


@lru_cache
def abi() -> int:
    """The version of Landlock that the kernel has; 0 for none. The zygote asks once for all that it forks."""
    try:
        return call("landlock_create_ruleset", None, 0, CREATE_VERSION)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Restrict this process as far as the kernel can. It must have set `PR_SET_NO_NEW_PRIVS`.

    `readable` and `writable` are files and folders; those that this user cannot find are skipped. Both empty: files
    stay as they are. Raises `OSError` where Landlock is there and refuses.
    """
    version = abi()
    rules = [(path, READ) for path in readable] + [(path, WRITE) for path in writable]
    files = UP_TO_ABI.get(version, ALL) if rules and version >= FILES_ABI else 0
    scoped = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL if version >= SCOPES_ABI else 0
    if not files and not scoped:
        return
    ruleset = _Ruleset(files=files, scoped=scoped)
    # An older kernel knows the first field only, and takes no more than it knows unless it is zero.
    handle = call("landlock_create_ruleset", ctypes.byref(ruleset), ctypes.sizeof(ruleset), 0)
    try:
        for path, rights in rules if files else ():
            _allow(handle, path, rights & files)
        call("landlock_restrict_self", handle, 0)
    finally:
        os.close(handle)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            rights &= FOR_A_FILE
        rule = _PathBeneath(rights, parent)
        call("landlock_add_rule", ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(parent)
