"""Waves of requests as columns in one line of SVG: what ran below, what was throttled in red above."""

from collections.abc import Sequence
from html import escape
from typing import Any

from helpers.widgets.shared import charts, svg

WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP = 640, 200, 36, 150, 58, 12  # in SVG units
KINDS = {  # in the order in which they are stacked
    "provisioned": ("on provisioned concurrency", charts.COLOURS[0]),
    "on_demand": ("on demand", charts.COLOURS[1]),
    "throttled": ("throttled", charts.RED),
    "failed": ("failed", "currentColor"),
}


def draw(title: str, waves: Sequence[Any], reserved: int | None, provisioned: int) -> str:
    """Return the picture of `waves` (Wave), with a line at each of the two settings."""
    most = max([wave.at_once for wave in waves] + [reserved or 0, provisioned, 1])
    bottom, right = TOP + HEIGHT, WIDTH - RIGHT
    width = (right - LEFT) / max(len(waves), 1)

    def y(count: float) -> float:
        return bottom - count / most * HEIGHT

    parts = [svg.text(0, 14, title, weight=600), svg.text(0, TOP - 10, "requests at once", opacity=0.85)]
    for count in range(0, most + 1, 1 if most <= 12 else 5):
        parts.append(f'<path d="M{LEFT} {y(count):.1f}H{right}" stroke="currentColor" stroke-opacity="0.15"/>')
        parts.append(svg.text(LEFT - 8, y(count) + 4, str(count), anchor="end", opacity=0.85))
    for number, wave in enumerate(waves):
        below, left = 0, LEFT + number * width + GAP / 2
        for kind, (words, colour) in KINDS.items():
            count = getattr(wave, kind)
            if count:
                height = y(below) - y(below + count)
                label = f"<title>{escape(f'{wave.at_once} at once: {count} {words}')}</title>"
                parts.append(
                    f'<rect x="{left:.1f}" y="{y(below + count):.1f}" width="{width - GAP:.1f}" '
                    f'height="{height - 1:.1f}" style="fill: {colour}">{label}</rect>'
                )
                below += count
        parts.append(svg.text(left + (width - GAP) / 2, bottom + 18, str(wave.at_once), anchor="middle"))
    lines = ([] if reserved is None else [("reserved", reserved)]) + [("provisioned", provisioned)] * bool(provisioned)
    for name, level in lines:
        above = -6 if name == "reserved" and reserved == provisioned else 4
        parts.append(
            f'<path d="M{LEFT} {y(level):.1f}H{right + 6}" '
            'style="stroke: currentColor; stroke-width: 1.5; stroke-dasharray: 6 4"/>'
        )
        parts.append(svg.text(right + 12, y(level) + above, f"{name}: {level}"))
    parts += _legend(waves)
    return (
        f'<svg class="lab-chart" role="img" viewBox="0 0 {WIDTH} {bottom + 26}" width="100%" '
        f'style="max-width: {WIDTH}px" font-family="sans-serif"><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _legend(waves: Sequence[Any]) -> list[str]:
    parts, x = [], 0.0
    for kind, (words, colour) in KINDS.items():
        if kind != "failed" or any(wave.failed for wave in waves):
            parts.append(svg.key(x, 22, colour, words))
            x += 18 + 6.6 * len(words) + 20
    return parts
