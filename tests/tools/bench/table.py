"""What `make bench` measured, and how it is shown: no measuring here."""

import contextlib
import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MB = 1_000_000  # bytes


@dataclass
class Series:
    """What was measured of one thing on one server (in `unit`), or why it could not be."""

    unit: str
    values: list[float] = field(default_factory=list)
    failure: str = ""

    @property
    def median(self) -> float | None:
        return statistics.median(self.values) if self.values and not self.failure else None

    @property
    def p95(self) -> float | None:
        """The 95th percentile (nearest rank) of times; None for rates and sizes, where high is no bad luck."""
        if self.median is None or self.unit not in ("ms", "s"):
            return None
        return percentile(self.values, 95)


@dataclass
class Results:
    """Every row: {what: {server: series}}; and for a row of invocations, the row of its no-op call."""

    rows: dict[str, dict[str, Series]] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)

    @contextlib.contextmanager
    def row(self, what: str, server: str, unit: str, floor: str = "") -> Iterator[list[float]]:
        """Give the list to add values to; an exception becomes the row's failure and goes no further."""
        series = self.rows.setdefault(what, {}).setdefault(server, Series(unit))
        if floor:
            self.floors[what] = floor
        try:
            yield series.values
        except Exception as error:  # whatever it is, the other rows are still to be measured
            text = " ".join(f"{type(error).__name__}: {error}".split())
            series.failure = f"failed: {text[:200]}"

    def failed(self, what: str, server: str) -> bool:
        series = self.rows.get(what, {}).get(server)
        return series is not None and bool(series.failure)

    @property
    def failures(self) -> list[str]:
        return [
            f"{what} ({server}): {series.failure}"
            for what, servers in self.rows.items()
            for server, series in servers.items()
            if series.failure
        ]

    def times_floor(self, what: str, server: str) -> float | None:
        """The median as a multiple of that of the row's no-op call on the same server."""
        floor = self.rows.get(self.floors.get(what, ""), {}).get(server)
        return ratio(self.rows[what][server].median, floor.median if floor else None)

    def as_json(self) -> dict:
        """Return {what: {server: {unit, median, p95, n, times_noop, failure, values}}}; None for what is not known."""
        return {
            what: {
                server: {
                    "unit": series.unit,
                    "median": series.median,
                    "p95": series.p95,
                    "n": len(series.values),
                    "times_noop": self.times_floor(what, server),
                    "failure": series.failure or None,
                    "values": series.values,
                }
                for server, series in servers.items()
            }
            for what, servers in self.rows.items()
        }


def percentile(values: Sequence[float], percent: int) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[math.ceil(percent / 100 * len(values)) - 1]


def ratio(value: float | None, base: float | None) -> float | None:
    return value / base if value is not None and base else None


def number(value: float | None, unit: str = "") -> str:
    """Three digits or so; "-" for nothing."""
    if value is None:
        return "-"
    return f"{value:.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit}".rstrip()


def table(results: Results, servers: Sequence[str]) -> str:
    """The results as plain text: per server median, p95, n, multiple of the no-op; with two servers, first/second."""
    lines = [["what"]]
    for server in servers:
        lines[0] += [server, "p95", "n", "/no-op"]
    if len(servers) == 2:
        lines[0].append("/".join(servers))
    for what, measured in results.rows.items():
        cells = [what]
        for server in servers:
            cells += _cells(results, what, server) if server in measured else ["-"] * 4
        if len(servers) == 2:
            cells.append(number(ratio(*(measured[name].median if name in measured else None for name in servers))))
        lines.append(cells)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = []
    for first, *others in lines:
        cells = [first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]
        text.append("  ".join(cells).rstrip())
    return "\n".join([text[0], "-" * len(text[0]), *text[1:], *results.failures])


def _cells(results: Results, what: str, server: str) -> list[str]:
    series = results.rows[what][server]
    middle = "failed" if series.failure else number(series.median, series.unit)
    return [middle, number(series.p95), str(len(series.values)), number(results.times_floor(what, server))]
