"""`parse`: new fields from a text, by a glob (`"user=*, took * ms" as user, took`) or by named groups."""

from __future__ import annotations

import re

from ...server.given_expressions import Given
from .records import Expression, Record, shown


def of_glob(glob: str, names: list[str]) -> Given:
    """The expression that a glob stands for: each `*` is a field, the last one up to the end of the line."""
    parts = glob.split("*")
    pieces = [re.escape(parts[0])]
    for number, part in enumerate(parts[1:]):
        last = number == len(parts) - 2 and not part
        pieces.append(f"(?P<f{number}>{'.*' if last else '.*?'}){re.escape(part)}")
    return Given("".join(pieces))


def parse(source: Expression, pattern: Given, names: list[str], records: list[Record]) -> list[Record]:
    """Add fields to the records in which the expression is found; `names` are those of the globs, or none."""
    for record in records:
        text = source(record)
        match = None if text is None else pattern.search(shown(text))
        if match:
            found = match.groupdict()
            values = dict(zip(names, match.groups(), strict=True)) if names else found
            record.update({name: value for name, value in values.items() if value is not None})
    return records
