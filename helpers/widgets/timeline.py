"""Invocations as bars on swimlanes, one lane for each execution environment; INIT is drawn apart.

    timeline(lab, "firstFunction", "secondFunction", reports=2)

The picture is SVG in the page: it needs no kernel, and takes the page's colour for text, so it reads on light and dark.
Its text names lanes and invocations in order. A `Timeline` is made from data alone, so one that follows a load live can
redraw it as often as it likes.
"""

from dataclasses import dataclass
from html import escape

from helpers import invocations
from helpers.invocations import Invocation

WIDTH, LABELS, LANE, BAR, AXIS = 760, 210, 30, 20, 26  # in SVG units: the whole, the names, a lane, a bar, the scale
COLOURS = {"init": "#d98a00", "ok": "#2f6fb2", "failed": "#c0392b"}  # readable on white and on near-black
LEGEND = {"init": "INIT", "ok": "running", "failed": "running, failed"}
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600)  # of the scale, in s


def timeline(lab, *functions: str, reports: int = 1, since: float = 0, seconds: float = 10) -> "Timeline":
    """Return the picture of what `functions` did, from their logs. Parameters as for `invocations.read`."""
    return Timeline(tuple(invocations.read(lab, *functions, reports=reports, since=since, seconds=seconds)), functions)


@dataclass(frozen=True)
class Timeline:
    """The picture: invocations in the order in which they began; functions in the order of their lanes."""

    invocations: tuple[Invocation, ...]
    functions: tuple[str, ...]

    @property
    def lanes(self) -> list[tuple[str, str]]:
        """The execution environments, as (function, log stream): by function, then by first use."""
        used = dict.fromkeys((one.function, one.stream) for one in self.invocations)
        return sorted(used, key=lambda lane: self.functions.index(lane[0]))

    def text(self) -> str:
        """Return what the picture shows, as lines of text."""
        lines = []
        for lane, name in zip(self.lanes, self._names(), strict=True):
            lines.append(name)
            lines += [f"  {_words(one)}" for one in self._in(lane)]
        return "\n".join(lines) or "no invocations"

    __repr__ = text

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """Return the picture, in one line."""
        if not self.invocations:
            return "<p>no invocations</p>"
        begin = min(one.init_start for one in self.invocations)
        end = max(one.end for one in self.invocations)
        scale = (WIDTH - LABELS - 60) / max(end - begin, 0.001)  # room for a figure beside the last bar

        def x(moment: float) -> float:
            return LABELS + (moment - begin) * scale

        height = LANE * len(self.lanes)
        parts = _axis(end - begin, scale, height)
        for row, (lane, name) in enumerate(zip(self.lanes, self._names(), strict=True)):
            top = row * LANE + (LANE - BAR) / 2
            parts.append(f'<text x="0" y="{top + 14:.0f}" fill="currentColor">{escape(name)}</text>')
            for one in self._in(lane):
                parts.append(f"<g><title>{escape(f'{_words(one)}; request {one.report.request_id}')}</title>")
                if one.report.init_ms:
                    parts.append(_bar("init", x(one.init_start), x(one.start), top))
                kind = "failed" if one.failed else "ok"
                parts.append(_bar(kind, x(one.start), x(one.end), top, f"{one.report.duration_ms:,.0f} ms") + "</g>")
        kinds = {"failed" if one.failed else "ok" for one in self.invocations}
        if any(one.report.init_ms for one in self.invocations):
            kinds.add("init")
        parts += _legend(height + AXIS, kinds)
        count = f"{len(self.invocations)} invocations in {len(self.lanes)} execution environments"
        size = f"0 0 {WIDTH} {height + AXIS + 24}"
        return (
            f'<svg class="lab-timeline" role="img" viewBox="{size}" width="100%" style="max-width: {WIDTH}px" '
            f'font-family="sans-serif" font-size="12"><title>{count}</title>{"".join(parts)}</svg>'
        )

    def _names(self) -> list[str]:
        counts: dict[str, int] = {}
        names = []
        for function, _ in self.lanes:
            counts[function] = counts.get(function, 0) + 1
            names.append(f"{function} · environment {counts[function]}")
        return names

    def _in(self, lane: tuple[str, str]) -> list[Invocation]:
        return [one for one in self.invocations if (one.function, one.stream) == lane]


def _words(one: Invocation) -> str:
    report = one.report
    start = "warm" if report.init_ms is None else f"INIT {report.init_ms:.2f} ms"
    return f"{start}, ran {report.duration_ms:.2f} ms, {report.status or ('failed' if one.failed else 'succeeded')}"


def _bar(kind: str, left: float, right: float, top: float, figure: str = "") -> str:
    width = max(right - left, 1.5)  # a millisecond must not vanish
    bar = f'<rect x="{left:.1f}" y="{top:.0f}" width="{width:.1f}" height="{BAR}" rx="2" fill="{COLOURS[kind]}"/>'
    if not figure:
        return bar
    inside = width > 8 * len(figure)
    place = f'x="{left + 6:.1f}" fill="#fff"' if inside else f'x="{right + 4:.1f}" fill="currentColor"'
    return f'{bar}<text {place} y="{top + 14:.0f}">{figure}</text>'


def _axis(seconds: float, scale: float, height: float) -> list[str]:
    step = next((step for step in STEPS if seconds / step <= 8), STEPS[-1])
    parts = []
    for count in range(int(seconds / step) + 1):
        x = LABELS + count * step * scale
        parts.append(f'<path d="M{x:.1f} 0V{height + 4}" stroke="currentColor" stroke-opacity="0.25"/>')
        label = f"{count * step:g} s"
        parts.append(
            f'<text x="{x:.1f}" y="{height + 18}" fill="currentColor" fill-opacity="0.75" '
            f'text-anchor="middle">{label}</text>'
        )
    return parts


def _legend(top: float, kinds: set[str]) -> list[str]:
    parts, x = [], float(LABELS)
    for kind, name in ((kind, name) for kind, name in LEGEND.items() if kind in kinds):
        parts.append(f'<rect x="{x:.0f}" y="{top + 6}" width="12" height="12" rx="2" fill="{COLOURS[kind]}"/>')
        parts.append(f'<text x="{x + 18:.0f}" y="{top + 16}" fill="currentColor">{name}</text>')
        x += 40 + 7 * len(name)
    return parts
