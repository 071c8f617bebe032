"""Time and cost over memory as two curves in SVG, each with its own scale, readable in light and dark themes."""

from collections.abc import Mapping, Sequence
from html import escape
from math import log2

from helpers.widgets.shared import charts, svg

WIDTH, HEIGHT, LEFT, RIGHT, TOP, LINE = 640, 210, 64, 64, 34, 15  # in SVG units; LINE is that of a mark
TIME, COST = charts.COLOURS[:2]
ROUND = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8)  # ends of a scale: so many that the curve fills it


def draw(title: str, points: Sequence[tuple[int, float, float]], marks: Mapping[int, Sequence[str]]) -> str:
    """Return the picture, in one line, of (memory in MB, ms, USD for a million), in the order of memory.

    `marks`: {memory: what it is best at}, written under it. Memory is drawn so that doubling is a step of one width.
    """
    if not points:
        return "<p>nothing measured yet</p>"
    first, last = points[0][0], points[-1][0]
    right, bottom = WIDTH - RIGHT, TOP + HEIGHT
    tops = [svg.top_of_scale(max(point[which] for point in points), ROUND, 0.1) for which in (1, 2)]

    def x(memory: int) -> float:
        share = log2(memory / first) / log2(last / first) if last > first else 0.5
        return LEFT + 28 + share * (right - LEFT - 56)

    def y(value: float, top: float) -> float:
        return bottom - value / top * HEIGHT

    parts = []
    for share in (0, 0.5, 1):
        height = bottom - share * HEIGHT
        parts.append(f'<path d="M{LEFT} {height:.1f}H{right}" stroke="currentColor" stroke-opacity="0.25"/>')
        parts.append(svg.text(LEFT - 6, height + 4, f"{tops[0] * share:,g}", fill=TIME, anchor="end"))
        parts.append(svg.text(right + 6, height + 4, f"{tops[1] * share:,.4g}", fill=COST))
    parts.append(svg.text(0, 14, "● time, ms", fill=TIME, weight=600))
    parts.append(svg.text(WIDTH, 14, "■ cost, USD for a million", fill=COST, weight=600, anchor="end"))

    for which, colour, dashes in ((1, TIME, ""), (2, COST, "6 4")):
        places = [(x(point[0]), y(point[which], tops[which - 1])) for point in points]
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
        style = f"fill: none; stroke: {colour}; stroke-width: 2; stroke-dasharray: {dashes or 'none'}"
        parts.append(f'<polyline points="{line}" style="{style}"/>')
        for (across, down), point in zip(places, points, strict=True):
            words = f"{point[0]:,} MB: {point[1]:,.0f} ms, USD {point[2]:,.2f} for a million"
            parts.append(_dot(across, down, colour, which == 1, words))
    for memory, _, _ in points:
        parts.append(svg.text(x(memory), bottom + 18, f"{memory:,} MB", anchor="middle"))
        for row, mark in enumerate(marks.get(memory, ()), 2):
            parts.append(svg.text(x(memory), bottom + 4 + row * LINE, mark, weight=600, anchor="middle"))
    height = bottom + 24 + LINE * max(map(len, marks.values()), default=0)
    return (
        f'<svg class="lab-chart" role="img" viewBox="0 0 {WIDTH} {height}" width="100%" '
        f'style="max-width: {WIDTH}px" font-family="sans-serif"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _dot(x: float, y: float, colour: str, round_: bool, words: str) -> str:
    title = f"<title>{escape(words)}</title>"
    if round_:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" style="fill: {colour}">{title}</circle>'
    return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" style="fill: {colour}">{title}</rect>'
