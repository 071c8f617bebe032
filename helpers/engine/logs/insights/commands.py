"""Commands: each takes the records of the one before, and gives its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .discovery import flat
from .functions import number
from .records import Expression, Record, shown

MAX_RESULTS = 10_000

Command = Callable[[list[Record]], list[Record]]


@dataclass
class Query:
    """A chain of commands, and what it shows.

    `fields` are the names that results have, in their order; [] for @timestamp and @message. `keeps_events`: whether a
    record still is a log event, as it is not after `stats`.
    """

    commands: list[Command] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    keeps_events: bool = True
    matched: int = 0

    def run(self, records: list[Record], limit: int) -> list[dict[str, str]]:
        """The results. Without `sort` the newest events come first."""
        records = sorted(records, key=lambda record: record["@timestamp"], reverse=True)
        self.matched = len(records)
        for command in self.commands:
            records = command(records)
        names = self.fields or ["@timestamp", "@message"]
        if self.keeps_events:
            names = [name for name in names if name != "@ptr"] + ["@ptr"]
        rows = ({name: record[name] for name in names} for record in records[:limit])
        return [{name: shown(value) for name, value in row.items() if value is not None} for row in rows]


def assign(name: str, expression: Expression, records: list[Record]) -> list[Record]:
    """`fields … as name`; of an object or array its members too, as `name.member`."""
    for record in records:
        record[name] = value = expression(record)
        if isinstance(value, (dict, list)):
            record.update(flat(name, value))
    return records


def filter_(query: Query, of_events: bool, condition: Expression, records: list[Record]) -> list[Record]:
    """`filter`. How many log events are left is what the statistics call matched."""
    left = [record for record in records if condition(record)]
    if of_events:
        query.matched = len(left)
    return left


def sort(keys: list[tuple[Expression, bool]], records: list[Record]) -> list[Record]:
    """`sort`: numbers before texts, as texts go; what has not the field comes last."""
    for key, descending in reversed(keys):
        having = [record for record in records if key(record) is not None]
        lacking = [record for record in records if key(record) is None]
        records = sorted(having, key=lambda record: _place(key(record)), reverse=descending) + lacking
    return records


def limit(count: int, records: list[Record]) -> list[Record]:
    """`limit`."""
    return records[:count]


def dedup(names: list[str], records: list[Record]) -> list[Record]:
    """`dedup`: the first record of each combination of values; those that lack one of them stay."""
    seen: set[tuple[str, ...]] = set()
    left = []
    for record in records:
        values = [record[name] for name in names]
        key = tuple(map(shown, values))
        if None in values or key not in seen:
            left.append(record)
            seen.add(key)
    return left


def _place(value: Any) -> tuple[int, float, str]:
    found = number(value)
    return (1, 0.0, shown(value)) if found is None else (0, found, "")
