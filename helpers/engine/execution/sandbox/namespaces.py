"""A root file system like Lambda's, made of bind mounts in namespaces of the function's own (Linux).

Three steps. `build_root` runs once, in the process that becomes the zygote: a fresh root with AWS's places, read-only,
the host's own root parked below `/.host`. `leave_parent` and `enter` run once for each execution environment: new
mount, process, IPC and host name namespaces. `complete` runs when its function is known, before anything of the
function's: its own folders in, and the host's root gone for good.

    /var/task      the function's code            /var/lang     the interpreter
    /opt           its layers, merged             /var/runtime  what AWS preinstalls
    /tmp           its own, of its own size       /var/rapid    what starts the runtime
    /proc          its own processes              /usr /lib …   the host's, read-only

As root no user namespace is used: in one, a function could write `/proc/sys/kernel/core_pattern`; the runtime drops to
a user of its own instead. Without root a user namespace, mapped to one id, gives the rights to mount.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from dataclasses import dataclass

from .system_calls import call

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID = 0x10000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
ATTR_RDONLY, ATTR_NOSUID, ATTR_NODEV = 1, 2, 4

SYSTEM = ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32")
# Never all of /etc/ssl: private keys are there.
CONFIGURATION = (
    "etc/ssl/certs",
    "etc/ssl/openssl.cnf",
    "etc/ca-certificates",
    "etc/pki/tls/certs",
    "etc/pki/ca-trust/extracted",
    "etc/resolv.conf",
    "etc/hosts",
    "etc/nsswitch.conf",
    "etc/ld.so.cache",
    "etc/alternatives",
    "etc/localtime",
)
DEVICES = ("null", "zero", "full", "random", "urandom")  # no /dev/shm, as on AWS
PLACES = ("var/task", "opt", "var/lang", "var/runtime", "var/rapid", "tmp", "proc", "dev", "etc", ".host")
MASKED = ("/proc/keys", "/proc/key-users")  # names of keys that the engine's user has
# There on AWS too, where images of containers begin with it (LocalStack's snapshot `test_runtime_introspection_x86`,
# recorded on AWS): some programs look for it to know where they are.
ENTRYPOINT = """#!/bin/sh
echo "The runtime of this environment runs already."
exit 1
"""
TMP_BYTES_PER_FILE = 16 * 1024  # of ext4
USER = "sbx_user1051"  # the name on AWS

_libc = ctypes.CDLL(None, use_errno=True)


def _raise_on_error(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """Leave some of the parent's namespaces. Raises `OSError`."""
    _raise_on_error(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Make the system call `mount`. Raises `OSError`."""
    result = _libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode())
    _raise_on_error(result, f"mount {target}")


def bind(source: str, target: str, attributes: int = ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV) -> None:
    """Show `source` at `target`, with everything mounted below it, read-only."""
    mount(source, target, flags=MS_BIND | MS_REC)
    set_attributes(target, attributes)


class _Attributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "userns_fd")]


def set_attributes(target: str, attributes: int) -> None:
    """Set mount attributes on `target` and everything below it."""
    change = _Attributes(set=attributes)
    call("mount_setattr", AT_FDCWD, target.encode(), AT_RECURSIVE, ctypes.byref(change), ctypes.sizeof(change))


@dataclass(frozen=True)
class Root:
    """The common root: the folder to build it on, host files and folders by their path in it, symbolic links by
    theirs, and paths to empty."""

    folder: str
    binds: dict[str, str]
    links: dict[str, str]
    hidden: list[str]


def build_root(root: Root) -> None:
    """Move this process into the common root. Raises `OSError` where the system does not allow it."""
    if os.geteuid() != 0:
        _become_root_of_a_user_namespace()
    unshare(CLONE_NEWNS)
    mount("none", "/", flags=MS_REC | MS_PRIVATE)
    mount("tmpfs", root.folder, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m")
    at = root.folder + "/"
    for place in PLACES:
        os.makedirs(at + place)
    for name in SYSTEM:
        _show("/" + name, at + name)
    _show_bash_as_sh(at)
    for name in CONFIGURATION:
        _show("/" + name, at + name)
    for name in DEVICES:
        open(at + "dev/" + name, "w").close()
        mount("/dev/" + name, at + "dev/" + name, flags=MS_BIND)
    for name, link in (("stdin", "0"), ("stdout", "1"), ("stderr", "2")):
        os.symlink("/proc/self/fd/" + link, at + "dev/" + name)
    os.symlink("/proc/self/fd", at + "dev/fd")
    with open(at + "etc/passwd", "w") as file:
        file.write(f"root:x:0:0::/:/sbin/nologin\n{USER}:x:993:990::/home/{USER}:/sbin/nologin\n")
    with open(at + "etc/group", "w") as file:
        file.write(f"root:x:0:\n{USER}:x:990:\n")
    with open(at + "lambda-entrypoint.sh", "w") as file:
        file.write(ENTRYPOINT)
    os.chmod(at + "lambda-entrypoint.sh", 0o755)
    for target, source in root.binds.items():
        _bind_at(source, at + target.lstrip("/"))
    for target, link in root.links.items():
        os.symlink(link, at + target.lstrip("/"))
    for target in root.hidden:
        mount("tmpfs", at + target.lstrip("/"), "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=4k")
    set_attributes(root.folder, ATTR_RDONLY | ATTR_NOSUID)
    os.chdir(root.folder)
    call("pivot_root", b".", b".host")
    os.chdir("/")


def _become_root_of_a_user_namespace() -> None:
    uid, gid = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER)
    for name, content in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(content)


def _show(source: str, target: str) -> None:
    """Show a host file, folder or symbolic link in the new root, if the host has it."""
    if os.path.islink(source) and not source.startswith("/etc/"):
        os.symlink(os.readlink(source), target)
    elif os.path.exists(source):
        _bind_at(os.path.realpath(source) if os.path.isfile(source) else source, target)


def _show_bash_as_sh(at: str) -> None:
    """Show bash in the place of dash: on Amazon Linux it is what `/bin/sh` is, and what bootstraps are written for.

    Only of dash, which is nothing else: busybox, for one, is every tool of its machine.
    """
    dash, bash = os.path.realpath("/bin/sh"), shutil.which("bash", path="/usr/bin:/bin")
    if os.path.basename(dash) == "dash" and bash:
        bind(os.path.realpath(bash), at + dash.lstrip("/"))


def _bind_at(source: str, target: str) -> None:
    """Bind a file or a folder at a path that is created for it."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    bind(source, target)


def leave_parent() -> None:
    """Move this process into new namespaces; its process namespace begins with the next fork."""
    unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS)


def enter(binds: dict[str, str]) -> None:
    """Begin the root of one execution environment: what does not depend on its function.

    Called in the first process of the new process namespace.
    """
    _bind_from_host(binds)
    # Before the host's root goes: without a process file system in sight the kernel allows no new one.
    mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV)
    for name in MASKED:
        if os.path.exists(name):
            mount("/dev/null", name, flags=MS_BIND)
    _raise_on_error(_libc.sethostname(b"lambda", 6), "sethostname")


def complete(binds: dict[str, str], tmp_bytes: int, uid: int) -> None:
    """Finish it: the function's own folders in, the host's root out. `/tmp` is its user's alone, as on AWS."""
    _bind_from_host(binds)
    _raise_on_error(_libc.umount2(b"/.host", MNT_DETACH), "umount")
    # Files take memory of the kernel's as well: as many as a disk of this size has room for.
    files = tmp_bytes // TMP_BYTES_PER_FILE
    options = f"mode=700,uid={uid},gid={uid},size={tmp_bytes},nr_inodes={files}"
    mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options)


def _bind_from_host(binds: dict[str, str]) -> None:
    for target, source in binds.items():
        bind("/.host" + source, target)
