"""The set-up as a whole: missing components are built side by side, with progress; a failure ends in a sentence."""

import fcntl
import os
import platform
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import IO

from helpers.setup import bundle, components, interpreter_steps, paths, steps
from helpers.setup.commands import Commands, SetupError
from helpers.state.home import ROOT, lab_home

HEARTBEAT = 10  # seconds without news after which a line says what is still going on


class Progress:
    """Lines with the seconds since the start."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock, self.start = clock, clock()

    def say(self, what: str) -> None:
        """Print one line."""
        print(f"{self.clock() - self.start:6.1f} s  {what}", flush=True)


def main() -> int:
    """Build what is missing. Return the exit status: 0 done, 1 failed (a sentence says why), 130 interrupted."""
    progress = Progress()
    try:
        if not components.missing():
            return 0
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        log = writable_log()
        with (log.parent / "setup.lock").open("w") as lock:
            wait_for_lock(lock, progress)
            build(Commands(log, bundle.offline(environment(dict(os.environ)))), progress)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nThe set-up was interrupted; run `make setup` to go on.", file=sys.stderr)
        return 130
    return 0


def build(commands: Commands, progress: Progress) -> None:
    """Build what is missing. Raises SetupError with what failed first."""
    wanted = components.missing()
    if not wanted:
        return  # the set-up that was waited for has done it
    progress.say(f"setting up with Python {platform.python_version()} ({paths.base_python()})")
    if components.LEARNER in wanted:
        steps.learner_base(commands)
        progress.say("uv")
    steps.follow_pip(commands)
    if components.ENGINE_ENVIRONMENT in wanted:
        steps.engine_base(commands)
        progress.say("Node.js")
        wanted = [
            component for component in components.ALL if component in wanted or paths.ENGINE in component.place.parents
        ]
    recipes = {
        components.LEARNER: steps.learner,
        components.ENGINE_ENVIRONMENT: steps.engine,
        components.PYTHON: steps.python_runtime,
        components.NODEJS_CLIENTS: steps.nodejs_runtime,
        components.NODEJS22: interpreter_steps.nodejs22,
        components.INTERPRETERS: interpreter_steps.other_interpreters,
        components.LAB_PACKAGES: steps.lab_packages,
    }
    with ThreadPoolExecutor(len(recipes)) as pool:
        at_work = {pool.submit(recipes[component], commands): component.name for component in wanted}
        try:
            follow(at_work, progress)
        except KeyboardInterrupt:
            commands.stop()
            raise
    for future in at_work:
        future.result()
    progress.say("ready")


def follow(at_work: dict[Future[None], str], progress: Progress) -> None:
    """Print each component that is finished, and now and then those that are not."""
    left = set(at_work)
    while left:
        done, left = wait(left, timeout=HEARTBEAT, return_when="FIRST_COMPLETED")
        for future in done:
            if not future.exception():
                progress.say(at_work[future])
        if not done:
            progress.say("still at work: " + ", ".join(at_work[future] for future in left))


def environment(environ: dict[str, str]) -> dict[str, str]:
    """Return the environment of every command: the user's, without variables that would lead it elsewhere."""
    python = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    elsewhere = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV", "UV_PYTHON")
    kept = {name: value for name, value in environ.items() if name not in python + elsewhere}
    if kept.get("UV_LINK_MODE") == "symlink":
        kept["UV_LINK_MODE"] = "copy"  # functions do not see uv's cache
    return kept | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "NO_COLOR": "1"}


def writable_log() -> Path:
    """Return a new log file. Raises SetupError if this folder, or the one for state, cannot be written to."""
    home = lab_home()
    try:
        if not os.access(ROOT, os.W_OK):
            raise PermissionError(None, None, str(ROOT))
        home.mkdir(parents=True, exist_ok=True)
        log = home / "setup.log"
        log.write_text("")
        return log
    except OSError as error:
        raise SetupError(
            f"The folder {error.filename} cannot be written to, so nothing can be installed there: "
            "make it writable, or clone the repository into a folder of your own, and run `make setup` again."
        ) from error


def wait_for_lock(lock: IO[str], progress: Progress) -> None:
    """Wait until no other set-up runs in this folder."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        progress.say("another set-up is at work in this folder: waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)
