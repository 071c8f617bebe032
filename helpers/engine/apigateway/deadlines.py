"""Waiting for an integration, and no longer than it may take."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


class TookTooLongError(TimeoutError):
    """What was waited for is not done yet."""


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What `work` returns or raises. Raises: TookTooLongError if that takes longer. It goes on in any case."""
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # for whoever waits
            future.set_exception(error)

    Thread(target=copy_context().run, args=(run,), daemon=True, name="integration").start()
    try:
        return future.result(seconds)
    except TimeoutError:
        if future.done():  # of the work itself, or done just now
            return future.result()
        raise TookTooLongError from None
