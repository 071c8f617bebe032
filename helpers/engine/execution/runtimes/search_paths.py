"""Where programs and shared libraries are looked for: AWS's `PATH` and `LD_LIBRARY_PATH`.

Values as functions see them on AWS: LocalStack's snapshots `test_introspection_invoke`, recorded on AWS, one for each
runtime (release 4.9.2, read 2026-11). A function may set both itself (Developer Guide, "Working with Lambda
environment variables", 2026-11).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ..places import Places

FOLDERS = ("/usr/local/bin", "/usr/bin/", "/bin", "/opt/bin")
LIBRARIES = ("/lib64", "/usr/lib64", "/var/runtime", "/var/runtime/lib", "/var/task", "/var/task/lib", "/opt/lib")
LANG = "/var/lang"  # of managed runtimes: a custom one brings its language itself


def path(managed: bool) -> str:
    """`PATH` for functions: AWS's folders, and those in which this machine has `bash` and `curl`."""
    folders = [*([f"{LANG}/bin"] if managed else []), *FOLDERS]
    for tool in ("bash", "curl"):
        if (found := shutil.which(tool)) and (folder := str(Path(found).parent)) not in map(_plainly, folders):
            folders.append(folder)
    return ":".join(folders)


def _plainly(folder: str) -> str:
    return folder.rstrip("/")


def library_path(places: Places, managed: bool) -> str:
    """`LD_LIBRARY_PATH`: AWS's in namespaces; without them the folders that are there, under their own names."""
    if places.binds:
        return ":".join([*([f"{LANG}/lib"] if managed else []), *LIBRARIES])
    folders = [places.task, places.task / "lib", *([places.opt / "lib"] if places.opt else [])]
    return ":".join(map(str, folders))


def has_libraries(places: Places) -> bool:
    """Whether the package or a layer has shared libraries where only `LD_LIBRARY_PATH` finds them."""
    folders = [places.real_task, places.real_task / "lib", *([places.real_opt / "lib"] if places.real_opt else [])]
    for folder in folders:
        try:
            if any(name.startswith("lib") and ".so" in name for name in os.listdir(folder)):
                return True
        except OSError:  # there is none, or it is a file
            continue
    return False


def seen(place: str, places: Places) -> str:
    """A path of AWS's below `/var/task` or `/opt`, as the function sees it here."""
    for prefix, folder in (("/var/task", places.task), ("/opt", places.opt)):
        if folder and Path(place).is_relative_to(prefix):
            return str(folder / Path(place).relative_to(prefix))
    return place
