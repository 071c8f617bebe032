"""The cost model of Lambda and of its front doors, from a REPORT line to a monthly bill.

    Workload(requests=30_000_000, billed_ms=200, memory_mb=128).bill
    measured(logs.tail(response), requests=30_000_000).bill

A request costs a fixed amount, a GB-second another: billed duration (s) times memory (GB, 1,024 MB). Left out are
log lines in CloudWatch, provisioned concurrency, SnapStart, a VPC, caches, Savings Plans and
response streaming.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpers.cost import prices
from helpers.cost.bill import Bill, Line
from helpers.errors import CostError
from helpers.log_lines import kind
from helpers.logs import Report

ARCHITECTURES = tuple(prices.LAMBDA_DURATION)
FRONT_DOORS = ("none", "function URL", *prices.API_REQUESTS)  # a function URL costs nothing of its own
FREE_STORAGE_MB = 512
# field -> least, most, unit, whether it is a whole number. Lambda Developer Guide, "Lambda quotas", 2026-11: 900 s,
# 128 to 10,240 MB, /tmp 512 to 10,240 MB, 6 MB an answer. The requests have no limit at AWS.
LIMITS = {
    "requests": (0, 10**12, "a month", True),
    "billed_ms": (1, 900_000, "ms", False),
    "memory_mb": (128, 10_240, "MB", True),
    "response_kb": (0, 6 * 1024, "kB", False),
    "ephemeral_mb": (FREE_STORAGE_MB, 10_240, "MB", True),
}


@dataclass(frozen=True, repr=False)
class Workload:
    """The use of a function in a month.

    `requests` a month; `billed_ms`: the average billed duration of one, in ms; `memory_mb` and `ephemeral_mb` (the
    size of /tmp) as configured, in MB; `response_kb`: the average answer that goes out to the internet, in kB.
    `front_door`: what the requests come through, one of FRONT_DOORS. `free_tier`: whether what every account has free
    each month comes off (a million requests, 400,000 GB-s, 100 GB of transfer); another function may use it already.
    Raises: CostError for a value that is not a number, or outside of Lambda's limits.
    """

    requests: int
    billed_ms: float
    memory_mb: int
    architecture: str = "x86_64"
    front_door: str = "none"
    response_kb: float = 0
    ephemeral_mb: int = FREE_STORAGE_MB
    free_tier: bool = True

    def __post_init__(self) -> None:
        for name, (least, most, unit, whole) in LIMITS.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
                raise CostError(f"{name} is {value!r}: give a number from {least:,} to {most:,} ({unit}).")
            if whole and value != int(value):
                raise CostError(f"{name} is {value!r}: give a whole number ({unit}).")
            object.__setattr__(self, name, int(value) if whole else value)  # 5e6 is a whole number too
        for name, choices in (("architecture", ARCHITECTURES), ("front_door", FRONT_DOORS)):
            if getattr(self, name) not in choices:
                raise CostError(f"{name} is {getattr(self, name)!r}: it is one of {', '.join(choices)}.")

    @property
    def gb_seconds(self) -> float:
        """Duration times memory, of all requests."""
        return self._seconds * self.memory_mb / 1024

    @property
    def bill(self) -> Bill:
        """The bill of the month."""
        million = self.requests / 1e6
        storage = self._seconds * (self.ephemeral_mb - FREE_STORAGE_MB) / 1024
        gigabytes = self.requests * self.response_kb / 1024**2
        used = [
            ("Lambda", "requests", prices.LAMBDA_REQUESTS, million),
            ("Lambda", f"duration on {self.architecture}", prices.LAMBDA_DURATION[self.architecture], self.gb_seconds),
            ("Lambda", "ephemeral storage", prices.LAMBDA_STORAGE, storage),
            ("Data transfer", "to the internet", prices.TRANSFER, gigabytes),
        ]
        if self.front_door in prices.API_REQUESTS:
            # What comes in counts as well; it is taken to be no larger than what goes out.
            steps = math.ceil(self.response_kb / prices.HTTP_API_KB) if self.front_door == "HTTP API" else 1
            requests = f"{self.front_door} requests"
            used.insert(-1, ("API Gateway", requests, prices.API_REQUESTS[self.front_door], million * max(steps, 1)))
        return Bill(
            tuple(
                Line(service, what, tier.name, units, price.unit, tier.usd)
                for service, what, price, quantity in used
                for tier, units in price.split(quantity, free_tier=self.free_tier)
            )
        )

    def __repr__(self) -> str:
        door = {"none": "", "HTTP API": ", through an HTTP API"}.get(self.front_door, f", through a {self.front_door}")
        return (
            f"{self.requests:,} requests a month × {self.billed_ms:,g} ms × {self.memory_mb:,} MB"
            f" on {self.architecture}"
            f"{f', {self.ephemeral_mb:,} MB of /tmp' if self.ephemeral_mb > FREE_STORAGE_MB else ''}"
            f"{door}{f', {self.response_kb:,g} kB an answer' if self.response_kb else ''}"
            f", {'with' if self.free_tier else 'without'} the free tier"
        )

    @property
    def _seconds(self) -> float:
        return self.requests * self.billed_ms / 1000


def measured(reports: str | Report | Iterable[str | Report], requests: int, **how: Any) -> Workload:
    """Return the workload of `requests` a month that run as in these reports: Reports, or text with REPORT lines.

    Billed duration is their average, so a cold start among them counts as often as it occurs there. `how`: the other
    fields of Workload. Raises: LogError if there is no report, CostError if they are not of one memory size.
    """
    if isinstance(reports, str | Report):
        reports = [reports]
    lines = [line for one in reports for line in ([one] if isinstance(one, Report) else one.splitlines())]
    found = [line if isinstance(line, Report) else Report.parse(line) for line in lines if _is_report(line)]
    if not found:
        Report.parse("")  # says that there is none
    sizes = sorted({report.memory_mb for report in found})
    if len(sizes) > 1:
        raise CostError(f"The reports are of {sizes} MB: measure one memory size at a time.")
    return Workload(requests, sum(report.billed_ms for report in found) / len(found), sizes[0], **how)


def _is_report(line: str | Report) -> bool:
    return isinstance(line, Report) or kind(line) == "REPORT"
