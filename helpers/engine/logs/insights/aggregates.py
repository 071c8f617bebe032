"""`stats`: one record for each group of records."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from .functions import number
from .records import Expression, Record, shown

Reduce = Callable[[list[Record]], Any]


def stats(
    keys: list[tuple[str, Expression]],
    reductions: dict[str, Reduce],
    columns: list[tuple[str, Expression]],
    records: list[Record],
) -> list[Record]:
    """The results, in the order in which their groups first come.

    `columns` are expressions over the `reductions` of a group, and over columns before them.
    """
    groups: dict[tuple[str, ...], tuple[Record, list[Record]]] = {}
    if not keys:
        groups[()] = (Record({}), [])
    for record in records:
        found = {name: key(record) for name, key in keys}
        values = tuple("" if value is None else shown(value) for value in found.values())
        group = groups.setdefault(values, (Record({k: v for k, v in found.items() if v is not None}), []))
        group[1].append(record)
    for result, members in groups.values():
        result.update({name: value for name, reduce in reductions.items() if (value := reduce(members)) is not None})
        for name, column in columns:
            if (value := column(result)) is not None:
                result[name] = value
    return [result for result, _ in groups.values()]


def aggregate(name: str, argument: Expression | None, percent: float) -> Reduce:
    """An aggregate function by its name. Without an argument `count` counts all records."""
    if name == "count" or argument is None:
        return partial(_count, argument)
    if name == "count_distinct":
        return lambda records: len({shown(value) for value in _values(argument, records)})
    if name in ("pct", "percentile", "median"):
        return lambda records: _percentile(_numbers(argument, records), percent)
    if name in _OF_NUMBERS:
        return lambda records: _OF_NUMBERS[name](numbers) if (numbers := _numbers(argument, records)) else None
    if name in _OF_TEXTS:
        return lambda records: _OF_TEXTS[name](map(shown, found)) if (found := _values(argument, records)) else None
    return partial(_at_the_end, argument, min if name == "earliest" else max)


def _count(argument: Expression | None, records: list[Record]) -> int:
    return len(records) if argument is None else len(_values(argument, records))


def _values(argument: Expression, records: list[Record]) -> list[Any]:
    return [value for record in records if (value := argument(record)) is not None]


def _numbers(argument: Expression, records: list[Record]) -> list[float]:
    return [found for value in _values(argument, records) if (found := number(value)) is not None]


def _percentile(numbers: list[float], percent: float) -> float | None:
    """The least value that is at least as large as so many per cent of all."""
    if not numbers:
        return None
    return sorted(numbers)[max(0, math.ceil(len(numbers) * percent / 100) - 1)]


def _at_the_end(argument: Expression, which: Callable[..., Record], records: list[Record]) -> Any:
    having = [record for record in records if argument(record) is not None]
    return argument(which(having, key=lambda record: record["@timestamp"] or 0)) if having else None


def _deviation(numbers: list[float]) -> float:
    mean = math.fsum(numbers) / len(numbers)
    return math.sqrt(math.fsum((one - mean) ** 2 for one in numbers) / max(1, len(numbers) - 1))


_OF_NUMBERS: dict[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "avg": lambda numbers: math.fsum(numbers) / len(numbers),
    "min": min,
    "max": max,
    "stddev": _deviation,
}
_OF_TEXTS: dict[str, Callable[[Any], str]] = {"sortsfirst": min, "sortslast": max}
_OTHERS = ("count", "count_distinct", "pct", "percentile", "median", "earliest", "latest")
NAMES = frozenset({*_OTHERS, *_OF_NUMBERS, *_OF_TEXTS})
