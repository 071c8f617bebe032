"""The limits and the rights of a function's process."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from functools import partial

from . import landlock, seccomp
from .protocol import Spawn
from .system_calls import call

OPEN_FILES = 1024  # file descriptors of an execution environment (Lambda quotas, 2026-11)
PROCESSES = 1024  # processes and threads, together (the same)
# Of AWS's other limits those that can be had (LocalStack's snapshot `test_runtime_ulimits`, recorded on AWS). It allows
# core dumps; here the kernel would hand them to a program of the host.
LOCKED_BYTES, STACK_BYTES = 65536, 8 * 1024 * 1024

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CAPABILITIES = 64  # more than there are: the kernel refuses the rest
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000
JOIN_SESSION_KEYRING = 1

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int) -> None:
    """Call `prctl` on Linux; do nothing on other systems."""
    if sys.platform == "linux":
        _libc.prctl(option, value, 0, 0, 0)


def adopt_orphans() -> None:
    """Make this process the parent of orphaned descendants, and closed to inspection by them."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    prctl(PR_SET_DUMPABLE, 0)


def set_limits() -> None:
    """Set Lambda's limits on this process and its children, and end it with its parent."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    for limit, value in ((resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_MEMLOCK, LOCKED_BYTES)):
        value = _at_most(value, resource.getrlimit(limit)[1])
        resource.setrlimit(limit, (value, value))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    resource.setrlimit(resource.RLIMIT_STACK, (_at_most(STACK_BYTES, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _at_most(value: int, limit: int) -> int:
    return value if limit == resource.RLIM_INFINITY else min(value, limit)


def leave_session_keyring() -> None:
    """Give up the keys of the login that the engine was started from: a new, empty session keyring (Linux).

    Once, in the zygote: functions are kept from all keyrings by `confine`, and a keyring for each of them would meet
    the quota of 200 keys a user. Where the kernel refuses, it has no keys, or whoever runs us keeps us from them.
    """
    try:
        call("keyctl", JOIN_SESSION_KEYRING, None)
    except OSError:
        pass


def confine(spawn: Spawn, isolated: bool) -> None:
    """Restrict this process by Landlock and seccomp, for good. Called after `drop_rights`, before the runtime.

    In namespaces the filter is part of the promise: `OSError` where the kernel refuses it, and then no function runs
    (the zygote's probe has tried it out: `auto` has fallen back to plain mode, for the reason that `doctor` says, and
    `namespaces` has refused to start). In plain mode, which promises less, whatever is refused is left out.
    """
    for restrict in (partial(landlock.restrict, spawn.readable, spawn.writable), seccomp.apply_filter):
        try:
            restrict()
        except OSError:
            if isolated:
                raise


def drop_rights(uid: int, namespaces: bool) -> None:
    """Drop every privilege and become an unprivileged user, where the system allows it.

    `uid` is the user to become, 0 when the engine is not root and cannot choose. The number of processes is limited
    for each user, so each environment has a user of its own: another uid, or the only one of a user namespace.
    """
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if uid:
        _drop_bounding_set()  # while this process may
        _limit_processes()
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    elif namespaces:
        _enter_user_namespace()
        _limit_processes()
    if sys.platform == "linux":
        _drop_bounding_set()
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        _libc.capset(header, (ctypes.c_uint32 * 6)())
    # A change of user clears these: a debugger may attach to one's own process, and the process ends with its parent.
    prctl(PR_SET_DUMPABLE, 1)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _drop_bounding_set() -> None:
    """Ensure that no program executed by this process can gain a capability."""
    for capability in range(CAPABILITIES):
        prctl(PR_CAPBSET_DROP, capability)


def _limit_processes() -> None:
    resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))


def _enter_user_namespace() -> None:
    """Take the user and group ids that functions have on AWS, in a new user namespace."""
    prctl(PR_SET_DUMPABLE, 1)  # or the files below belong to root
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare: a user namespace for the function")
    for name, content in (("setgroups", "deny"), ("uid_map", "993 0 1"), ("gid_map", "990 0 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)
