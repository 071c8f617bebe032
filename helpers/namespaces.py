"""Whether the kernel lets us make the namespaces that keep a function away from the learner's files.

A real attempt in a process of its own: settings tell too little (containers refuse by seccomp, Ubuntu by AppArmor, and
only after the namespace is made). Source: unshare(2), mount(2), user_namespaces(7), Linux man-pages 6.9.
"""

import subprocess
import sys

_ATTEMPT = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000
REC, PRIVATE = 0x4000, 1 << 18

def must(call, result):
    if result != 0:
        sys.exit(call + ": " + os.strerror(ctypes.get_errno()))

uid, gid = os.getuid(), os.getgid()
must("unshare", libc.unshare(NEWNS | NEWUTS | NEWIPC | NEWPID | (NEWUSER if uid else 0)))
if uid:
    for name, text in ("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1"):
        with open("/proc/self/" + name, "w") as file:
            file.write(text)
must("mount", libc.mount(b"none", b"/", None, ctypes.c_ulong(REC | PRIVATE), None))
must("mount", libc.mount(b"tmpfs", b"/tmp", b"tmpfs", ctypes.c_ulong(0), b"size=64k"))
child = os.fork()
if child == 0:
    os._exit(0 if libc.mount(b"proc", b"/proc", b"proc", ctypes.c_ulong(0), None) == 0 else ctypes.get_errno())
error = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if error:
    sys.exit("mount of /proc: " + os.strerror(error))
"""


def refusal(platform: str = sys.platform, python: str = sys.executable) -> "str | None":
    """Why namespaces cannot be used, in a few words ("unshare: Operation not permitted"); None if they can."""
    if platform != "linux":
        return "only Linux has them"
    try:
        attempt = subprocess.run([python, "-I", "-c", _ATTEMPT], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None if attempt.returncode == 0 else (attempt.stderr.strip().splitlines() or ["the attempt was ended"])[-1]
