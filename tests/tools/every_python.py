"""``make test-all``: every test on the Python of `.venv`, then what can differ on each other supported Python here.

For another version the working tree is copied to ``.lab/python-3.x/`` and set up there, as a clone would be: what is
tested needs nothing but the files of the repository. The copies keep their environments, so only the first run pays;
they are set up while the first Python is tested, with what its tests leave of the processors.

Tests with the mark `once` are the same on each Python: they are run on the first only. Of the others only the newest
runs the labs: what they use of Python has tests of its own, and the first Python is the oldest on most machines.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = (".venv", ".engine", ".lab")  # of a copy, from run to run; of ours, never copied
CLOSING = re.compile(r"^=+ (.*\b(?:passed|failed|error|errors|skipped|no tests ran)\b.*) =+$")


def main(arguments: "list[str]") -> int:
    """Run pytest with these arguments everywhere. Returns 0 if it passed everywhere."""
    copies = {python: ROOT / ".lab" / f"python-{version(python).rpartition('.')[0]}" for python in others()}
    for copy in copies.values():
        renew(copy)
    with ThreadPoolExecutor(1) as background:
        set_ups = {python: background.submit(set_up, python, copy) for python, copy in copies.items()}
        print(f"===== Python {version(sys.executable)}, here", flush=True)
        results = [(version(sys.executable), *pytest(ROOT, arguments))]
        newest = max(copies, key=lambda python: [int(part) for part in version(python).split(".")], default=None)
        for python, copy in copies.items():
            print(f"\n===== Python {version(python)}, in {copy.relative_to(ROOT)}", flush=True)
            done = set_ups[python].result()
            if done.returncode:
                print(done.stdout, flush=True)
                results.append((version(python), 1, "the set-up failed"))
            else:
                chosen = "not once" if python == newest else "not once and not labs"
                results.append((version(python), *pytest(copy, ["-m", chosen, *arguments])))
    print()
    for name, status, closing in results:
        print(f"{'ok    ' if status == 0 else 'FAILED'} Python {name}: {closing}")
    return int(any(status for _, status, _ in results))


def others() -> "Iterable[str]":
    """The other supported Pythons, one for each version."""
    found = subprocess.run([ROOT / "helpers/setup/find_python.sh", "--all"], capture_output=True, text=True, check=True)
    ours = version(sys.executable).rpartition(".")[0]
    return [path for path in found.stdout.splitlines() if version(path).rpartition(".")[0] != ours]


def version(python: str) -> str:
    """Its version, as in 3.12.1."""
    code = "import platform; print(platform.python_version())"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def renew(copy: Path) -> None:
    """Make ``copy`` hold the files of the working tree, uncommitted ones too, and its own environments."""
    copy.mkdir(parents=True, exist_ok=True)
    for path in copy.iterdir():
        if path.name not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".*_cache")
    for path in ROOT.iterdir():
        if path.name not in (*KEPT, ".git"):
            if path.is_dir():
                shutil.copytree(path, copy / path.name, symlinks=True, ignore=unwanted)
            else:
                shutil.copy2(path, copy)


def set_up(python: str, copy: Path) -> "subprocess.CompletedProcess[str]":
    """Install everything in ``copy``; what was said goes to `stdout`."""
    command = ["nice", "-n", "19", python, "helpers/setup/install.py"]
    return subprocess.run(
        command, cwd=copy, env=environment(copy), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def environment(tree: Path) -> "dict[str, str]":
    """Ours, with that tree's commands first and without what names a port, a folder or a Python.

    LAB_BROWSER, which says whether the labs are to be opened in a browser, goes to the first tree as it is.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAB_", "MAKE", "PYTEST_"))}
    kept.pop("PYTHON", None)
    asked = {name: os.environ[name] for name in ("LAB_BROWSER",) if name in os.environ}
    kept |= asked if tree == ROOT else {"LAB_BROWSER": "off"}
    return kept | {"PATH": f"{tree / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}


def pytest(tree: Path, arguments: "list[str]") -> "tuple[int, str]":
    """Run pytest in that tree. Returns its exit status and closing line."""
    color = ["--color=yes"] if sys.stdout.isatty() else []
    command = [tree / ".venv" / "bin" / "python", "-m", "pytest", *color, *arguments]
    said = b""
    with subprocess.Popen(command, cwd=tree, env=environment(tree), stdout=subprocess.PIPE) as run:
        while part := os.read(run.stdout.fileno(), 65536):  # as it comes: a line of dots takes a minute to end
            sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()
            said = (said + part)[-2000:]
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said.decode(errors="replace")).splitlines()
    return run.returncode, next((match[1] for line in reversed(lines) if (match := CLOSING.match(line))), "ended early")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
