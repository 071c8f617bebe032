"""Invocations as bars on swimlanes, one lane for each execution environment; INIT is drawn apart.

    timeline(lab, "firstFunction", "secondFunction", reports=2)

The picture is SVG in the page: it needs no kernel. Its text names lanes and invocations in order. A `Timeline` is made
from data alone; `LiveTimeline` makes a new one whenever something has happened. `swimlanes` draws.
"""

from dataclasses import dataclass
from functools import cached_property

from helpers.backend.session import Connection
from helpers.widgets.timeline import invocations, swimlanes
from helpers.widgets.timeline.invocations import Invocation


def timeline(lab: Connection, *functions: str, reports: int = 1, since: float = 0, seconds: float = 10) -> "Timeline":
    """Return the picture of the invocations of `functions`, from their logs. Parameters as for `invocations.read`."""
    return Timeline(tuple(invocations.read(lab, *functions, reports=reports, since=since, seconds=seconds)), functions)


@dataclass(frozen=True)
class Timeline:
    """The picture: invocations in the order in which they began; functions in the order of their lanes."""

    invocations: tuple[Invocation, ...]
    functions: tuple[str, ...]

    @property
    def lanes(self) -> list[tuple[str, str]]:
        """The execution environments, as (function, log stream): by function, then by first use."""
        return list(self._lanes)

    @property
    def summary(self) -> str:
        """How many there were, in one line: "6 invocations in 5 execution environments, 5 cold starts"."""
        cold = sum(one.report.init_ms is not None for one in self.invocations)
        failed = sum(one.failed for one in self.invocations)
        where = f"{_count(len(self.invocations), 'invocation')} in {_count(len(self._lanes), 'execution environment')}"
        return f"{where}, {_count(cold, 'cold start')}{f', {failed} failed' if failed else ''}"

    def text(self) -> str:
        """Return what the picture shows, as lines of text."""
        lines = []
        for name, lane in self._named().items():
            lines += [name, *(f"  {swimlanes.words(one)}" for one in lane)]
        return "\n".join(lines) or "no invocations"

    __repr__ = text

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """Return the picture, in one line."""
        return swimlanes.draw(self._named())

    @cached_property
    def _lanes(self) -> dict[tuple[str, str], list[Invocation]]:
        used: dict[tuple[str, str], list[Invocation]] = {}
        for one in self.invocations:
            used.setdefault((one.function, one.stream), []).append(one)
        return dict(sorted(used.items(), key=lambda item: self.functions.index(item[0][0])))

    def _named(self) -> dict[str, list[Invocation]]:
        counts: dict[str, int] = {}
        named = {}
        for (function, _), lane in self._lanes.items():
            counts[function] = counts.get(function, 0) + 1
            named[f"{function} · environment {counts[function]}"] = lane
        return named


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
