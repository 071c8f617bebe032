"""A histogram over time as SVG in one line: bars for what was found, in light and dark themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import pairwise

from helpers.widgets.shared import svg
from helpers.widgets.shared.charts import COLOURS

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 110, 40, 8, 22  # in SVG units
BINS = 60


@dataclass(frozen=True)
class Histogram:
    """How many there were in each span of `width` s: (its beginning, how many), in order; moments in s since 1970.

    `start` and `end`: of the scale.
    """

    bars: Sequence[tuple[float, float]]
    width: float
    start: float
    end: float

    def svg(self, words: str) -> str:
        """Return the picture; `words` say what it shows."""
        scale = (WIDTH - LEFT - 10) / (self.end - self.start)
        top = svg.top_of_scale(max(count for _, count in self.bars))
        inner = HEIGHT - TOP - BOTTOM
        parts = [
            f'<path d="M{LEFT} {TOP}H{WIDTH - 10}M{LEFT} {TOP + inner}H{WIDTH - 10}" '
            'stroke="currentColor" stroke-opacity="0.3"/>',
            svg.text(LEFT - 6, TOP + 8, f"{top:,g}", anchor="end", size=11, opacity=0.8),
            svg.text(LEFT - 6, TOP + inner + 4, "0", anchor="end", size=11, opacity=0.8),
            svg.text(LEFT, HEIGHT - 6, _moment(self.start), size=11, opacity=0.8),
            svg.text(WIDTH - 10, HEIGHT - 6, f"{_moment(self.end)} UTC", anchor="end", size=11, opacity=0.8),
        ]
        for moment, count in self.bars:
            height, width = inner * count / top, max(self.width * scale - 1, 2)
            place = f'x="{LEFT + (moment - self.start) * scale:.1f}" y="{TOP + inner - height:.1f}"'
            title = f"<title>{count:,g} at {_moment(moment)} UTC</title>"
            parts.append(
                f'<rect {place} width="{width:.1f}" height="{height:.1f}" style="fill: {COLOURS[0]}">{title}</rect>'
            )
        return (
            f'<svg class="lab-histogram" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
            f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12">'
            f"<title>Over time: {escape(words)}</title>{''.join(parts)}</svg>"
        )


def of_times(times: Sequence[float], start: float | None = None, end: float | None = None) -> Histogram | None:
    """Return the histogram of `times`, None if there are none: 60 equal spans, from `start`, else the first, to `end`,
    else the last."""
    if not times:
        return None
    start = min(times) if start is None else start
    end = max(max(times) if end is None else end, start + 0.06)  # a millisecond is the least that there is
    width = (end - start) / BINS
    counts = [0] * BINS
    for moment in times:
        counts[min(max(int((moment - start) / width), 0), BINS - 1)] += 1
    return Histogram([(start + width * n, float(count)) for n, count in enumerate(counts) if count], width, start, end)


def of_spans(counts: Mapping[float, float]) -> Histogram | None:
    """Return the histogram of {beginning of a span: how many}, None if there are none; all spans are equally long."""
    if not counts:
        return None
    bars = sorted(counts.items())
    width = min((after - before for (before, _), (after, _) in pairwise(bars)), default=1.0)
    return Histogram(bars, width, bars[0][0], bars[-1][0] + width)


def _moment(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%H:%M:%S}"
