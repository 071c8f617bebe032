"""Parts of SVG pictures that several widgets draw: text, bars, keys of a legend, and the top of a scale."""

from collections.abc import Sequence
from html import escape


def text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str = "currentColor",
    size: int = 12,
    weight: int = 400,
    anchor: str = "start",
    opacity: float = 1,
) -> str:
    """Return a text element; position and `size` in SVG units, `anchor` as SVG's `text-anchor`."""
    attributes = f' text-anchor="{anchor}"' if anchor != "start" else ""
    attributes += f' fill-opacity="{opacity:g}"' if opacity != 1 else ""
    style = f"fill: {fill}; font-size: {size}px{f'; font-weight: {weight}' if weight != 400 else ''}"
    return f'<text x="{round(x, 1):g}" y="{round(y, 1):g}"{attributes} style="{style}">{escape(words)}</text>'


def bar(left: float, top: float, width: float, height: float, colour: str, words: str) -> str:
    """Return a bar that says `words` when the mouse is on it; its place in SVG units."""
    place = f'x="{left:.1f}" y="{top}" width="{width:.1f}" height="{height}"'
    return f'<rect {place} rx="2" style="fill: {colour}"><title>{escape(words)}</title></rect>'


def key(x: float, top: float, colour: str, words: str) -> str:
    """Return what a colour means, as a part of a legend: a square, and words beside it."""
    square = f'<rect x="{x:.0f}" y="{top}" width="12" height="12" rx="2" style="fill: {colour}"/>'
    return square + text(x + 18, top + 10, words)


def top_of_scale(value: float, factors: Sequence[float] = (1, 2, 5), least: float = 1) -> float:
    """Return the first of `factors` times `least`, ten times `least`, … that is not below `value`."""
    power = least
    while True:
        for factor in factors:
            if value <= power * factor:
                return power * factor
        power *= 10
