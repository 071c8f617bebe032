"""A change set as a coloured diff: what would be added, changed, replaced or removed, property by property.

    changes(lab, "lab12-greeting", "louder")

It reads the change set, and runs nothing. Signs say what colours say: + added, - removed, ~ changed in its place, and !
replaced, which makes a new resource and deletes the old one, or perhaps replaced (Replacement Conditional).
"""

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection

SIGNS = {"Add": "+", "Remove": "-", "Modify": "~", "Replace": "!", "Perhaps": "!"}
WORDS = {
    "Add": "added",
    "Remove": "removed",
    "Modify": "changed in its place",
    "Replace": "REPLACED: a new one",
    "Perhaps": "perhaps REPLACED: that depends on what it refers to",
}
REPLACEMENTS = {"True": "Replace", "Conditional": "Perhaps"}  # CloudFormation API Reference, ResourceChange (2026-11)
COLOURS = {"+": "success", "-": "error", "~": "info", "!": "warn"}  # of JupyterLab's variables
AFTERWARDS = "KNOWN_AFTER_APPLY"  # AWS's word for a value that only the new resource will have
LONGEST = 90  # characters of a value


@dataclass(frozen=True)
class Change:
    """What would happen to one resource: one of SIGNS, its logical id and type, and lines, as (sign, text)."""

    action: str
    name: str
    type: str
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def head(self) -> str:
        """The change in one line, without its sign."""
        return f"{self.name} ({self.type}) {WORDS[self.action]}"


@dataclass(frozen=True)
class Changes:
    """The changes of a change set, in AWS's order. `status`: of the change set; `reason`, if it could not be made."""

    name: str
    status: str
    reason: str
    changes: tuple[Change, ...]

    @property
    def replaced(self) -> list[str]:
        """The logical ids of what would, or might, be replaced or removed: with what is kept in it, if anything is."""
        return [change.name for change in self.changes if change.action in ("Replace", "Perhaps", "Remove")]

    @property
    def _lines(self) -> Iterator[tuple[str, str, bool]]:
        for change in self.changes:
            yield SIGNS[change.action], change.head, True
            yield from ((sign, text, False) for sign, text in change.lines)

    def text(self) -> str:
        """Return the diff as lines of text."""
        lines = [f"{'' if head else '  '}{sign} {text}" for sign, text, head in self._lines]
        said = f"{self.name}: {self.status}{f', {self.reason}' if self.reason else ''}"
        return "\n".join([said, *(lines or ["no changes"])])

    __repr__ = text

    def _repr_html_(self) -> str:
        said = f"<strong>{escape(self.name)}</strong>: {escape(self.status)} {escape(self.reason)}"
        rows = "".join(_row(sign, text, head) for sign, text, head in self._lines) or "<div>no changes</div>"
        return f'<div class="lab-changes" role="group" aria-label="Changes of {escape(self.name)}">{said}{rows}</div>'


def changes(lab: Connection, stack: str, name: str) -> Changes:
    """Return the change set `name` of `stack`. Raises: botocore.exceptions.ClientError, ChangeSetNotFoundException."""
    api, which = lab.client("cloudformation"), {"StackName": stack, "ChangeSetName": name}
    about = api.describe_change_set(**which)
    found = pages.collect(api, "describe_change_set", "Changes", IncludePropertyValues=True, **which)
    made = tuple(change_of(one["ResourceChange"]) for one in found)
    return Changes(name, about["Status"], about.get("StatusReason", ""), made)


def change_of(described: dict[str, Any]) -> Change:
    """Return the change that DescribeChangeSet describes."""
    before, after = (_flat(_properties(described.get(f"{which}Context"))) for which in ("Before", "After"))
    names = sorted({*before, *after}) if described["Action"] == "Modify" else []  # of a new resource, all is new
    lines = [line for name in names for line in _lines(name, before.get(name), after.get(name))]
    action = described["Action"]
    if action == "Modify":
        action = REPLACEMENTS.get(described.get("Replacement", ""), action)
    return Change(action, described["LogicalResourceId"], described["ResourceType"], tuple(lines))


def _lines(name: str, before: str | None, after: str | None) -> Iterator[tuple[str, str]]:
    """The lines that say how a property changes; of a text of several lines, those that do."""
    if before == after:
        return
    if after and AFTERWARDS in after:
        yield "~", f"{name}: known after it is made"
        return
    old, new = (text.splitlines() if text is not None else [] for text in (before, after))
    for line in difflib.ndiff(old, new):
        if line[0] in "-+":
            yield line[0], f"{name}: {_short(line[2:].strip())}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _properties(context: str | None) -> Any:
    return json.loads(context).get("Properties", {}) if context else {}


def _flat(value: Any, path: str = "") -> dict[str, str]:
    """{dotted path: text of the value} of nested values."""
    if not value or not isinstance(value, dict | list):
        return {path: str(value)} if path else {}
    members = value.items() if isinstance(value, dict) else enumerate(value)
    found: dict[str, str] = {}
    for key, inner in members:
        found |= _flat(inner, f"{path}.{key}" if path else str(key))
    return found


def _row(sign: str, text: str, head: bool) -> str:
    colour = f"var(--jp-{COLOURS[sign]}-color1)"
    style = (
        f"border-left: 4px solid {colour}; padding: 1px 8px; margin-left: {0 if head else 24}px; "
        f"background: color-mix(in srgb, {colour} 12%, transparent); font-family: monospace; white-space: pre-wrap"
    )
    words = f"{sign} {escape(text)}"
    return f'<div style="{style}">{f"<strong>{words}</strong>" if head else words}</div>'
