"""The duration of a function at several memory sizes, and the cost of a million calls at each.

    sweep = MemorySweep(lab, "HelloWorld", sizes=(128, 512, 1024), payload={"name": "David"})
    sweep.run()             # with a bar and a Cancel button; returns a Sweep
    sweep.run().balanced    # the size that AWS Lambda Power Tuning would choose

Works on AWS as it does here. What it measures is `$LATEST`, whose memory it changes meanwhile: versions keep theirs.
"""

from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.logs import Report
from helpers.widgets.memory_sweep.result import Point, Sweep, usd_per_million
from helpers.widgets.shared import test_run
from helpers.widgets.shared.calls import Calls
from helpers.widgets.shared.job import Job


class MemorySweep(Job):
    """Call `function` with `payload` at each of `sizes` (MB): once to warm it up, then `repeats` times.

    The fastest call counts, since other load on the machine only adds time. Afterwards the function has its former
    memory size again, however the sweep ended.
    Raises: LabError without a size, or for less than one repeat.
    """

    def __init__(
        self,
        lab: Connection,
        function: str,
        sizes: Sequence[int] = (128, 256, 512, 1024, 2048),
        payload: object = None,
        repeats: int = 3,
    ):
        self.sizes = tuple(sorted(set(sizes)))
        if not self.sizes or repeats < 1:
            raise LabError("There is nothing to measure: give at least one memory size (MB) and one repeat.")
        self.function, self.payload, self.repeats = function, payload, repeats
        words = ", ".join(f"{size:,}" for size in self.sizes)
        calls = "one call" if repeats == 1 else f"{repeats} calls"
        title = f"Memory sweep of {function}: {words} MB, {calls} each after a first that warms up"
        super().__init__(title, len(self.sizes) * (repeats + 1), "calls")
        self._calls = Calls(lab)
        self._points: tuple[Point, ...] = ()
        self._before: int | None = None  # MB, while it may be another

    @property
    def result(self) -> Sweep:
        """The measurements so far."""
        return Sweep(self.function, self._points, len(self.sizes))

    def work(self) -> None:
        """Measure each size. Raises: what AWS answers, LabError if the function fails."""
        self._points = ()
        found = self._calls("lambda", "get_function_configuration", FunctionName=self.function)
        architecture = found.get("Architectures", ["x86_64"])[0]
        if self._before is None:  # or the last sweep could not put it back
            self._before = found["MemorySize"]
        for size in self.sizes:
            self.step(f"{size:,} MB", by=0)
            self._set(size)
            reports = [self._report(size) for _ in range(self.repeats + 1)]
            fastest = min(reports[1:], key=lambda report: report.duration_ms)
            usd = usd_per_million(size, fastest.billed_ms, architecture)
            self._points += (Point(size, fastest.duration_ms, fastest.billed_ms, usd),)
            self.draw()

    def tidy(self) -> None:
        """Restore the function's memory size. Raises: what AWS answers."""
        if self._before is None:
            return
        try:  # an update that was on its way: AWS takes no second one before it has ended
            self._calls.wait("lambda", "function_updated_v2", FunctionName=self.function)
        except (LabError, BotoCoreError):  # it failed, and is to be replaced
            pass
        try:
            self._set(self._before)
        except (ClientError, BotoCoreError):  # a throttle, perhaps: clients of the labs try once
            self._set(self._before)
        self._before = None

    def picture(self) -> Any:
        """Return the widget with the curves so far."""
        import ipywidgets as w

        self._curves = w.HTML()
        self._curves.add_class("lab-sweep-curves")
        return self._curves

    def _fill(self) -> None:
        super()._fill()
        # The cell that runs it shows the curves as its value when it has ended; after an interrupt it has none.
        shown = self.state in ("running", "cancelling", "interrupted", "failed") and self._points
        self._curves.value = self.result.svg() if shown else ""

    def _set(self, memory_mb: int) -> None:
        self._calls("lambda", "update_function_configuration", FunctionName=self.function, MemorySize=memory_mb)
        self._calls.wait("lambda", "function_updated_v2", FunctionName=self.function)

    def _report(self, size: int) -> Report:
        self.step(f"{size:,} MB", by=0)
        result = test_run.run(self._calls, self.function, self.payload)
        if result.error:
            words = result.payload if isinstance(result.payload, dict) else {}
            reason = f"{words.get('errorType', result.error)}: {words.get('errorMessage', '')}"
            raise LabError(f"{self.function} failed with {size:,} MB ({reason}): run it alone, and fix that first.")
        self.advance(1)
        return result.report or Report.parse(result.log)  # which says that there is none
