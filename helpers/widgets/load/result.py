"""The result of a load: the answer to each request, and the timeline of the invocations."""

from collections import Counter
from dataclasses import dataclass
from html import escape

from helpers.widgets.timeline.timeline import Timeline

LINES = 40  # invocations that the text names one by one; of more it gives the sum


@dataclass(frozen=True)
class Answer:
    """One answer: HTTP status (None: there was no answer), what went wrong, whether the function ran.

    `error` is the function's errorType, AWS's error code ("TooManyRequestsException"), or None: it succeeded.
    """

    status: int | None
    error: str | None
    ran: bool


@dataclass(frozen=True)
class LoadResult:
    """`answers` to requests to `function`, in the order in which they were sent; `asked`: how many were wanted."""

    function: str
    asked: int
    answers: tuple[Answer, ...]
    timeline: Timeline

    @property
    def succeeded(self) -> int:
        """The number of requests that the function answered without an error."""
        return sum(answer.error is None for answer in self.answers)

    @property
    def failed(self) -> int:
        """The number of requests that ended with an error of the function."""
        return sum(answer.ran and answer.error is not None for answer in self.answers)

    @property
    def throttled(self) -> int:
        """The number of requests that AWS throttled: HTTP 429, the function did not run."""
        return sum(answer.status == 429 for answer in self.answers)

    @property
    def errors(self) -> dict[str, int]:
        """The number of occurrences of each error, {errorType or AWS's code: count}, the most frequent first."""
        return dict(Counter(answer.error for answer in self.answers if answer.error).most_common())

    @property
    def summary(self) -> str:
        """The result in one line."""
        found = [f"{self.succeeded:,} succeeded", *(f"{count:,} {error}" for error, count in self.errors.items())]
        return f"{self.function}: {len(self.answers):,} of {self.asked:,} requests answered, {', '.join(found)}"

    def text(self) -> str:
        """Return summary and timeline as lines of text."""
        drawn = self.timeline
        return f"{self.summary}\n{drawn.text() if len(drawn.invocations) <= LINES else drawn.summary}"

    __repr__ = text

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.summary)}</p>{self.timeline.svg()}"
