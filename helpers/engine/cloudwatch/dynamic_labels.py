"""Dynamic labels: "largest: ${MAX}" of a query becomes "largest: 3" of its result.

CloudWatch User Guide, "Use dynamic labels" (2026-11). It has no word on digits: a number has as many here as it needs.
Nor has it one on the format of times, so what speaks of times is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from ..server.not_here import refusal

STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "AVG": lambda values: math.fsum(values) / len(values),
    "DATAPOINT_COUNT": len,
    "FIRST": lambda values: values[0],
    "LAST": lambda values: values[-1],
    "MAX": max,
    "MIN": min,
    "MIN_MAX_RANGE": lambda values: max(values) - min(values),
    "SUM": math.fsum,
}
NO_VALUE = "--"  # as CloudWatch's console writes it
_PLACE = re.compile(r"\$\{([A-Z_]+|PROP\('([^']*)'\))\}")


def filled(label: str, default: str, values: Sequence[float], properties: Mapping[str, str]) -> str:
    """The label of a result.

    `default`: the label that it has if none is given. `values` of its datapoints, the oldest first. `properties` of its
    metric, as in ${PROP('Period')}. Raises: NotImplemented.
    """

    def value(place: re.Match[str]) -> str:
        name = place[1]
        if name == "LABEL":
            return default
        if name == "DATAPOINT_COUNT" or (name in STATISTICS and values):
            return f"{STATISTICS[name](values):.15g}"
        if name in STATISTICS:
            return NO_VALUE
        if (found := properties.get(place[2] or "")) is not None:
            return found
        known = ", ".join([*STATISTICS, "LABEL", *(f"PROP('{one}')" for one in properties)])
        raise refusal(
            f"{place[0]} in a label (Amazon CloudWatch) is not part of this engine: this one may have {known}."
        )

    return _PLACE.sub(value, label)
