"""A histogram over time as SVG in one line: bars for what was found, in light and dark themes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from itertools import pairwise

from helpers.widgets.shared import svg
from helpers.widgets.shared.charts import COLOURS

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 110, 40, 8, 22  # in SVG units
BINS = 60


def binned(times: Sequence[float]) -> list[tuple[float, float]]:
    """Return (beginning, count) of up to 60 equal spans from the first of `times` (s since 1970) to the last."""
    if not times:
        return []
    first, last = min(times), max(times)
    width = max((last - first) / BINS, 1 / 1000)
    counts = [0] * BINS
    for moment in times:
        counts[min(int((moment - first) / width), BINS - 1)] += 1
    return [(first + width * number, float(count)) for number, count in enumerate(counts) if count]


def draw(words: str, bars: Sequence[tuple[float, float]]) -> str:
    """Return the picture of (s since 1970, how many); `words` say what it shows."""
    first, last = bars[0][0], bars[-1][0]
    apart = min((after - before for (before, _), (after, _) in pairwise(bars)), default=1.0)
    scale = (WIDTH - LEFT - 10) / max(last - first + apart, 1 / 1000)
    top = svg.top_of_scale(max(count for _, count in bars))
    inner = HEIGHT - TOP - BOTTOM
    parts = [
        f'<path d="M{LEFT} {TOP}H{WIDTH - 10}M{LEFT} {TOP + inner}H{WIDTH - 10}" '
        'stroke="currentColor" stroke-opacity="0.3"/>',
        svg.text(LEFT - 6, TOP + 8, f"{top:,g}", anchor="end", size=11, opacity=0.8),
        svg.text(LEFT - 6, TOP + inner + 4, "0", anchor="end", size=11, opacity=0.8),
        svg.text(LEFT, HEIGHT - 6, _moment(first), size=11, opacity=0.8),
        svg.text(WIDTH - 10, HEIGHT - 6, f"{_moment(last)} UTC", anchor="end", size=11, opacity=0.8),
    ]
    for moment, count in bars:
        height = inner * count / top
        width = max(apart * scale - 1, 2)
        place = f'x="{LEFT + (moment - first) * scale:.1f}" y="{TOP + inner - height:.1f}"'
        title = f"<title>{count:,g} at {_moment(moment)} UTC</title>"
        parts.append(
            f'<rect {place} width="{width:.1f}" height="{height:.1f}" style="fill: {COLOURS[0]}">{title}</rect>'
        )
    return (
        f'<svg class="lab-histogram" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
        f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12">'
        f"<title>Over time: {escape(words)}</title>{''.join(parts)}</svg>"
    )


def _moment(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%H:%M:%S}"
