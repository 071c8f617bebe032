"""Requests at once against a function's reserved and provisioned concurrency, sent for real.

    concurrency = Concurrency(lab, "lab08-door", "live")  # a form with sliders and Run
    concurrency.run(at_once=6, reserved=4, provisioned=2)  # the same in code; returns Waves

The function has to answer with its AWS_LAMBDA_INITIALIZATION_TYPE, and to take some tenths of a second, so that
requests overlap. The settings stay as they were chosen. Works on AWS as it does here; there, provisioned environments
take a minute or more to be ready, and cost money until they are removed.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.widgets.concurrency.result import MOST, Wave, Waves
from helpers.widgets.shared.base import Shown

READY_SECONDS = {"aws": 900}  # that provisioned environments may take; 60 elsewhere
KINDS = {"provisioned-concurrency": "provisioned", "on-demand": "on_demand"}  # by what the function answers


class Concurrency(Shown):
    """Send waves of 1, 2, 3, … requests at once to `function` by its alias or version `qualifier`.

    `result` has the last waves. Raises: what AWS answers, LabError for numbers that the form does not offer.
    """

    def __init__(self, lab: Connection, function: str, qualifier: str, sleep: Callable[[float], object] = time.sleep):
        self.function, self.qualifier = function, qualifier
        self.result: Waves | None = None
        self._lab, self._sleep = lab, sleep
        self._lock = threading.Lock()  # a click and a cell may both run it

    def run(self, at_once: int = 6, reserved: int | None = None, provisioned: int = 0) -> Waves:
        """Set both kinds of concurrency, send waves of 1 to `at_once` requests, and return what became of them.

        `reserved` None takes the reservation away. Raises: what AWS refuses (such as more provisioned than reserved).
        """
        if not 1 <= at_once <= MOST or not 0 <= provisioned <= MOST or not 0 <= (reserved or 0) <= MOST:
            raise LabError(f"Give 1 to {MOST} requests at once, and 0 to {MOST} for both kinds of concurrency.")
        with self._lock:
            self._configure(reserved, provisioned)
            waves = tuple(self._wave(count) for count in range(1, at_once + 1))
            self.result = Waves(f"{self.function}:{self.qualifier}", reserved, provisioned, waves)
            if self.is_shown:
                self._form.fill(at_once)
            return self.result

    @property
    def settings(self) -> tuple[int | None, int]:
        """What is reserved (None: nothing) and what is provisioned now. Raises: what AWS answers."""
        api = self._lab.client("lambda")
        reserved = api.get_function_concurrency(FunctionName=self.function).get("ReservedConcurrentExecutions")
        return reserved, self._provisioned()

    def text(self) -> str:
        """Return settings and waves as lines of text."""
        return self.result.text() if self.result else f"{self.function}:{self.qualifier}: nothing was sent yet"

    def html(self) -> str:
        """Return the same as HTML."""
        return self.result.svg() if self.result else f"<p>{escape(self.text())}</p>"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        from helpers.widgets.concurrency.form import ConcurrencyForm

        self._form = ConcurrencyForm(self)
        return self._form.box

    def _configure(self, reserved: int | None, provisioned: int) -> None:
        """Change what differs; provisioned concurrency first off, then on: it may not exceed what is reserved."""
        api = self._lab.client("lambda")
        which = {"FunctionName": self.function, "Qualifier": self.qualifier}
        before, now = self.settings
        if now and now != provisioned:
            api.delete_provisioned_concurrency_config(**which)
        if reserved is None and before is not None:
            api.delete_function_concurrency(FunctionName=self.function)
        elif reserved is not None and reserved != before:
            api.put_function_concurrency(FunctionName=self.function, ReservedConcurrentExecutions=reserved)
        if provisioned and now != provisioned:
            api.put_provisioned_concurrency_config(**which, ProvisionedConcurrentExecutions=provisioned)
        if provisioned:
            self._until_ready(api, which)

    def _provisioned(self) -> int:
        """Return how many environments are asked for now; 0 without a configuration."""
        api = self._lab.client("lambda")
        try:
            found = api.get_provisioned_concurrency_config(FunctionName=self.function, Qualifier=self.qualifier)
        except api.exceptions.ProvisionedConcurrencyConfigNotFoundException:
            return 0
        return int(found["RequestedProvisionedConcurrentExecutions"])

    def _until_ready(self, api: Any, which: dict[str, str]) -> None:
        waited, most = 0.0, READY_SECONDS.get(self._lab.backend, 60)
        while (found := api.get_provisioned_concurrency_config(**which))["Status"] != "READY":
            if found["Status"] == "FAILED" or waited >= most:
                reason = found.get("StatusReason", f"not ready after {most} s")
                raise LabError(f"Provisioned concurrency of {self.function} failed ({reason}): try a smaller number.")
            self._sleep(0.1)
            waited += 0.1

    def _wave(self, count: int) -> Wave:
        """Send `count` requests at the same moment, and wait for all answers."""
        api, together = self._lab.client("lambda"), threading.Barrier(count)
        with ThreadPoolExecutor(count, thread_name_prefix=f"wave to {self.function}") as pool:
            kinds = Counter(pool.map(lambda _: self._send(api, together), range(count)))
        return Wave(**kinds)

    def _send(self, api: Any, together: threading.Barrier) -> str:
        """Send one when all threads are there. Returns the name of what became of it, as in Wave."""
        together.wait()
        try:
            response = api.invoke(FunctionName=self.function, Qualifier=self.qualifier, Payload=json.dumps({}))
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            return "throttled" if status == 429 else "failed"
        return KINDS.get(str(FunctionResponse.read(response).payload), "failed")
