"""What an attendee may take of the machine: memory, processes, and a busy processor in equal parts.

Memory and processor by control groups, where this system lets us make some; processes by the user's own limit.
"""

import contextlib
import os
import resource
from dataclasses import dataclass, field
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
FOLDER = "lambda-labs"
CONTROLLERS = ("memory", "cpu", "cpuacct")  # cpuacct counts what cpu gives; in version 2 cpu does both
PROCESSES = 2048  # with their threads; as many as docker-compose.yml gives


@dataclass(frozen=True)
class Limits:
    """The groups that an attendee's processes join, as files that take a process id; why there are none."""

    groups: list[Path] = field(default_factory=list)
    reason: str = ""

    def join(self) -> None:
        """Put the calling process, and what it will start, under the limits. Called as root, between fork and exec."""
        for file in self.groups:
            file.write_text(str(os.getpid()))
        resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def prepare(name: str, memory: int, top: Path = CGROUPS) -> Limits:
    """Make the control groups of an attendee. `memory`: bytes. The processor's share is everyone's default: equal.

    The room as a whole has twenty times the share of another group, or of a process in none: it is many.
    """
    try:
        groups = _groups(name, top)
        for above in {group.parent for group in groups.values()}:
            above.mkdir(exist_ok=True)
            if _is_version_2(top):
                for folder in (top, above):
                    (folder / "cgroup.subtree_control").write_text("+memory +cpu")
        for group in groups.values():
            group.mkdir(exist_ok=True)
        name, share = ("cpu.weight", 2000) if _is_version_2(top) else ("cpu.shares", 20 * 1024)
        (groups["cpu"].parent / name).write_text(str(share))
        file = "memory.max" if _is_version_2(top) else "memory.limit_in_bytes"
        (groups["memory"] / file).write_text(str(memory))
    except OSError as error:
        return Limits(reason=f"{error.filename}: {error.strerror}")
    return Limits([group / "cgroup.procs" for group in dict.fromkeys(groups.values())])


def remove(name: str, top: Path = CGROUPS) -> None:
    """Remove the groups of an attendee who has no process left, and the folder above them after the last."""
    for group in set(_groups(name, top).values()):
        for folder in (group, group.parent):
            with contextlib.suppress(OSError):
                folder.rmdir()


def used(name: str, top: Path = CGROUPS) -> float | None:
    """Return the seconds of the processor that an attendee's processes have used, None if nobody counts them."""
    try:
        group = _groups(name, top)["cpuacct"]
        if _is_version_2(top):
            counted = dict(line.split() for line in (group / "cpu.stat").read_text().splitlines())
            return int(counted["usage_usec"]) / 1e6
        return int((group / "cpuacct.usage").read_text()) / 1e9
    except (OSError, KeyError, ValueError):
        return None


def _is_version_2(top: Path) -> bool:
    return (top / "cgroup.controllers").exists()


def _groups(name: str, top: Path) -> dict[str, Path]:
    """A folder for each controller; in version 2 there is one for all, in version 1 it is below our own group's."""
    if _is_version_2(top):
        return dict.fromkeys(CONTROLLERS, top / FOLDER / name)
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    ours = {line.split(":")[1]: line.split(":", 2)[2].strip("/") for line in lines}
    return {kind: top / kind / ours.get(kind, "") / FOLDER / name for kind in CONTROLLERS}
