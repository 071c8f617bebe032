"""What happens to the labs in the tests: two stories, told one after the other, each with an engine of its own.

Strict: nbval runs each lab twice in a row in an account of its own, then the lab is reset. The first run finds a fresh
account, the second a used one; other labs run at the same time in their accounts.
On a machine's other Pythons (`make test-all`) one run is all that is told: what is done with a lab is the same there.

Solved: the first cells of every lab run, then the engine is killed. In the same kernels each lab is run from its first
cell again, with the reference solutions, after other labs in the same account. In the middle of it the kernel is
restarted: the first cell offers to run what is above, that is done, and the lab goes on. At the end all labs are reset.

Engine and folder are not shared by the stories: solving exercises changes the progress that lab 00 shows.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import boto3
import nbformat
import notebooks
from nbclient import NotebookClient

from helpers.backend.credentials import read_secret, secret_access_key
from helpers.backend.engine import Engine
from helpers.backend.launch import wait_for
from helpers.cleanup import owns
from helpers.cleanup.owns import Owns
from helpers.cleanup.resource_types import RESOURCE_TYPES
from helpers.jupyter import working_copies
from helpers.state.home import ROOT

AT_ONCE = 3  # labs: both chains of the solved story and one of the strict one; they wait for half of their time
EVERYTHING = Owns(**dict.fromkeys(RESOURCE_TYPES, ("*",)))
LOOKING = threading.Lock()  # clients are made of boto3's default session, one thread at a time
# As in tests/conftest.py: without a grammar that takes a second to compile, and that no notebook needs.
PYTEST = "import sys; sys.modules['rfc3987_syntax'] = None; import pytest; sys.exit(pytest.main())"
NBVAL = (
    *(sys.executable, "-c", PYTEST, "-q", "-c", "pyproject.toml", "-p", "no:cacheprovider"),
    *("-p", "nbval", "--nbval", "--nbval-current-env"),
    *(f"--nbval-cell-timeout={notebooks.SECONDS}", f"--nbval-kernel-startup-timeout={notebooks.STARTUP_SECONDS}"),
    "--nbval-sanitize-with=tests/tools/nbval-sanitize.cfg",
)


@dataclass(frozen=True)
class Strict:
    """What nbval printed in each run ({"fresh": …, "used": …}), and what was in the account after the reset.

    `beside`: names of the files that the lab has left beside itself.
    """

    runs: dict[str, subprocess.CompletedProcess]
    left: dict[str, list[str]]
    beside: set[str]


@dataclass(frozen=True)
class Solved:
    """The notebook as it ended, and how its kernel was restarted in the middle.

    `offered`: the commands that the first cell offered then; `wanted`: those that run all above the middle;
    `offered_again`: what it offered when they had run. `before` and `after` the restart, with all above the middle run:
    the ids of the cells that failed, and the numbers of the exercises that were done.
    """

    notebook: nbformat.NotebookNode
    offered: list[str]
    wanted: list[str]
    offered_again: list[str]
    before: tuple[set[str], set[str]]
    after: tuple[set[str], set[str]]


class Stories:
    """Both stories of `labs`, begun: `strict[lab]` and `solved[lab]` are futures of a Strict and of a Solved.

    `left`: futures of what was left in each account of the solved story after the reset.
    `only_strict`: the strict story alone, in a fresh account; `solved` and `left` are empty.
    """

    def __init__(self, labs: Sequence[Path], folder: Path, only_strict: bool = False):
        self._stack = ExitStack()
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self.solved = {} if only_strict else {lab: Future() for lab in labs}
        self.left = [] if only_strict else self._begin_solved(labs, folder)
        strict = self._stack.enter_context(notebooks.backend(folder / "strict"))
        states = ["fresh"] if only_strict else ["fresh", "used"]
        self.strict = {
            lab: self._pool.submit(
                tell_strict, lab, states, folder / lab.stem, account(strict, f"1000000000{lab.stem[:2]}")
            )
            for lab in labs
        }

    def close(self) -> None:
        """Begin nothing more, wait for what runs, and stop the engines."""
        self._pool.shutdown(cancel_futures=True)
        self._stack.close()

    def _begin_solved(self, labs: Sequence[Path], folder: Path) -> list[Future]:
        solved = self._stack.enter_context(notebooks.backend(folder / "solved"))
        # In a learner's folder: what labs read beside them is there, and they write files such as out.txt there.
        self._folder = folder / "my"
        working_copies.bring(my=self._folder, home=folder)
        chains = [chain for chain in (labs[::2], labs[1::2][::-1]) if chain]  # forwards and backwards
        killed = threading.Barrier(len(chains), lambda: kill(Path(solved["LAB_HOME"])), timeout=900)
        return [
            self._pool.submit(self._chain, chain, account(solved, f"20000000000{number}"), killed)
            for number, chain in enumerate(chains)
        ]

    def _chain(self, labs: Sequence[Path], environ: Mapping[str, str], killed: threading.Barrier):
        try:
            with ExitStack() as stack:
                kernels = {lab: stack.enter_context(ExitStack()) for lab in labs}
                clients = {}
                for lab, kernel in kernels.items():
                    notebook = without_outputs(notebooks.solved(lab))  # as the learner's copy begins
                    clients[lab] = kernel.enter_context(notebooks.kernel(notebook, self._folder / lab.name, environ))
                    notebooks.run(clients[lab], notebooks.first_cells(notebook))
                killed.wait()
                for lab, kernel in kernels.items():
                    try:
                        self.solved[lab].set_result(solve(clients[lab], kernel, self._folder / lab.name, environ))
                    except Exception as error:  # its test shows it; the next lab has to cope with what is left
                        self.solved[lab].set_exception(error)
            reset(labs, environ)
            return left(environ)
        except Exception as error:
            killed.abort()
            for lab in labs:
                if not self.solved[lab].done():
                    self.solved[lab].set_exception(error)
            raise


def solve(client: NotebookClient, kernel: ExitStack, file: Path, environ: Mapping[str, str]) -> Solved:
    """Run the client's notebook, the second half in a new kernel; `kernel` closes the one that runs."""
    notebook = client.nb
    code = [place for place, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    first, middle = code[0], code[len(code) // 2]
    notebooks.run(client, notebook.cells[: middle + 1])
    nbformat.write(notebook, file)
    before = notebooks.failures(notebook), notebooks.done(notebook)
    kernel.close()
    with notebooks.kernel(notebook, file, environ) as client:
        notebooks.run(client, [notebook.cells[first]])
        offered = offer(notebook.cells[first])
        notebooks.run(client, notebook.cells[:middle])
        offered_again = offer(notebook.cells[first])
        after = notebooks.failures(notebook), notebooks.done(notebook)
        notebooks.run(client, notebook.cells[middle:])
    wanted = ["notebook:move-cursor-down"] * (middle - first) + ["notebook:run-all-above"]
    return Solved(notebook, offered, wanted, offered_again, before, after)


def without_outputs(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    return notebook


def offer(cell: nbformat.NotebookNode) -> list[str]:
    """The commands of JupyterLab that the cell's output offers to run."""
    found = re.search(r'data-commandlinker-args="([^"]*)"', "\n".join(notebooks.texts(cell)))
    return json.loads(unescape(found[1]))["commands"] if found else []


def tell_strict(lab: Path, states: Sequence[str], folder: Path, environ: Mapping[str, str]) -> Strict:
    copy = copied(lab, folder)
    before = set(folder.iterdir())
    runs = {state: strictly(copy, environ) for state in states}
    reset([lab], environ)
    return Strict(runs, left(environ), {path.name for path in set(folder.iterdir()) - before})


def copied(lab: Path, folder: Path) -> Path:
    """Copy the labs into `folder` and return the copy of `lab`: labs write files such as out.txt beside them."""
    shutil.copytree(ROOT / "labs", folder, ignore=shutil.ignore_patterns("out.txt", "*.zip"))
    return folder / lab.name


def strictly(lab: Path, environ: Mapping[str, str]) -> subprocess.CompletedProcess:
    """Have nbval run a lab and compare every output."""
    return subprocess.run([*NBVAL, str(lab)], cwd=ROOT, env=environ, capture_output=True, text=True)


def passed(nbval: subprocess.CompletedProcess) -> bool:
    """Whether every cell ran and gave what is stored; a cell that times out can be reported as an expected failure."""
    return nbval.returncode == 0 and "xfail" not in nbval.stdout and "skipped" not in nbval.stdout


def account(environ: Mapping[str, str], number: str) -> dict[str, str]:
    return {**environ, "LAB_ACCOUNT": number}


def kill(home: Path) -> None:
    """Kill the engine of the folder `home`, as a machine short of memory does, and wait until it is dead."""
    engine = Engine(home=home, environ={})
    os.kill(engine.running().pid, signal.SIGKILL)
    assert wait_for(lambda: engine.running() is None, 10)


def reset(labs: Sequence[Path], environ: Mapping[str, str]) -> None:
    numbers = [lab.stem[:2] for lab in labs]
    subprocess.run([sys.executable, "-m", "helpers", "reset", *numbers], cwd=ROOT, env=environ, check=True)


def left(environ: Mapping[str, str]) -> dict[str, list[str]]:
    """Everything in the account, of every kind that clean-up knows, whether a lab owns it or not."""

    def client(service):
        return boto3.client(
            service,
            endpoint_url=f"http://127.0.0.1:{environ['LAB_PORT']}",
            region_name="us-east-1",
            aws_access_key_id=environ["LAB_ACCOUNT"],
            aws_secret_access_key=secret_access_key(read_secret(Path(environ["LAB_HOME"])), environ["LAB_ACCOUNT"]),
        )

    with LOOKING:
        return owns.remove(client, EVERYTHING, dry_run=True)
