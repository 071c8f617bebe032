"""Compile a package's Python files ahead of time. A program: `python -I -S compile.py FOLDER`.

A source file may need any amount of time and memory to be compiled (8 MB of statements: 17 s and 3.5 GB), and deep
nesting has crashed compilers before. So this runs in a process of its own, under limits that no honest package meets.
Nothing of the package is executed. A file that cannot be compiled has no `.pyc`, and that is all.
"""

from __future__ import annotations

import os
import resource
import stat
import sys
from importlib.machinery import SourceFileLoader

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 5
FILE_BYTES = 64 * 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: MEMORY_BYTES,
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: FILE_BYTES,
    resource.RLIMIT_CORE: 0,
}


class Source(SourceFileLoader):
    """A source file. `get_code` compiles it and keeps the result in `__pycache__`, as `import` would."""

    def get_data(self, path: str) -> bytes:
        """Read the source, never a `.pyc` that came with the package: its content cannot be trusted."""
        if path != self.path:
            raise OSError
        return super().get_data(path)


def compile_files(folder: str) -> None:
    """Compile every `.py` file below `folder`, in any order, but for those that a function may not read.

    A symbolic link is none of the package's own files: it may lead out of the folder. One called `__pycache__` would
    have this program, which may do what the engine may, write there.
    """
    for parent, _, names in os.walk(folder):
        if os.path.islink(os.path.join(parent, "__pycache__")):
            continue
        for name in names:
            if name.endswith(".py") and _is_readable(os.path.join(parent, name)):
                try:
                    Source(name, os.path.join(parent, name)).get_code(name)
                except Exception:  # whatever is wrong with it, `import` says so in the function
                    pass


def _is_readable(path: str) -> bool:
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) and bool(mode & stat.S_IROTH)


if __name__ == "__main__":
    for limit, value in LIMITS.items():
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):  # the system's own is lower, or (macOS) it has none for memory
            pass
    compile_files(sys.argv[1])
