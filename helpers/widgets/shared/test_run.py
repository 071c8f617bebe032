"""A test invocation, as the console's Test button makes it."""

import json
from dataclasses import dataclass

from helpers import logs
from helpers.backend.function_response import FunctionResponse
from helpers.errors import LogError
from helpers.widgets.shared.calls import Calls


@dataclass(frozen=True)
class TestResult:
    """The result of a test: decoded payload, kind of error (None: it succeeded), log tail as text, the REPORT.

    `report` is None for a function whose system log level leaves it out.
    """

    __test__ = False  # pytest takes classes named Test… for tests

    payload: object
    error: str | None
    log: str
    report: logs.Report | None

    @property
    def headline(self) -> str:
        """The console's first line."""
        return f"Executing function: {'failed' if self.error else 'succeeded'}"

    @property
    def answer(self) -> str:
        """The payload as indented JSON; one that is not JSON in words."""
        return json.dumps(self.payload, indent=2, ensure_ascii=False, default=str)

    def __str__(self) -> str:
        """Return the result, as the console lays it out."""
        return f"{self.headline}\n\n{self.answer}\n\nLog output\n{self.log.rstrip()}"

    __repr__ = __str__


def run(calls: Calls, function: str, event: object) -> TestResult:
    """Invoke `function` with `event` and return the result.

    Raises: botocore.exceptions.ClientError for what AWS refuses.
    """
    response = calls(
        "lambda", "invoke", FunctionName=function, Payload=json.dumps(event, ensure_ascii=False), LogType="Tail"
    )
    log = logs.tail(response)
    answer = FunctionResponse.read(response)
    try:
        report = logs.Report.parse(log)
    except LogError:
        report = None
    return TestResult(answer.payload, answer.error, log, report)
