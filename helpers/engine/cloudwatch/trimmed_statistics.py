"""Statistics of a part of the values: percentiles, trimmed and winsorized means, counts, sums and percentile ranks.

CloudWatch User Guide, "CloudWatch statistics definitions" (2026-11):

    p90                    the value that 90 % of all do not exceed
    tm90 = TM(:90%)        the mean without the highest 10 %; TM(10%:90%), TM(150:1000) between two boundaries
    wm90, tc90, ts90       the same of the winsorized mean (what is outside becomes the boundary), the count and the sum
    PR(100:2000)           how many per cent of the values are above the one and not above the other
    IQM                    TM(25%:75%)
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

_SHORT = re.compile(r"(p|tm|wm|tc|ts)(\d{1,2}(?:\.\d{1,10})?|100)", re.IGNORECASE)
_RANGE = re.compile(r"(TM|WM|TC|TS|PR)\((\d+(?:\.\d+)?%?)?:(\d+(?:\.\d+)?%?)?\)", re.IGNORECASE)


def is_known(name: str) -> bool:
    """Whether there is a statistic of this name."""
    match = _RANGE.fullmatch(name)
    return bool(_SHORT.fullmatch(name) or name.upper() == "IQM" or (match and (match[2] or match[3])))


def compute(name: str, values: Sequence[float]) -> float:
    """The statistic of values, of which there is at least one."""
    ordered = sorted(values)
    if name.upper() == "IQM":
        name = "TM(25%:75%)"
    if match := _SHORT.fullmatch(name):
        kind, low, high = match[1].lower(), None, f"{match[2]}%"
        if kind == "p":
            return percentile(ordered, float(match[2]))
    else:
        match = _RANGE.fullmatch(name)
        assert match, "a known statistic"
        kind, low, high = match[1].lower(), match[2], match[3]
    first, end = _rank(ordered, low, 0, math.floor), _rank(ordered, high, len(ordered), math.ceil)
    part = ordered[first:end]
    match kind:
        case "tc":
            return float(len(part))
        case "ts":
            return math.fsum(part)
        case "pr":
            return 100 * len(part) / len(ordered)
        case "wm":
            part = [*[part[0]] * first, *part, *[part[-1]] * (len(ordered) - end)] if part else []
    return math.fsum(part) / len(part) if part else 0.0


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The percentile of values in their order, interpolated. (AWS does not say how it interpolates.)"""
    place = (len(ordered) - 1) * percent / 100
    below, above = math.floor(place), math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _rank(ordered: Sequence[float], boundary: str | None, default: int, rounded: object) -> int:
    """How many of the values lie before a boundary: a share of them, or all that do not exceed a value."""
    if boundary is None:
        return default
    if boundary.endswith("%"):
        share = len(ordered) * float(boundary[:-1]) / 100
        return math.floor(share + 1e-9) if rounded is math.floor else math.ceil(share - 1e-9)
    return sum(value <= float(boundary) for value in ordered)
