"""Workloads that nobody can know before, what they cost, and what is said by those who leave something out."""

import math
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from helpers import logs
from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection
from helpers.cost.prices import LAMBDA_DURATION, LAMBDA_REQUESTS
from helpers.cost.workload import Workload

CLOSE = 0.002  # of a figure: prices may be rounded as AWS's older pages have them, USD 0.00001667
SIZES = (128, 192, 256, 384, 512, 768, 1536, 2048, 3008)  # not 1,024 MB, where nobody misses the memory


@dataclass(frozen=True)
class MadeUp:
    """A REPORT line that was made up, with what it says."""

    line: str
    duration_ms: float
    billed_ms: int
    memory_mb: int
    used_mb: int

    @property
    def gb_seconds(self) -> float:
        """Billed duration times memory."""
        return self.billed_ms / 1000 * self.memory_mb / 1024

    @property
    def mistakes(self) -> dict[str, float]:
        """What each mistake gives."""
        billed, memory = self.billed_ms, self.memory_mb
        return {
            "that is of ms, not of seconds": billed * memory / 1024,
            "that is of MB, not of GB": billed / 1000 * memory,
            "that is of ms and MB": billed * memory,
            "its GB has 1,000 MB, Lambda's 1,024": billed / 1000 * memory / 1000,
            "the memory is missing": billed / 1000,
            "the memory that was used is not what is billed": billed / 1000 * self.used_mb / 1024,
            "Duration is not what is billed": self.duration_ms / 1000 * memory / 1024,
        }


def random_report(cold: bool) -> MadeUp:
    """Return a REPORT line of a cold or of a warm start."""
    init = random.uniform(150, 900) if cold else 0
    return report_of(random.uniform(500, 3000), random.choice(SIZES), random.randint(40, 100), init)


def report_of(duration: float, memory: int, used: int, init: float = 0) -> MadeUp:
    """Return a REPORT line as Lambda writes it; times in ms, memory in MB."""
    billed = math.ceil(duration + init)
    line = (
        f"REPORT RequestId: {uuid.uuid4()}\tDuration: {duration:.2f} ms\tBilled Duration: {billed} ms\t"
        f"Memory Size: {memory} MB\tMax Memory Used: {used} MB\t{f'Init Duration: {init:.2f} ms' if init else ''}\t"
    )
    return MadeUp(line, duration, billed, memory, used)


def random_workloads() -> tuple[Workload, ...]:
    """Return a workload without the free tier, one with it, and one that stays within it."""
    # Not too large: what is free, and the requests, are to be more than 1 % of the bill.
    large = Workload(random.randint(5, 30) * 10**6, random.randint(60, 400), random.choice(SIZES[3:]), free_tier=False)
    small = Workload(random.randint(100, 900) * 1000, random.randint(20, 300), random.choice(SIZES[:4]))
    return large, replace(large, requests=large.requests + 10**6, free_tier=True), small


def billing_mistakes(workload: Workload) -> dict[str, float]:
    """Return what each mistake says that `workload` costs."""
    usd, million = LAMBDA_DURATION["x86_64"].tiers[0].usd, LAMBDA_REQUESTS.tiers[0].usd
    requests = workload.requests / 1e6 * million
    free = (LAMBDA_DURATION["x86_64"].free, LAMBDA_REQUESTS.free) if workload.free_tier else (0, 0)
    return {
        "the memory is missing": workload.seconds * usd + requests,
        "the requests are missing": max(workload.gb_seconds - free[0], 0) * usd,
        "what is free is charged": workload.gb_seconds * usd + requests,
        "what is free was not asked for": replace(workload, free_tier=True).bill.total,
        "nobody gets money back": (workload.gb_seconds - free[0]) * usd + (workload.requests / 1e6 - free[1]) * million,
        "400,000 are GB-seconds, not seconds": max(workload.seconds - free[0], 0) * workload.memory_mb / 1024 * usd
        + max(workload.requests / 1e6 - free[1], 0) * million,
    }


def break_even(usd: float, billed_ms: float, memory_mb: int, *, free_tier: bool = True) -> int:
    """Return the requests a month at which they cost `usd`."""
    low, high = 0, 10**12
    while high - low > 1:
        middle = (low + high) // 2
        if Workload(middle, billed_ms, memory_mb, free_tier=free_tier).bill.total < usd:
            low = middle
        else:
            high = middle
    return high


def break_even_mistakes(usd: float, billed_ms: float, memory_mb: int) -> dict[str, float]:
    """Return what each mistake says about the break-even."""
    gb_seconds, price = billed_ms / 1000 * memory_mb / 1024, LAMBDA_DURATION["x86_64"].tiers[0].usd
    return {
        "that is without the free tier": break_even(usd, billed_ms, memory_mb, free_tier=False),
        "that is in millions": break_even(usd, billed_ms, memory_mb) / 1e6,
        "the price of the requests is missing": usd / (gb_seconds * price) + 400_000 / gb_seconds,
    }


def is_number(answer: FunctionResponse, wanted: float, *, cents: bool = False) -> bool:
    """Tell whether a function answered with this number, nearly; `cents`: it may be rounded to them."""
    number = answer.payload
    if answer.error or isinstance(number, bool) or not isinstance(number, int | float):
        return False
    return math.isclose(number, wanted, rel_tol=CLOSE, abs_tol=0.0051 if cents else 0)


def near(answer: FunctionResponse, mistakes: Mapping[str, float]) -> str:
    """Return which of `mistakes`, {in words: its number}, the answer is; "" if it is none."""
    found = [words for words, number in mistakes.items() if is_number(answer, number, cents=number > 1)]
    return f": {found[0]}" if found else ""


def log_kb(lab: Connection, group: str) -> float:
    """Return how much log the group has taken in, in kB."""
    lines = logs.fetch(lab, "", group=group, reports=0, init_start=True)
    return sum(len(line.encode()) for line in lines) / 1024
