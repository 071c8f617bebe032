"""Small charts of values over time, as SVG: readable without a kernel, in light and dark themes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from helpers.widgets.shared import svg

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 340, 140, 44, 30, 22  # in SVG units
# JupyterLab's colours where there are any.
COLOURS = (
    "var(--jp-brand-color1, light-dark(#1a5fa0, #64b5f6))",
    "var(--jp-warn-color1, light-dark(#b26a00, #ffb74d))",
    "var(--jp-info-color1, light-dark(#00707a, #4dd0e1))",
)
RED = "var(--jp-error-color1, light-dark(#c0392b, #e57373))"

Points = Sequence[tuple[datetime, float]]


def chart(
    title: str,
    series: Mapping[str, Points],
    start: datetime,
    end: datetime,
    *,
    period: float,
    alarm: bool = False,
) -> str:
    """Return the chart of `series`, {label: points in order}, in one line of SVG.

    Points further apart than `period` (s) are not joined: nothing was measured between. `alarm` draws in red.
    """
    most = max((value for points in series.values() for _, value in points), default=0)
    top = svg.top_of_scale(most)
    seconds = max((end - start).total_seconds(), 1)
    inner = HEIGHT - TOP - BOTTOM

    def place(moment: datetime, value: float) -> tuple[float, float]:
        share = min(max((moment - start).total_seconds() / seconds, 0), 1)
        return LEFT + share * (WIDTH - LEFT - 10), TOP + inner * (1 - value / top)

    parts = [svg.text(0, 14, title, weight=600), *_axes(start, end, top, inner)]
    for number, (label, points) in enumerate(series.items()):
        colour = RED if alarm else COLOURS[number % len(COLOURS)]
        if len(series) > 1:
            parts.append(svg.text(WIDTH - 70 * (len(series) - number), 14, label, fill=colour, size=11))
        places = [place(moment, value) for moment, value in points]
        for index, (x, y) in enumerate(places):
            if index and (points[index][0] - points[index - 1][0]).total_seconds() <= period * 1.5:
                before = places[index - 1]
                line = f"M{before[0]:.1f} {before[1]:.1f}L{x:.1f} {y:.1f}"
                parts.append(f'<path d="{line}" style="stroke: {colour}; stroke-width: 1.5"/>')
            words = f"{label} {points[index][1]:,.6g}, {points[index][0]:%H:%M} UTC"
            dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" style="fill: {colour}">'
            parts.append(f"{dot}<title>{escape(words)}</title></circle>")
    if not any(series.values()):
        parts.append(svg.text(LEFT + 8, TOP + inner / 2 + 4, "no data", opacity=0.75))
    words = f"{title}: {sum(map(len, series.values()))} values, at most {most:,.6g}"
    return (
        f'<svg class="lab-chart" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'font-family="sans-serif" font-size="12"><title>{escape(words)}</title>{"".join(parts)}</svg>'
    )


def _axes(start: datetime, end: datetime, top: float, inner: float) -> list[str]:
    days = "%m-%d %H:%M" if (end - start).days else "%H:%M"
    return [
        f'<path d="M{LEFT} {TOP}H{WIDTH - 10}M{LEFT} {TOP + inner}H{WIDTH - 10}" '
        'stroke="currentColor" stroke-opacity="0.3"/>',
        svg.text(LEFT - 6, TOP + 4, f"{top:,g}", anchor="end", size=11, opacity=0.8),
        svg.text(LEFT - 6, TOP + inner + 4, "0", anchor="end", size=11, opacity=0.8),
        svg.text(LEFT, HEIGHT - 6, f"{start:{days}}", size=11, opacity=0.8),
        svg.text(WIDTH - 10, HEIGHT - 6, f"{end:{days}} UTC", anchor="end", size=11, opacity=0.8),
    ]
