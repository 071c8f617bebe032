"""The cost model of Lambda and of what is around it: how a function is used in a month.

    Workload(requests=30_000_000, billed_ms=200, memory_mb=128).bill

A request costs a fixed amount, a GB-second another: billed duration (s) times memory (GB, 1,024 MB). Left out are the
storage of logs, a VPC, caches, Savings Plans, response streaming and what the function calls.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.cost import prices
from helpers.cost.bill import Bill, Line
from helpers.cost.prices import Price
from helpers.errors import CostError

ARCHITECTURES = tuple(prices.LAMBDA_DURATION)
FREE_STORAGE_MB = 512
FRONT_DOORS = ("none", "function URL", *prices.API_REQUESTS)  # a function URL costs nothing of its own
# field -> least, most, unit, whether it is a whole number. Lambda Developer Guide, "Lambda quotas", 2026-11: 900 s,
# 128 to 10,240 MB, /tmp 512 to 10,240 MB, 6 MB an answer; an INIT that takes up to 900 s is one of provisioned
# concurrency or SnapStart. AWS limits neither requests nor logs, and concurrency on request only.
LIMITS = {
    "requests": (0, 10**12, "a month", True),
    "billed_ms": (1, 900_000, "ms", False),
    "memory_mb": (128, 10_240, "MB", True),
    "response_kb": (0, 6 * 1024, "kB", False),
    "ephemeral_mb": (FREE_STORAGE_MB, 10_240, "MB", True),
    "cold_percent": (0, 100, "of 100 requests", False),
    "init_ms": (0, 900_000, "ms", False),
    "log_kb": (0, 1024**2, "kB", False),
    "provisioned": (0, 10**6, "environments", True),
}


@dataclass(frozen=True, repr=False)
class Workload:
    """The use of a function in a month.

    `requests` a month; `billed_ms`: the average billed duration of one without INIT, in ms; `memory_mb` and
    `ephemeral_mb` (the size of /tmp) as configured, in MB; `response_kb`: the average answer that goes out to the
    internet, in kB; `log_kb`: the average log of a request, in kB. `front_door`: what the requests come through, one of
    FRONT_DOORS. `cold_percent`: how many of 100 requests are cold starts, `init_ms`: how long their INIT takes, in ms.
    `provisioned`: environments of provisioned concurrency, all month; they serve all requests. `snap_start`: whether
    environments start from a snapshot of one published version, with Python or .NET.
    `free_tier`: whether what every account has free each month comes off (a million requests, 400,000 GB-s, 100 GB of
    transfer); another function may use it already.
    Raises: CostError for a value that is not a number, or outside of Lambda's limits, or for two that exclude each
    other.
    """

    requests: int
    billed_ms: float
    memory_mb: int
    architecture: str = "x86_64"
    front_door: str = "none"
    response_kb: float = 0
    ephemeral_mb: int = FREE_STORAGE_MB
    free_tier: bool = True
    cold_percent: float = 0
    init_ms: float = 0
    log_kb: float = 0
    provisioned: int = 0
    snap_start: bool = False

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
        self._refuse_what_excludes_each_other()

    @property
    def seconds(self) -> float:
        """Billed duration of all requests, without INIT."""
        return self.requests * self.billed_ms / 1000

    @property
    def gb_seconds(self) -> float:
        """Duration times memory, of all requests, without INIT."""
        return self.seconds * self.memory_mb / 1024

    @property
    def bill(self) -> Bill:
        """The bill of the month."""
        return Bill(
            tuple(
                Line(used.service, used.what, tier.name, units, used.price.unit, tier.usd)
                for used in (*_lambda(self), *_around(self))
                for tier, units in used.price.split(used.quantity, free_tier=self.free_tier, before=used.before)
            )
        )

    def __repr__(self) -> str:
        door = {"none": "", "HTTP API": ", through an HTTP API"}.get(self.front_door, f", through a {self.front_door}")
        return (
            f"{self.requests:,} requests a month × {self.billed_ms:,g} ms × {self.memory_mb:,} MB"
            f" on {self.architecture}"
            f"{f', {self.cold_percent:g}% of them with {self.init_ms:,g} ms of INIT' if self.cold_percent else ''}"
            f"{f', {self.provisioned:,} environments provisioned' if self.provisioned else ''}"
            f"{', with SnapStart' if self.snap_start else ''}"
            f"{f', {self.ephemeral_mb:,} MB of /tmp' if self.ephemeral_mb > FREE_STORAGE_MB else ''}"
            f"{door}{f', {self.response_kb:,g} kB an answer' if self.response_kb else ''}"
            f"{f', {self.log_kb:,g} kB of log' if self.log_kb else ''}"
            f", {'with' if self.free_tier else 'without'} the free tier"
        )

    def _refuse_what_excludes_each_other(self) -> None:
        # Lambda Developer Guide, "Improving startup performance with Lambda SnapStart", 2026-11: neither provisioned
        # concurrency nor a /tmp above 512 MB.
        if self.snap_start and self.provisioned:
            raise CostError("snap_start and provisioned exclude each other at AWS: choose one of them.")
        if self.snap_start and self.ephemeral_mb > FREE_STORAGE_MB:
            raise CostError(f"ephemeral_mb is {self.ephemeral_mb:,}: with snap_start it is {FREE_STORAGE_MB}.")
        if self.provisioned and self.cold_percent:
            raise CostError("Provisioned environments are started beforehand: set cold_percent to 0.")
        if self.provisioned and self.seconds > self.provisioned * prices.SECONDS:
            least = math.ceil(self.seconds / prices.SECONDS)
            raise CostError(f"provisioned is {self.provisioned:,}: these requests keep {least:,} environments busy.")


@dataclass(frozen=True)
class _Used:
    """`quantity` units of `price`, as `what` of a service; `before`: units of it that another line has already."""

    service: str
    what: str
    price: Price
    quantity: float
    before: float = 0


def _lambda(workload: Workload) -> Iterator[_Used]:
    gigabytes, architecture = workload.memory_mb / 1024, workload.architecture
    yield _Used("Lambda", "requests", prices.LAMBDA_REQUESTS, workload.requests / 1e6)
    if workload.provisioned:
        kept = workload.provisioned * gigabytes * prices.SECONDS
        yield _Used("Lambda", f"provisioned concurrency on {architecture}", prices.PROVISIONED[architecture], kept)
        duration = prices.PROVISIONED_DURATION[architecture]
    else:
        duration = prices.LAMBDA_DURATION[architecture]
    yield _Used("Lambda", f"duration on {architecture}", duration, workload.gb_seconds)
    cold = workload.requests * workload.cold_percent / 100
    if workload.snap_start:
        yield _Used("Lambda", "SnapStart cache", prices.SNAPSHOT_CACHE, gigabytes * prices.SECONDS)
        yield _Used("Lambda", "SnapStart restores", prices.SNAPSHOT_RESTORES, gigabytes * cold)
    else:
        init = cold * workload.init_ms / 1000 * gigabytes
        yield _Used("Lambda", f"INIT on {architecture}", duration, init, before=workload.gb_seconds)
    beyond = (workload.ephemeral_mb - FREE_STORAGE_MB) / 1024
    yield _Used("Lambda", "ephemeral storage", prices.LAMBDA_STORAGE, workload.seconds * beyond)


def _around(workload: Workload) -> Iterator[_Used]:
    if workload.front_door in prices.API_REQUESTS:
        # What comes in counts as well; it is taken to be no larger than what goes out.
        steps = math.ceil(workload.response_kb / prices.HTTP_API_KB) if workload.front_door == "HTTP API" else 1
        million = workload.requests / 1e6 * max(steps, 1)
        requests = f"{workload.front_door} requests"
        yield _Used("API Gateway", requests, prices.API_REQUESTS[workload.front_door], million)
    yield _Used("CloudWatch Logs", "ingestion", prices.LOGS, workload.requests * workload.log_kb / 1024**2)
    yield _Used("Data transfer", "to the internet", prices.TRANSFER, workload.requests * workload.response_kb / 1024**2)
