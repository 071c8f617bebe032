"""What happened to a stack, as bars over time: a lane for the stack, and one for each of its resources.

    stack_events(lab, "lab12-greeting")

It shows the last operation: a creation, an update or a deletion, with its rollback if there was one. Red failed, amber
was rolled back; the reason of each failure is in the text beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.widgets.shared import svg

WIDTH, LABELS, LANE, BAR, AXIS = 760, 230, 28, 16, 26  # in SVG units, as in a timeline of invocations
BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")  # of an operation, said of the stack
UNDER_WAY = "_IN_PROGRESS"
# Readable on white and on near-black, and named in the legend.
COLOURS = {"done": "#2f6fb2", "deleted": "#6b7280", "rolled back": "#b26a00", "failed": "#c0392b"}


@dataclass(frozen=True)
class Step:
    """One bar: logical id, how it began and ended (AWS's statuses), when (s since 1970), why it failed, its kind."""

    name: str
    began: str
    status: str
    start: float
    end: float
    reason: str = ""
    undoing: bool = False  # after the rollback began

    @property
    def kind(self) -> str:
        """One of COLOURS."""
        if self.status.endswith("FAILED"):
            return "failed"
        if self.undoing:
            return "rolled back"
        return "deleted" if self.status.startswith("DELETE") else "done"


@dataclass(frozen=True)
class StackEvents:
    """The last operation on `stack`: its steps, in the order in which they began."""

    stack: str
    steps: tuple[Step, ...]

    @property
    def lanes(self) -> dict[str, list[Step]]:
        """{logical id: its steps}, the stack first, then resources in the order in which they began."""
        lanes: dict[str, list[Step]] = {}
        for step in self.steps:
            lanes.setdefault(step.name, []).append(step)
        return lanes

    @property
    def failures(self) -> dict[str, str]:
        """{logical id: reason} of what failed by itself, not because something else did."""
        failed = (step for step in self.steps if step.kind == "failed" and step.reason)
        return {step.name: step.reason for step in failed if "cancelled" not in step.reason}

    def text(self) -> str:
        """Return what the picture shows, as lines of text."""
        lanes = enumerate(self.lanes.items())
        lines = [f"{name}: {' → '.join(_statuses(lane, stages=row == 0))}" for row, (name, lane) in lanes]
        return "\n".join([*lines, *(f"{name} failed: {reason}" for name, reason in self.failures.items())])

    __repr__ = text

    def _repr_html_(self) -> str:
        reasons = "".join(
            f"<li><strong>{escape(name)}</strong>: {escape(reason)}</li>" for name, reason in self.failures.items()
        )
        return f"{self.svg()}{f'<p>Failed:</p><ul>{reasons}</ul>' if reasons else ''}"

    def svg(self) -> str:
        """Return the picture, in one line."""
        if not self.steps:
            return "<p>no events</p>"
        begin, end = min(step.start for step in self.steps), max(step.end for step in self.steps)
        scale = (WIDTH - LABELS - 10) / max(end - begin, 0.001)
        parts = []
        for row, (name, lane) in enumerate(self.lanes.items()):
            top = row * LANE + (LANE - BAR) // 2
            parts.append(svg.text(0, top + 12, name, weight=600 if row == 0 else 400))
            parts += [_bar(step, LABELS + (step.start - begin) * scale, top, scale) for step in lane]
        height = LANE * len(self.lanes)
        parts += [*_axis(height, end - begin, scale), *_legend(height + AXIS, {step.kind for step in self.steps})]
        said = escape(f"{self.stack}: {len(self.lanes) - 1} resources, {self.lanes[self.steps[0].name][-1].status}")
        return (
            f'<svg class="lab-stack-events" role="img" viewBox="0 0 {WIDTH} {height + AXIS + 22}" width="100%" '
            f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12"><title>{said}</title>'
            f"{''.join(parts)}</svg>"
        )


def stack_events(lab: Connection, stack: str) -> StackEvents:
    """Return the last operation on `stack`, by its name, or by its id once it is deleted.

    Raises: botocore.exceptions.ClientError, ValidationError if there is no such stack.
    """
    api = lab.client("cloudformation")
    events = pages.collect(api, "describe_stack_events", "StackEvents", StackName=stack)
    return StackEvents(events[0]["StackName"], tuple(steps(list(reversed(events)))))


def steps(events: Sequence[dict[str, Any]]) -> list[Step]:
    """Return the steps of the last operation, from all events of a stack, the oldest first."""
    own = [number for number, event in enumerate(events) if _is_stack(event) and event["ResourceStatus"] in BEGINNINGS]
    found: list[Step] = []
    under_way: dict[str, dict[str, Any]] = {}
    undoing = False
    for event in events[own[-1] if own else 0 :]:
        name, status = event["LogicalResourceId"], event["ResourceStatus"]
        before = under_way.get(name)
        if before and before["ResourceStatus"] == status:  # said again: "Resource creation Initiated"
            continue
        found += _step(before, event, undoing)
        undoing = undoing or (_is_stack(event) and "ROLLBACK" in status)
        if status.endswith(UNDER_WAY):
            under_way[name] = event
        else:
            under_way.pop(name, None)
    return sorted(found, key=lambda step: (step.start, step.end))


def _step(before: dict[str, Any] | None, event: dict[str, Any], undoing: bool) -> Iterator[Step]:
    """The step that an event ends, if it ends one: what came before, or the event itself if nothing did."""
    if before is None and event["ResourceStatus"].endswith(UNDER_WAY):
        return
    first = before or event
    ends = not event["ResourceStatus"].endswith(UNDER_WAY)
    yield Step(
        event["LogicalResourceId"],
        first["ResourceStatus"],
        event["ResourceStatus"] if ends else first["ResourceStatus"],
        first["Timestamp"].timestamp(),
        event["Timestamp"].timestamp(),
        event.get("ResourceStatusReason", "") if ends else "",
        undoing,
    )


def _is_stack(event: dict[str, Any]) -> bool:
    return bool(event["PhysicalResourceId"] == event["StackId"])


def _statuses(lane: Sequence[Step], stages: bool) -> list[str]:
    """How the steps of a lane ended, without saying anything twice in a row; with `stages`, how each began, too."""
    began = [step.began for step in lane] if stages and len(lane) > 1 else []
    said = [*began, *(step.status for step in lane if not step.status.endswith(UNDER_WAY))]
    return [one for number, one in enumerate(said) if number == 0 or said[number - 1] != one]


def _bar(step: Step, left: float, top: int, scale: float) -> str:
    words = f"{step.name}: {step.status}, {step.end - step.start:.2f} s{f'; {step.reason}' if step.reason else ''}"
    return svg.bar(left, top, max((step.end - step.start) * scale, 3), BAR, COLOURS[step.kind], words)


def _axis(height: int, seconds: float, scale: float) -> list[str]:
    end = LABELS + seconds * scale
    return [
        f'<path d="M{LABELS} {height}H{end:.1f}" stroke="currentColor" stroke-opacity="0.4"/>',
        svg.text(LABELS, height + 16, "0 s"),
        svg.text(end, height + 16, f"{seconds:.1f} s", anchor="end"),
    ]


def _legend(top: int, kinds: set[str]) -> list[str]:
    shown = (kind for kind in COLOURS if kind in kinds)
    return [svg.key(LABELS + 110 * number, top + 4, COLOURS[kind], kind) for number, kind in enumerate(shown)]
