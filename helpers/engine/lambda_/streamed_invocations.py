"""An invocation whose caller gets the response as it comes: `InvokeWithResponseStream` and function URLs that stream.

The function runs in a thread of its own (its environment's Runtime API is served there), the caller's thread reads what
it sends from a queue. A caller that has gone does not end the function: on AWS it runs to its end too.
"""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from localstack.services.lambda_.invocation.lambda_models import InvocationResult

WAITING = 16  # parts, of up to 256 KB each, that wait for a slow caller
LOOK_SECONDS = 0.5  # how often a function that waits for its caller looks whether that is still there

receiver: ContextVar[StreamedInvocation | None] = ContextVar("receiver", default=None)


@dataclass
class StreamedInvocation:
    """One such invocation: an `execution.response_stream.Receiver` for the function, an iterator for its caller.

    `begun` says whether the response was streamed; one that was not is the payload of `result`, which is there once
    the parts have ended.
    """

    content_type: str = "application/octet-stream"
    begun: bool = False
    result: InvocationResult | None = None
    error: BaseException | None = None
    left: bool = False  # the caller has gone
    _first: bytes | None = None
    _parts: queue.Queue[bytes | None] = field(default_factory=lambda: queue.Queue(WAITING))

    def begin(self, content_type: str) -> None:
        """The response begins."""
        self.begun, self.content_type = True, content_type or self.content_type
        self._put(b"", time.monotonic() + LOOK_SECONDS)

    def write(self, data: bytes, deadline: float) -> None:
        """The next bytes, unless nobody wants them any more."""
        self._put(data, deadline)

    def _put(self, part: bytes | None, deadline: float) -> None:
        while not self.left and time.monotonic() < deadline:
            try:
                return self._parts.put(part, timeout=LOOK_SECONDS)
            except queue.Full:
                continue
        return None

    def start(self, invoke: Callable[[], InvocationResult]) -> None:
        """Run the invocation, and return when its response begins or when it is over. Raises: what `invoke` raises."""
        context = contextvars.copy_context()
        context.run(receiver.set, self)
        threading.Thread(target=context.run, args=(self._run, invoke), daemon=True).start()
        self._first = self._parts.get()
        if self.error:
            raise self.error

    def _run(self, invoke: Callable[[], InvocationResult]) -> None:
        try:
            self.result = invoke()
        except BaseException as error:
            self.error = error
        self._put(None, float("inf"))

    def parts(self) -> Iterator[bytes]:
        """The response's bytes as they come, once it has begun; then `result` or `error` is there."""
        part = self._first
        try:
            while part is not None:
                if part:
                    yield part
                part = self._parts.get()
        finally:
            self.left = True
