"""``make strict``: all labs through nbval, strictly, several at a time, each in an account of its own.

``TIMES=10`` repeats it on the same engine: the second pass finds used accounts. ``LABS="labs/01_hello_world.ipynb …"``
runs some. Prints the seconds of each pass and, of a lab that failed, what nbval said.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "labs"))

import notebooks
import stories

AT_ONCE = 3  # on two cores: labs wait a third of the time


def main(times: int, labs: Sequence[Path]) -> int:
    """Run these labs `times` times. Returns how many runs of a lab failed."""
    failed = 0
    # Longest first, so that none is left to run alone at the end.
    order = sorted(labs, key=lambda lab: -len(notebooks.code_cells(lab)))
    with tempfile.TemporaryDirectory(prefix="lambda-labs-") as home, notebooks.backend(Path(home)) as environ:
        for number in range(1, times + 1):
            began = time.monotonic()
            with ThreadPoolExecutor(AT_ONCE) as pool:
                folder = Path(home) / f"pass-{number}"
                runs = list(pool.map(lambda lab, folder=folder: run(lab, folder / lab.stem, environ), order))
            runs.sort(key=lambda run: run[0])
            wrong = [
                f"{lab.stem}:\n{nbval.stdout}{nbval.stderr}" for lab, _, nbval in runs if not stories.passed(nbval)
            ]
            failed += len(wrong)
            said = f"{len(wrong)} of {len(runs)} labs failed" if wrong else f"all {len(runs)} labs passed"
            each = ", ".join(f"{lab.stem[:2]} {seconds:.0f}" for lab, seconds, _ in runs)
            print(f"pass {number}: {said} in {time.monotonic() - began:.1f} s ({each})", *wrong, sep="\n", flush=True)
    return failed


def run(lab: Path, folder: Path, environ: dict[str, str]) -> tuple[Path, float, subprocess.CompletedProcess]:
    """Run one lab through nbval, in a folder of its own: the lab, the seconds it took, and what nbval printed."""
    copy, began = stories.copied(lab, folder), time.monotonic()
    nbval = stories.strictly(copy, stories.account(environ, f"1000000000{lab.stem[:2]}"))
    return lab, time.monotonic() - began, nbval


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[2])
    sys.exit(bool(main(int(sys.argv[1]), [Path(lab).resolve() for lab in sys.argv[2:]] or notebooks.LABS)))
