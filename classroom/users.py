"""Operating-system users of attendees: what keeps one from another's files, kernels and engine."""

import contextlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from classroom import limits
from classroom.places import HOMES, SOCKETS
from helpers.errors import LabError

# JupyterHub appends `--uid` and the name. A home that is there already is used again.
MAKE = [
    *("useradd", "--base-dir", str(HOMES), "--create-home", "--user-group"),
    *("--shell", "/bin/bash", "--key", "HOME_MODE=0700"),
]
KILL = ("/bin/sh", "-c", "kill -KILL -1")  # by the user's own rights, so everything of theirs and nothing else


def prepare(name: str) -> Path:
    """Make the folder for an attendee's sockets, and return their home. Raises: KeyError if they are no user."""
    user = pwd.getpwnam(name)
    home, sockets = Path(user.pw_dir), SOCKETS / name
    sockets.mkdir(exist_ok=True)
    for folder in (home, sockets):
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o700)
    return home


def run(name: str, command: Sequence[str], **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as an attendee. Raises: KeyError if they are no user."""
    user = pwd.getpwnam(name)
    return subprocess.run(
        command,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": user.pw_dir, **environ},
        capture_output=True,
    )


def quietly(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command as root, with nothing of this process's environment but PATH."""
    environ = {"PATH": os.environ.get("PATH", os.defpath)}
    return subprocess.run(command, cwd="/", env=environ, capture_output=True)


def end_processes(name: str, seconds: float = 10) -> None:
    """End all that runs as an attendee: server, kernels, engine, functions, and what they started themselves."""
    uid = pwd.getpwnam(name).pw_uid
    if uid == 0:
        raise ValueError("root is no attendee")
    until = time.monotonic() + seconds
    while _runs_something(uid) and time.monotonic() < until:
        run(name, KILL)
        time.sleep(0.05)
    limits.remove(name)


def _runs_something(uid: int) -> bool:
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
            if int(fields["Uid"].split()[0]) == uid and fields["State"].split()[0] != "Z":
                return True
    return False


def remove(name: str) -> None:
    """Remove the user with all that they have. Raises: LabError if the system refuses."""
    try:
        home = Path(pwd.getpwnam(name).pw_dir)
    except KeyError:
        return
    if home.parent != HOMES:
        raise LabError(f"{name!r} is a user of this machine, and no attendee: nothing was removed.")
    end_processes(name)
    gone = subprocess.run(["userdel", name], capture_output=True, text=True)
    if gone.returncode:
        raise LabError(f"The user {name!r} was not removed: {gone.stderr.strip()}.")
    for folder in (home, SOCKETS / name):
        shutil.rmtree(folder, ignore_errors=True)
