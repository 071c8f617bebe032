"""The states of alarms on a time line, from DescribeAlarmHistory: a lane for each alarm, a bar for each state.

alarm_states(lab, "lab10-slow-bank", "lab10-failed-logins")
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.widgets.shared import svg

WIDTH, LABELS, LANE, BAR, AXIS = 760, 210, 30, 20, 44  # in SVG units
COLOURS = {"OK": "#2e7d32", "ALARM": "#c0392b", "INSUFFICIENT_DATA": "#757575"}  # white can be read on each
LETTER = 7.5  # about the width of one, in SVG units


@dataclass(frozen=True)
class State:
    """A state of an alarm, since when (s since 1970), and why, in CloudWatch's words."""

    value: str
    since: float
    reason: str = ""


@dataclass(frozen=True)
class AlarmStates:
    """The states of each alarm, the oldest first, until the moment `end` (s since 1970)."""

    alarms: Mapping[str, Sequence[State]]
    end: float

    def text(self) -> str:
        """Return each alarm's states in their order."""
        return "\n".join(f"{name}: {', '.join(s.value for s in states)}" for name, states in self.alarms.items())

    __repr__ = text

    def _repr_html_(self) -> str:
        return self.svg()

    def svg(self) -> str:
        """Return the picture, in one line."""
        if not any(self.alarms.values()):
            return "<p>no alarms</p>"
        begin = min(state.since for states in self.alarms.values() for state in states)
        scale = (WIDTH - LABELS - 10) / max(self.end - begin, 0.001)
        parts, height = [], LANE * len(self.alarms)
        for row, (name, states) in enumerate(self.alarms.items()):
            top = row * LANE + (LANE - BAR) // 2
            parts.append(svg.text(0, top + 14, name))
            ends = [state.since for state in states[1:]] + [self.end]
            for state, end in zip(states, ends, strict=True):
                left, width = LABELS + (state.since - begin) * scale, max((end - state.since) * scale, 1.5)
                title = f"{state.value} since {_moment(state.since)} UTC. {state.reason}".strip()
                parts.append(
                    f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{BAR}" rx="2" '
                    f'fill="{COLOURS[state.value]}"><title>{escape(title)}</title></rect>'
                )
                if width > LETTER * len(state.value) + 12:
                    parts.append(svg.text(left + 6, top + 14, state.value, fill="#fff"))
        for x, moment, anchor in ((LABELS, begin, "start"), (WIDTH - 10, self.end, "end")):
            parts.append(svg.text(x, height + 16, f"{_moment(moment)} UTC", size=11, anchor=anchor, opacity=0.8))
        parts += _legend(height + 24, {state.value for states in self.alarms.values() for state in states})
        return (
            f'<svg class="lab-alarms" role="img" viewBox="0 0 {WIDTH} {height + AXIS}" width="100%" '
            f'style="max-width: {WIDTH}px" font-family="sans-serif" font-size="12">'
            f"<title>States of alarms over time: {escape(self.text())}</title>{''.join(parts)}</svg>"
        )


def alarm_states(lab: Connection, *names: str) -> AlarmStates:
    """Return the states of the alarms `names` since each was made. Raises: what AWS answers."""
    api = lab.client("cloudwatch")
    return AlarmStates({name: _states(api, name) for name in names}, time.time())


def _states(api: Any, name: str) -> list[State]:
    items = pages.collect(
        api, "describe_alarm_history", "AlarmHistoryItems", AlarmName=name, ScanBy="TimestampAscending"
    )
    states: list[State] = []
    for item in items:
        moment = item["Timestamp"].timestamp()
        if item["HistoryItemType"] == "ConfigurationUpdate" and item["HistorySummary"].endswith("created"):
            states = [State("INSUFFICIENT_DATA", moment, "It was made.")]  # an earlier one of its name is gone
        elif item["HistoryItemType"] == "StateUpdate":
            new = json.loads(item["HistoryData"])["newState"]
            states.append(State(new["stateValue"], moment, new.get("stateReason", "")))
    return states


def _legend(top: float, values: set[str]) -> list[str]:
    parts, x = [], float(LABELS)
    for value in (value for value in COLOURS if value in values):
        parts.append(f'<rect x="{x:.0f}" y="{top}" width="12" height="12" rx="2" fill="{COLOURS[value]}"/>')
        parts.append(svg.text(x + 18, top + 10, value))
        x += 40 + LETTER * len(value)
    return parts


def _moment(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%H:%M:%S}"
