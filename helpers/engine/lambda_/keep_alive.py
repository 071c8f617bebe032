"""The keep-alive of idle environments: one thread ends those that have been idle too long.

AWS does not say after how long; usually minutes. Here it is LocalStack's setting `LAMBDA_KEEPALIVE_MS` (10 minutes).
"""

from __future__ import annotations

import threading
import time

from localstack import config
from localstack.services.lambda_.invocation.execution_environment import ExecutionEnvironment

LOOK_EVERY_SECONDS = 1.0

_idle_since: dict[str, tuple[float, ExecutionEnvironment]] = {}


def start_timer(environment: ExecutionEnvironment) -> None:
    """Count the environment's idle time from now on."""
    _idle_since[environment.id] = (time.monotonic(), environment)


def cancel_timer(environment: ExecutionEnvironment) -> None:
    """Stop counting: the environment is busy, or gone."""
    _idle_since.pop(environment.id, None)


def start() -> None:
    """Start the thread."""
    threading.Thread(target=_look_forever, name="keep-alive", daemon=True).start()


def _look_forever() -> None:
    while True:
        time.sleep(LOOK_EVERY_SECONDS)
        end_idle(time.monotonic() - config.LAMBDA_KEEPALIVE_MS / 1000)


def end_idle(before: float) -> None:
    """End every environment that has been idle since a time before `before` (`time.monotonic`)."""
    for since, environment in list(_idle_since.values()):
        if since < before:
            cancel_timer(environment)
            # LocalStack's own: ends the environment unless an invocation has just taken it.
            environment.keepalive_passed()
