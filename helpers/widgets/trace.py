"""One request's way through services, from its trace header: a bar for each, as X-Ray draws them, made from logs.

    trace(lab, "1-6929f1a2-…", "/lab10/api", "/lab10/shop")

The root of a trace is the same in each log. A function with `TracingConfig` Active and `LogFormat` JSON writes it into
platform.report; an access log of API Gateway has what its format says, here as JSON with `trace`, `time`
($context.requestTimeEpoch), `latency` ($context.responseLatency), `path` and `status`.
"""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from helpers import log_lines
from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.widgets.shared import svg
from helpers.widgets.shared.charts import COLOURS, RED

WIDTH, LABELS, LANE, BAR, LEAST = 760, 250, 28, 18, 1.5  # in SVG units; LEAST: a millisecond must not vanish
FUNCTION = re.compile(r"^\d{4}/\d\d/\d\d/(?:([\w-]+))?\[")


@dataclass(frozen=True)
class Segment:
    """A service's part of a request: its name, its begin (s since 1970), how long it took in ms, whether it failed.

    `init_ms`: the INIT before a function's handler, if there was one.
    """

    name: str
    start: float
    ms: float
    failed: bool = False
    init_ms: float = 0

    @property
    def end(self) -> float:
        """When it had its answer; s since 1970."""
        return self.start + self.ms / 1000

    @property
    def words(self) -> str:
        """Its name, how long it took, whether it failed."""
        return f"{self.name}: {self.ms:.2f} ms{', failed' if self.failed else ''}"


@dataclass(frozen=True)
class Trace:
    """The segments of one trace, in the order in which they began."""

    root: str
    segments: Sequence[Segment]

    def text(self) -> str:
        """Return each segment in a line, further to the right than what called it."""
        lines = [f"{'  ' * depth}{one.words}" for depth, one in enumerate(self.segments)]
        return "\n".join(lines) or f"nothing of {self.root} in these logs"

    __repr__ = text

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """Return the picture, in one line."""
        if not self.segments:
            return f"<p>{escape(self.text())}</p>"
        begin = min(one.start - one.init_ms / 1000 for one in self.segments)
        end = max(one.end for one in self.segments)
        scale = (WIDTH - LABELS - 70) / max(end - begin, 0.001)
        parts = []
        for row, one in enumerate(self.segments):
            top, left = row * LANE + (LANE - BAR) // 2, LABELS + (one.start - begin) * scale
            parts.append(svg.text(12 * row, top + 13, one.name))
            if one.init_ms:
                init = one.init_ms / 1000 * scale
                parts.append(svg.bar(left - init, top, max(init, LEAST), BAR, COLOURS[1], "INIT"))
            width = max(one.ms / 1000 * scale, LEAST)
            parts.append(svg.bar(left, top, width, BAR, RED if one.failed else COLOURS[0], one.words))
            parts.append(svg.text(left + width + 5, top + 13, f"{one.ms:,.0f} ms", size=11))
        height = LANE * len(self.segments) + 20
        parts.append(
            svg.text(
                LABELS,
                height - 4,
                f"trace {self.root}{'; orange: INIT' if any(s.init_ms for s in self.segments) else ''}",
                size=11,
                opacity=0.8,
            )
        )
        return (
            f'<svg class="lab-trace" role="img" viewBox="0 0 {WIDTH} {height}" width="100%" '
            f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12">'
            f"<title>The way of a request: {escape(self.text())}</title>{''.join(parts)}</svg>"
        )


def trace(
    lab: Connection,
    root: str,
    *groups: str,
    segments: int = 1,
    seconds: float = 10,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Trace:
    """Return the trace with the root `root` ("1-…-…"), as the log groups have it.

    Logs arrive a moment later: this waits until there are `segments`, at most `seconds`. Raises: what AWS answers.
    """
    api, deadline = lab.client("logs"), clock() + seconds
    while True:
        found = [one for group in groups for one in _segments(api, group, root)]
        if len(found) >= segments or clock() >= deadline:
            return Trace(root, sorted(found, key=lambda one: one.start))
        sleep(0.2)


def _segments(api: Any, group: str, root: str) -> list[Segment]:
    found = []
    for event in _events(api, group, f'"{root}"'):
        said = log_lines.parsed(event["message"])
        if "latency" in said and "time" in said:
            name = f"API Gateway {said.get('path', '')}".strip()
            failed = int(said.get("status", 0)) >= 500
            found.append(Segment(name, said["time"] / 1000, float(said["latency"]), failed))
        elif said.get("type") == "platform.report":
            found.append(_of_function(api, group, event["logStreamName"], said))
    return found


def _of_function(api: Any, group: str, stream: str, said: Mapping[str, Any]) -> Segment:
    record = said["record"]
    metrics, request = record["metrics"], record["requestId"]
    named, ms = FUNCTION.match(stream), float(metrics["durationMs"])
    errors = _events(api, group, f'{{ $.requestId = "{request}" && $.errorType = "*" }}')
    return Segment(
        (named and named[1]) or group.rpartition("/")[2],
        datetime.fromisoformat(said["time"]).timestamp() - ms / 1000,
        ms,
        bool(errors) or record["status"] != "success",
        float(metrics.get("initDurationMs", 0)),
    )


def _events(api: Any, group: str, pattern: str) -> list[dict[str, Any]]:
    return pages.collect(api, "filter_log_events", "events", logGroupName=group, filterPattern=pattern)
