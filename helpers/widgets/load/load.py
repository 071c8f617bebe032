"""Many requests to one function, some of them in parallel, with a timeline that is drawn while they run.

    load = Load(lab, "HelloWorld", requests=50, at_once=5, payload={"name": "David"})
    load.run()              # with a bar and a Cancel button; returns a LoadResult

Works on AWS as it does here; there each request is billed. After Cancel nothing more is sent, and the answers
to requests already sent are waited for; after Kernel > Interrupt they are not: the function goes on, as on AWS.
"""

import json
import math
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpers.backend.clients import CONNECTIONS
from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.widgets.load.result import Answer, LoadResult
from helpers.widgets.shared.job import CancelledError, Job
from helpers.widgets.timeline.live_timeline import LiveTimeline

LOG_SECONDS = {"aws": 60}  # how long the last lines of the log are waited for; 10 elsewhere


class Load(Job):
    """Invoke `function` with `payload` `requests` times, `at_once` at a time.

    The timeline shows what ended after `since` (`time.time()`), by default after the load began.
    `live` is that LiveTimeline. Raises: LabError for invalid numbers.
    """

    def __init__(
        self,
        lab: Connection,
        function: str,
        requests: int,
        at_once: int = 5,
        payload: object = None,
        since: float | None = None,
    ):
        if requests < 1 or not 1 <= at_once <= CONNECTIONS:
            raise LabError(f"A load needs at least one request, and 1 to {CONNECTIONS} at once: give other numbers.")
        super().__init__(f"Load on {function}: {requests:,} requests, {at_once} at once", requests, "requests answered")
        self.function, self.at_once = function, at_once
        self._lab, self._payload, self._since = lab, json.dumps(payload), since
        self._answers: dict[int, Answer] = {}
        self.live = self._timeline()

    @property
    def result(self) -> LoadResult:
        """The answers so far, in the order of the requests, and the timeline so far."""
        answers = tuple(answer for _, answer in sorted(self._answers.items()))
        return LoadResult(self.function, self.steps, answers, self.live.timeline)

    def work(self) -> None:
        """Send the requests. Raises: what AWS answers when the log is read; never for the answer to a request."""
        self.live.close()
        self._answers, self.live = {}, self._timeline()
        self.draw()
        before = len(self.live.refresh().invocations)
        self.live.start()
        api = self._lab.client("lambda")
        pool = ThreadPoolExecutor(self.at_once, thread_name_prefix=f"load on {self.function}")
        try:
            left = {pool.submit(self._send, api, number) for number in range(self.steps)}
            while left:
                ended, left = wait(left, return_when=FIRST_COMPLETED)
                found = {number: answer for number, answer in (one.result() for one in ended) if answer}
                self._answers |= found
                self.advance(len(found))
            pool.shutdown()  # all have answered: its threads end now
        finally:  # an interrupt waits for no answer
            pool.shutdown(wait=False, cancel_futures=True)
        ran = sum(answer.ran for answer in self._answers.values())
        self.live.stop(reports=before + ran, seconds=LOG_SECONDS.get(self._lab.backend, 10))
        if len(self._answers) < self.steps:
            raise CancelledError

    def tidy(self) -> None:
        """End watching."""
        self.live.end()

    def picture(self) -> Any:
        """Return the widget with the timeline."""
        import ipywidgets as w

        self._place = w.VBox()
        return self._place

    def _fill(self) -> None:
        super()._fill()
        # The cell that runs it shows the timeline as its value when it has ended; after an interrupt it has none.
        shown = self.state in ("running", "cancelling", "interrupted", "failed")
        if shown and self._place.children != (self.live._view,):
            self._place.children = (self.live._view,)
        # Hidden, not taken out: of a short load the browser may still be making it, and what is half made has errors.
        self._place.layout.display = None if shown else "none"

    def _timeline(self) -> LiveTimeline:
        return LiveTimeline(self._lab, self.function, since=self._since, idle=math.inf, buttons=False)

    def _send(self, api: Any, number: int) -> tuple[int, Answer | None]:
        """Send one, in a thread of the pool. Returns its number and the answer; None if it was not sent."""
        if self.cancelled:
            return number, None
        try:
            response = api.invoke(FunctionName=self.function, Payload=self._payload)
            answer = FunctionResponse.read(response)
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            return number, Answer(status, error.response["Error"]["Code"], ran=False)
        except BotoCoreError as error:  # no answer at all
            return number, Answer(None, type(error).__name__, ran=False)
        return number, Answer(response["StatusCode"], answer.error_type or answer.error, ran=True)
