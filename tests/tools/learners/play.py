"""Many learners at once, each in a process of their own: the clients' work is not the engine's."""

import multiprocessing
import time
import traceback
from dataclasses import dataclass, field
from typing import Any

from tests.tools.learners import lab01, lab03, lab06
from tests.tools.learners.learner import Call, Learner

LABS = (lab01, lab03, lab06)
FIRST_ACCOUNT = 410_000_000_000


@dataclass
class Played:
    """How learners fared: all their calls; how long each was at work, in seconds; what kept some from finishing."""

    calls: list[Call] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def play(endpoint: str, secret: str, count: int, first: int = 0) -> Played:
    """Let `count` learners begin together and wait for them all. `first`: the number of the first one's account."""
    fork = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    together, results = fork.Barrier(count), fork.Queue()
    processes = [
        fork.Process(target=_play, args=(endpoint, secret, str(FIRST_ACCOUNT + first + index), together, results))
        for index in range(count)
    ]
    for process in processes:
        process.start()
    played = Played()
    for _ in processes:
        calls, seconds, failure = results.get()
        played.calls += calls
        played.seconds.append(seconds)
        played.failures += [failure] if failure else []
    for process in processes:
        process.join()
    return played


def _play(endpoint: str, secret: str, account: str, together: Any, results: Any) -> None:
    learner, failure = Learner(endpoint, secret, account), ""
    together.wait()
    began = time.perf_counter()
    try:
        for lab in LABS:
            lab.play(learner)
    except Exception:  # the others go on
        failure = f"account {account}: {traceback.format_exc()}"
    results.put((learner.calls, time.perf_counter() - began, failure))
