"""Functions of metric math, by the names that AWS gives them.

CloudWatch User Guide, "Using math expressions with CloudWatch metrics" (2026-11), whose table says what each takes and
returns: a scalar, a series or a list of series. What is not a number (a division by zero, a logarithm of nothing) is no
datapoint.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

Series = dict[int, float]  # by timestamp, s since 1970
Value = Series | float | list[Series]
FILLERS = ("REPEAT", "LINEAR")


class Labelled(dict[int, float]):
    """A series of a search, with a label and the query (as in `MetricStat`) of its own."""

    label = ""
    query: Mapping[str, Any] | None = None


class Frame(NamedTuple):
    """The beginnings of all periods that were asked for, and the period of each metric, by its id.

    `search` finds metrics by an expression, a statistic and a period; where there is none, nothing can be searched.
    """

    moments: range
    periods: Mapping[str, int]
    search: Callable[[str, str, int], list[Series]] | None = None

    @property
    def step(self) -> int:
        """The period of the request."""
        return self.moments.step


def combine(function: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Apply an operator. Of two series only moments that both have give a value."""
    if isinstance(left, list):
        return [_series(combine(function, one, right)) for one in left]
    if isinstance(right, list):
        return [_series(combine(function, left, one)) for one in right]
    if isinstance(left, dict) or isinstance(right, dict):
        moments = left if isinstance(left, dict) else right if isinstance(right, dict) else {}
        found = {moment: _number(function, _at(left, moment), _at(right, moment)) for moment in moments}
        return {moment: value for moment, value in found.items() if value is not None}
    value = _number(function, left, right)
    return math.nan if value is None else value


def apply(name: str, arguments: list[Any], frame: Frame) -> Value:
    """Call a function. Raises: TypeError, ValueError for arguments that it does not take."""
    return FUNCTIONS[name](frame, *arguments)


def _series(value: Value) -> Series:
    if not isinstance(value, dict):
        raise TypeError("a series is wanted")
    return value


def _at(value: Series | float, moment: int) -> float | None:
    return value.get(moment) if isinstance(value, dict) else value


def _number(function: Callable[..., float], *numbers: float | None) -> float | None:
    if any(number is None for number in numbers):
        return None
    try:
        value = function(*numbers)
    except (ArithmeticError, ValueError):
        return None
    return None if isinstance(value, complex) or not math.isfinite(value) else float(value)


def _each(function: Callable[[Series, Frame], Series]) -> Callable[..., Value]:
    """A function of one series; of a list of them, each by itself."""

    def call(frame: Frame, value: Value) -> Value:
        return [function(one, frame) for one in value] if isinstance(value, list) else function(_series(value), frame)

    return call


def _values(function: Callable[[float], float]) -> Callable[..., Value]:
    """A function of each value."""

    def call(frame: Frame, value: Value) -> Value:
        return combine(lambda one, _: function(one), value, 0.0)

    return call


def _reduced(function: Callable[[list[float]], float]) -> Callable[..., Value]:
    """Of one series a scalar; of a list of them a series, moment by moment."""

    def call(frame: Frame, *values: Value) -> Value:
        if len(values) == 1 and isinstance(values[0], dict):
            return function(list(values[0].values())) if values[0] else {}
        many = [one for value in values for one in (value if isinstance(value, list) else [_series(value)])]
        moments = sorted({moment for one in many for moment in one})
        return {moment: float(function([one[moment] for one in many if moment in one])) for moment in moments}

    return call


def _steps(function: Callable[[int, float, int, float], float]) -> Callable[..., Value]:
    """A function of each datapoint and the one before it."""

    def call(one: Series, frame: Frame) -> Series:
        points = sorted(one.items())
        return {moment: function(before, was, moment, now) for (before, was), (moment, now) in pairwise(points)}

    return _each(call)


def _clock(part: Callable[[datetime], float]) -> Callable[..., Value]:
    return _each(lambda one, frame: {moment: float(part(datetime.fromtimestamp(moment, UTC))) for moment in one})


def _running_sum(one: Series, frame: Frame) -> Series:
    moments = sorted(one)
    return dict(zip(moments, accumulate(one[moment] for moment in moments), strict=True))


def _fill(frame: Frame, value: Value, filler: Series | float | str) -> Value:
    """`FILL`: what is missing becomes the filler, the value before (REPEAT), or what lies between (LINEAR)."""
    if isinstance(value, list):
        return [_series(_fill(frame, one, filler)) for one in value]
    known = _series(value)
    filled = dict(known)
    for moment in frame.moments:
        if moment in known:
            continue
        found = _between(known, moment, filler) if isinstance(filler, str) else _at(filler, moment)
        if found is not None:
            filled[moment] = found
    return filled


def _between(known: Series, moment: int, filler: str) -> float | None:
    before = max((one for one in known if one < moment), default=None)
    after = min((one for one in known if one > moment), default=None)
    if before is None or (filler == "LINEAR" and after is None):
        return None
    if filler == "REPEAT" or after is None:
        return known[before]
    return known[before] + (known[after] - known[before]) * (moment - before) / (after - before)


def _if(frame: Frame, condition: Value, then: Value, otherwise: Value | None = None) -> Value:
    """`IF`: of a series by each moment; without a third argument what is false has no datapoint."""
    if not isinstance(condition, dict):
        chosen = then if condition else {} if otherwise is None else otherwise
        return chosen
    found: Series = {}
    for moment, said in condition.items():
        side = then if said else otherwise
        value = None if side is None or isinstance(side, list) else _at(side, moment)
        if value is not None:
            found[moment] = value
    return found


def _many(value: Value) -> list[Series]:
    return list(value) if isinstance(value, list) else [_series(value)]


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "ABS": _values(abs),
    "AVG": _reduced(lambda values: math.fsum(values) / len(values)),
    "CEIL": _values(math.ceil),
    "DATAPOINT_COUNT": _reduced(lambda values: float(len(values))),
    "DATE": _clock(lambda at: at.day),
    "DAY": _clock(lambda at: at.isoweekday()),
    "DIFF": _steps(lambda before, was, moment, now: now - was),
    "DIFF_TIME": _steps(lambda before, was, moment, now: float(moment - before)),
    "EPOCH": _clock(lambda at: at.timestamp()),
    "FILL": _fill,
    "FIRST": lambda frame, value: _many(value)[0],
    "FLOOR": _values(math.floor),
    "HOUR": _clock(lambda at: at.hour),
    "IF": _if,
    "LAST": lambda frame, value: _many(value)[-1],
    "LOG": _values(math.log),
    "LOG10": _values(math.log10),
    "MAX": _reduced(max),
    "METRIC_COUNT": lambda frame, value: float(len(_many(value))),
    "MIN": _reduced(min),
    "MINUTE": _clock(lambda at: at.minute),
    "MONTH": _clock(lambda at: at.month),
    "RATE": _steps(lambda before, was, moment, now: (now - was) / (moment - before)),
    "REMOVE_EMPTY": lambda frame, value: [one for one in _many(value) if one],
    "RUNNING_SUM": _each(_running_sum),
    "SLICE": lambda frame, value, first, end=None: _many(value)[int(first) : None if end is None else int(end)],
    "STDDEV": _reduced(statistics.pstdev),
    "SUM": _reduced(math.fsum),
    "TIME_SERIES": lambda frame, value: dict.fromkeys(frame.moments, float(value)),
    "YEAR": _clock(lambda at: at.year),
}
