"""The drawing of a timeline: SVG in one line, a lane for each execution environment, at most two bars and a figure for
each invocation. Text has the page's colour, so it is readable in light and dark themes.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from helpers.widgets.timeline.invocations import Invocation

WIDTH, LABELS, LANE, BAR, AXIS = 760, 210, 30, 20, 26  # in SVG units: the whole, the names, a lane, a bar, the scale
COLOURS = {"init": "#d98a00", "ok": "#2f6fb2", "failed": "#c0392b"}  # readable on white and on near-black
LEGEND = {"init": "INIT", "ok": "running", "failed": "running, failed"}
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600)  # of the scale, in s


def draw(lanes: Mapping[str, Sequence[Invocation]]) -> str:
    """Return the picture of {name of the lane: its invocations, in the order in which they began}."""
    every = [one for lane in lanes.values() for one in lane]
    if not every:
        return "<p>no invocations</p>"
    begin = min(one.init_start for one in every)
    end = max(one.end for one in every)
    scale = (WIDTH - LABELS - 60) / max(end - begin, 0.001)  # room for a figure beside the last bar

    def x(moment: float) -> float:
        return LABELS + (moment - begin) * scale

    height = LANE * len(lanes)
    parts = _axis(end - begin, scale, height)
    for row, (name, lane) in enumerate(lanes.items()):
        top = row * LANE + (LANE - BAR) // 2
        parts.append(f'<text x="0" y="{top + 14}" fill="currentColor">{escape(name)}</text>')
        parts += _bars(lane, x, top)
    parts += _legend(height + AXIS, every)
    count = f"{len(every)} invocations in {len(lanes)} execution environments"
    size = f"0 0 {WIDTH} {height + AXIS + 24}"
    return (
        f'<svg class="lab-timeline" role="img" viewBox="{size}" width="100%" style="max-width: {WIDTH}px" '
        f'font-family="sans-serif" font-size="12"><title>{count}</title>{"".join(parts)}</svg>'
    )


def words(one: Invocation) -> str:
    """Return how an invocation started, how long it ran, how it ended."""
    report = one.report
    start = "warm" if report.init_ms is None else f"INIT {report.init_ms:.2f} ms"
    return f"{start}, ran {report.duration_ms:.2f} ms, {report.status or ('failed' if one.failed else 'succeeded')}"


def _bars(lane: Sequence[Invocation], x: Callable[[float], float], top: int) -> list[str]:
    parts = []
    for one, after in zip(lane, [*lane[1:], None], strict=True):
        # Who points at a bar reads its title. Two hundred requests in a lane leave no room for figures beside them.
        title = f"<title>{escape(f'{words(one)}; request {one.report.request_id}')}</title>"
        left, right, kind = x(one.start), x(one.end), "failed" if one.failed else "ok"
        if one.report.init_ms:
            parts.append(_bar("init", x(one.init_start), left, top, title))
        parts.append(_bar(kind, left, right, top, title))
        figure = f"{one.report.duration_ms:,.0f} ms"
        room = 8 * len(figure) + 6
        if right - left > room:
            parts.append(f'<text x="{left + 6:.1f}" fill="#fff" y="{top + 14}">{figure}</text>')
        elif after is None or x(after.init_start) - right > room:
            parts.append(f'<text x="{right + 4:.1f}" fill="currentColor" y="{top + 14}">{figure}</text>')
    return parts


def _bar(kind: str, left: float, right: float, top: int, title: str) -> str:
    width = max(right - left, 1.5)  # a millisecond must not vanish
    place = f'x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BAR}"'
    return f'<rect {place} rx="2" fill="{COLOURS[kind]}">{title}</rect>'


def _axis(seconds: float, scale: float, height: int) -> list[str]:
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


def _legend(top: int, every: Sequence[Invocation]) -> list[str]:
    kinds = {"failed" if one.failed else "ok" for one in every}
    if any(one.report.init_ms for one in every):
        kinds.add("init")
    parts, x = [], float(LABELS)
    for kind, name in ((kind, name) for kind, name in LEGEND.items() if kind in kinds):
        parts.append(f'<rect x="{x:.0f}" y="{top + 6}" width="12" height="12" rx="2" fill="{COLOURS[kind]}"/>')
        parts.append(f'<text x="{x + 18:.0f}" y="{top + 16}" fill="currentColor">{name}</text>')
        x += 40 + 7 * len(name)
    return parts
