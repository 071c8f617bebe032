"""Patterns for columns, as in `[ip, user, ..., status = 4*, size > 1000]`.

Columns are parted by spaces; what stands in quotation marks or square brackets is one. An event has as many columns as
the pattern has names, or any number at the place of `...`. A column without a name is called by its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .comparisons import InvalidPatternError
from .conditions import Condition
from .conditions import parse as parse_condition

_COLUMN = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|%[^%]*%|[^,"%])*)(,|$)""")
_NAME = re.compile(r"\w[\w-]*")
_WORD = re.compile(r'"([^"]*)"|\[([^\]]*)\]|(\S+)')


def parse(inner: str) -> Callable[[str], dict[str, str] | None]:
    """What reads a message: its columns, {"$ip": "127.0.0.1", …}, None if it does not match.

    `inner` is what stands between the brackets. Raises: InvalidPatternError.
    """
    columns = list(map(_column, _split(inner)))
    names = [name for name, _ in columns]
    if names.count("...") > 1:
        raise InvalidPatternError
    conditions = [condition for _, condition in columns if condition]

    def read(message: str) -> dict[str, str] | None:
        words = [first or second or third for first, second, third in _WORD.findall(message)]
        named = _named(names, len(words))
        if named is None:
            return None
        found = dict(zip(named, words, strict=True))
        if all(condition(lambda name: [found[name]] if name in found else []) for condition in conditions):
            return {f"${name}": word for name, word in found.items()}
        return None

    return read


def _split(inner: str) -> list[str]:
    """The columns as they are written."""
    if not inner.strip():
        return ["..."]  # `[]` takes any number
    parts, place = [], 0
    while place <= len(inner):
        match = _COLUMN.match(inner, place)
        if match is None:
            raise InvalidPatternError
        parts.append(match[1].strip())
        if not match[2]:
            break
        place = match.end()
    return parts


def _column(source: str) -> tuple[str, Condition | None]:
    """A column's name ("" without one, "..." for any number of them) and its condition."""
    if source in ("", "..."):
        return source, None
    if _NAME.fullmatch(source):
        return source, None
    condition, names = parse_condition(source)
    if len(set(names)) != 1 or not _NAME.fullmatch(names[0]):
        raise InvalidPatternError
    return names[0], condition


def _named(names: list[str], count: int) -> list[str] | None:
    """The name of each of `count` columns, None if there are too few or too many."""
    if "..." in names:
        place = names.index("...")
        more = count - len(names) + 1
        if more < 0:
            return None
        names = [*names[:place], *[""] * more, *names[place + 1 :]]
    if len(names) != count:
        return None
    return [name or str(number) for number, name in enumerate(names, 1)]
