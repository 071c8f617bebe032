"""Waiting for what a learner's work brings about."""

import time
from collections.abc import Callable
from typing import TypeVar

from helpers.backend.session import Connection

T = TypeVar("T")


def seconds_for(lab: Connection, locally: float, on_aws: float) -> float:
    """Return how long to wait on the backend of `lab`."""
    return on_aws if lab.backend == "aws" else locally


def until(
    found: Callable[[], T],
    seconds: float,
    *,
    enough: Callable[[T], object] = bool,
    pause: float = 0.3,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> T:
    """Return what is found once it is `enough`, by default anything, or what there is after `seconds`."""
    deadline = clock() + seconds
    while not enough(answer := found()) and clock() < deadline:
        sleep(pause)
    return answer
