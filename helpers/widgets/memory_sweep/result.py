"""The result of a memory sweep: duration and cost of a million calls for each memory size."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import inf
from typing import Any

from helpers.cost.workload import Workload
from helpers.errors import LabError
from helpers.widgets.memory_sweep import chart

BALANCE = 0.5  # what cost weighs against time: the default of AWS Lambda Power Tuning


def usd_per_million(memory_mb: int, billed_ms: float, architecture: str = "x86_64") -> float:
    """Return the cost of a million such invocations in USD, requests included, without the free tier."""
    return Workload(10**6, billed_ms, memory_mb, architecture, free_tier=False).bill.total


@dataclass(frozen=True)
class Point:
    """One memory size (MB): duration and billed duration (ms) of the fastest warm call, USD for a million of them."""

    memory_mb: int
    duration_ms: float
    billed_ms: int
    usd: float

    def __repr__(self) -> str:
        return f"{self.memory_mb:,} MB: {self.duration_ms:.2f} ms, USD {self.usd:.2f} for a million"


@dataclass(frozen=True)
class Sweep:
    """The points of `function`, by memory size; `planned`: how many sizes were asked for."""

    function: str
    points: tuple[Point, ...]
    planned: int

    def __getitem__(self, memory_mb: int) -> Point:
        """Return the point of a memory size. Raises: LabError if it was not measured."""
        for point in self.points:
            if point.memory_mb == memory_mb:
                return point
        raise LabError(f"{memory_mb:,} MB was not measured: run the sweep to its end, or with this size.")

    @property
    def cheapest(self) -> Point | None:
        """The point with the lowest cost; of two, the faster. None if there is none."""
        return self._least(lambda point: (point.usd, point.duration_ms))

    @property
    def fastest(self) -> Point | None:
        """The point with the shortest duration; of two, the cheaper."""
        return self._least(lambda point: (point.duration_ms, point.usd))

    @property
    def balanced(self) -> Point | None:
        """The point where cost and time together, each as a share of the largest found, are least.

        Source: AWS Lambda Power Tuning, strategy "balanced" with a weight of 0.5 (lambda/analyzer.js, 2026-11).
        """
        usd = max((point.usd for point in self.points), default=inf)
        ms = max((point.duration_ms for point in self.points), default=inf)
        return self._least(lambda point: BALANCE * point.usd / usd + (1 - BALANCE) * point.duration_ms / ms)

    @property
    def best(self) -> dict[str, Point]:
        """{"cheapest": a point, "fastest": …, "best balance": …}; empty if nothing was measured."""
        found = {"cheapest": self.cheapest, "fastest": self.fastest, "best balance": self.balanced}
        return {name: point for name, point in found.items() if point is not None}

    def text(self) -> str:
        """Return the points and the best of them as lines of text."""
        head = f"{self.function}: {len(self.points)} of {self.planned} memory sizes measured"
        best = ", ".join(f"{name}: {point.memory_mb:,} MB" for name, point in self.best.items())
        return "\n".join([head, *map(repr, self.points), *([best] if best else [])])

    __repr__ = text

    def svg(self) -> str:
        """Return time and cost over memory, as one line of SVG."""
        values = [(point.memory_mb, point.duration_ms, point.usd) for point in self.points]
        marks: dict[int, list[str]] = {}
        for name, point in self.best.items():
            marks.setdefault(point.memory_mb, []).append(name)
        return chart.draw(f"{self.function}: time and cost over memory", values, marks)

    def _repr_html_(self) -> str:
        lacking = self.planned - len(self.points)
        note = f"<p>{escape(self.text().splitlines()[0])}</p>" if lacking else ""
        return note + self.svg()

    def _least(self, value: Callable[[Point], Any]) -> Point | None:
        return min(self.points, key=value, default=None)
