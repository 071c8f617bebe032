"""``make try-bundle``: from an archive of ``make bundle`` to a first invocation, without a network, by the clock.

In a network namespace of its own, which has nothing but a loopback interface, with a home folder without caches or
settings. Linux, as root. The bar is 90 seconds on two cores that nothing else uses.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAR = 90.0  # seconds


def main() -> int:
    """Try the newest archive. Return the exit status: 0 within the bar, 1 not, or a step has failed."""
    archives = sorted((ROOT / "dist").glob("*.tar"), key=os.path.getmtime)
    if not archives:
        print("There is no bundle in dist/: make bundle.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="lambda-labs-bundle-") as folder:
        home = Path(folder, "home")
        home.mkdir()
        environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        began = time.monotonic()
        for command in steps(archives[-1], Path(folder)):
            status = subprocess.run(["unshare", "--net", *command], cwd=folder, env=environ).returncode
            print(f"{time.monotonic() - began:6.1f} s  {' '.join(command)}", flush=True)
            if status:
                return 1
        seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # tells a slow set-up from a machine that others use
    print(f"From the archive to a first invocation without a network: {seconds:.1f} s (bar: {BAR:.0f} s), in which")
    print(f"processors worked for {used.ru_utime + used.ru_stime:.0f} s")
    return int(seconds > BAR)


def steps(archive: Path, folder: Path) -> list[list[str]]:
    """The commands, as a learner would give them; the last one starts the engine and invokes a function."""
    labs = folder / archive.name.split("-linux")[0]
    invoke = f"PYTHONPATH=.:tests/engine .venv/bin/python tests/tools/without_network.py {folder / 'lab'}"
    return [
        ["tar", "xf", str(archive), "-C", str(folder)],
        ["make", "-C", str(labs), "setup", f"PYTHON={sys.executable}"],
        ["sh", "-c", f"cd {labs} && {invoke}"],
    ]


if __name__ == "__main__":
    sys.exit(main())
