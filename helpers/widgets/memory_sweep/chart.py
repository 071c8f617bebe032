"""Two curves over memory, time and cost, as SVG: each with a scale of its own, readable on light and dark."""

from collections.abc import Mapping, Sequence
from html import escape
from math import log2

from helpers.widgets.shared import charts

WIDTH, HEIGHT, LEFT, RIGHT, TOP, LINE = 640, 210, 64, 64, 34, 15  # in SVG units; LINE is that of a mark
TIME, COST = charts.COLOURS[:2]


def draw(title: str, points: Sequence[tuple[int, float, float]], marks: Mapping[int, Sequence[str]]) -> str:
    """Return the picture, in one line, of (memory in MB, ms, USD for a million), in the order of memory.

    `marks`: {memory: what it is best at}, written under it. Memory is drawn so that doubling is a step of one width.
    """
    if not points:
        return "<p>nothing measured yet</p>"
    first, last = points[0][0], points[-1][0]
    right, bottom = WIDTH - RIGHT, TOP + HEIGHT
    tops = [_rounded_up(max(point[which] for point in points)) for which in (1, 2)]

    def x(memory: int) -> float:
        share = log2(memory / first) / log2(last / first) if last > first else 0.5
        return LEFT + 28 + share * (right - LEFT - 56)

    def y(value: float, top: float) -> float:
        return bottom - value / top * HEIGHT

    parts = []
    for share in (0, 0.5, 1):
        height = bottom - share * HEIGHT
        parts.append(f'<path d="M{LEFT} {height:.1f}H{right}" stroke="currentColor" stroke-opacity="0.25"/>')
        parts.append(_text(LEFT - 6, height + 4, f"{tops[0] * share:,g}", TIME, "end"))
        parts.append(_text(right + 6, height + 4, f"{tops[1] * share:,.4g}", COST, "start"))
    parts.append(_text(0, 14, "● time, ms", TIME, "start", weight=600))
    parts.append(_text(WIDTH, 14, "■ cost, USD for a million", COST, "end", weight=600))

    for which, colour, dashes in ((1, TIME, ""), (2, COST, "6 4")):
        places = [(x(point[0]), y(point[which], tops[which - 1])) for point in points]
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in places)
        style = f"fill: none; stroke: {colour}; stroke-width: 2; stroke-dasharray: {dashes or 'none'}"
        parts.append(f'<polyline points="{line}" style="{style}"/>')
        for (across, down), point in zip(places, points, strict=True):
            words = f"{point[0]:,} MB: {point[1]:,.0f} ms, USD {point[2]:,.2f} for a million"
            parts.append(_dot(across, down, colour, which == 1, words))
    for memory, _, _ in points:
        parts.append(_text(x(memory), bottom + 18, f"{memory:,} MB", "currentColor", "middle"))
        for row, mark in enumerate(marks.get(memory, ()), 2):
            parts.append(_text(x(memory), bottom + 4 + row * LINE, mark, "currentColor", "middle", weight=600))
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


def _rounded_up(value: float) -> float:
    """The next of 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten, for a scale that the curve fills."""
    power = 10.0 ** len(f"{value:.0f}") / 100
    while True:
        for factor in (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8):
            if value <= power * factor:
                return power * factor
        power *= 10


def _text(x: float, y: float, text: str, fill: str, anchor: str, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'style="fill: {fill}; font-size: 12px; font-weight: {weight}">{escape(text)}</text>'
    )
