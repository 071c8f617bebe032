"""Drawing of the map of the labs: SVG without scripts, a box for each lab, an arrow from what it builds on.

The boxes are HTML within the SVG (`foreignObject`): their words wrap, and JupyterLab opens their links. A state has a
sign, a word and a line style of its own, so that it does not depend on colour. Styles are in progress_map.css.
"""

from collections.abc import Mapping, Sequence
from html import escape

from helpers.exercises.course import Course, Standing

WIDTH, BOX, ROW, GAP, HEIGHT = 800, (136, 62), 78, 30, 400  # in SVG units; a row has its gap in it
SIGNS = {"not begun": "○", "begun": "◐", "done": "✓"}


def draw(course: Course) -> str:
    """Return the picture of `course`, with an arrow for what a lab builds on unless other arrows imply it."""
    following = course.next[0].number if course.next else None
    boxes = "".join(_box(lab, lab.number == following) for lab in course.labs)
    places = {lab.number: lab.about.place for lab in course.labs}
    needed = implied_left_out(course.builds_on)
    arrows = "".join(_arrow(places[start], places[end]) for end, starts in needed.items() for start in starts)
    title = f"Map of the labs: {course.done} of {course.exercises} exercises done"
    tip = '<path d="M0 0 8 4 0 8z" class="lab-progress-tip"/>'
    return (
        f'<svg class="lab-progress-map" role="group" aria-label="{title}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<defs><marker id="lab-progress-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto">{tip}</marker></defs>{arrows}{boxes}'
        '<text x="0" y="14">An arrow leads from a lab to one that builds on it.</text></svg>'
    )


def implied_left_out(builds_on: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return `builds_on` without what follows from the rest: who needs 03, which needs 01, needs 01."""

    def all_of(number: str) -> set[str]:
        return {deep for need in builds_on[number] for deep in {need, *all_of(need)}}

    return {
        lab: [need for need in needs if not any(need in all_of(other) for other in needs)]
        for lab, needs in builds_on.items()
    }


def _box(lab: Standing, following: bool) -> str:
    x, y = _corner(lab.about.place)
    words = f"{SIGNS[lab.state]} {lab.state} · {lab.count}"
    inner = f"<strong>{lab.number} {escape(lab.title)}</strong><span>{words}</span>"
    kind = f"lab-progress-lab lab-progress-{lab.state.replace(' ', '-')}{' lab-progress-next' if following else ''}"
    said = f"Lab {lab.number}, {lab.title}: {lab.state}, {lab.count} exercises done"
    link = f'<a class="{kind}" href="{lab.notebook}" aria-label="{escape(said)}">{inner}</a>'
    return f'<foreignObject x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}">{link}</foreignObject>'


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    column, row = place
    return column * (BOX[0] + GAP), row * ROW + 22


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = _corner(start), _corner(end)
    if x2 > x1:  # to the right: turns in the gap before the box
        way = f"M{x1 + BOX[0]} {y1 + BOX[1] // 2}H{x2 - GAP // 2}V{y2 + BOX[1] // 2}H{x2 - 1}"
    else:  # down: turns above the box
        way = f"M{x1 + BOX[0] // 2} {y1 + BOX[1]}V{y2 - 8}H{x2 + BOX[0] // 2}V{y2 - 1}"
    return f'<path d="{way}" class="lab-progress-arrow" marker-end="url(#lab-progress-tip)"/>'
