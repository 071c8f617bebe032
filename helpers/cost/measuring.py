"""From REPORT lines to a workload.

measured(logs.tail(response), requests=30_000_000).bill
"""

import math
from collections.abc import Iterable
from typing import Any

from helpers.cost.workload import Workload
from helpers.errors import CostError
from helpers.log_lines import kind
from helpers.logs import Report


def measured(reports: str | Report | Iterable[str | Report], requests: int, **how: Any) -> Workload:
    """Return the workload of `requests` a month that run as in these reports: Reports, or text with REPORT lines.

    Billed duration is their average, to 0.01 ms; what of it is INIT, and how often that came, are apart (`init_ms`,
    `cold_percent`). `how`: other fields of Workload, or other values for these: a month has fewer cold starts than a
    first few calls. Raises: LogError if there is no report, CostError if they are not of one memory size.
    """
    if isinstance(reports, str | Report):
        reports = [reports]
    texts = [line for one in reports for line in ([one] if isinstance(one, Report) else one.splitlines())]
    found = [line if isinstance(line, Report) else Report.parse(line) for line in texts if _is_report(line)]
    if not found:
        Report.parse("")  # says that there is none
    sizes = sorted({report.memory_mb for report in found})
    if len(sizes) > 1:
        raise CostError(f"The reports are of {sizes} MB: measure one memory size at a time.")
    inits = [_billed_init(report) for report in found if report.init_ms is not None]
    fields = {
        "billed_ms": round((sum(report.billed_ms for report in found) - sum(inits)) / len(found), 2),
        "memory_mb": sizes[0],
        "cold_percent": round(100 * len(inits) / len(found), 2),
        "init_ms": round(sum(inits) / len(inits), 2) if inits else 0,
    }
    return Workload(requests, **{**fields, **how})


def _billed_init(report: Report) -> int:
    """What of the billed duration is INIT, in whole ms: the two are rounded up together."""
    return max(report.billed_ms - max(math.ceil(report.duration_ms), 1), 0)


def _is_report(line: str | Report) -> bool:
    return isinstance(line, Report) or kind(line) == "REPORT"
