"""The lineage in a trace header: which functions a chain of requests has passed, and how often.

    X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0;Lineage=1:d0782663:0|1:68fd508a:5

Lambda writes it (`lambda_.recursion`); AWS SDKs in functions hand the header on with each of their requests, and SQS,
SNS and S3 with what they send: here by `handed_on`, which lasts for the calls of one thread to other services.
Sources: X-Ray Developer Guide, "Tracing header"; Lambda Developer Guide, "Use Lambda recursive loop detection to
prevent infinite loops" (2026-11). AWS does not say what the parts of an entry are. As in headers of 2026 it has three:
here 1, eight digits that come from the function's ARN, and how often the chain has come back to it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import unquote

HEADER = "X-Amzn-Trace-Id"
# Of one lineage: a caller writes headers as it likes, and a chain gets longer with each function.
MOST_FUNCTIONS = 50
_ENTRY = re.compile(r"\b1:([0-9a-f]{8}):(\d{1,5})")
_carried: ContextVar[str] = ContextVar("_carried", default="")


def passed(lineage: str | None, function_arn: str) -> tuple[str, int]:
    """The lineage beyond a function, and how often it has been passed with this time."""
    counts, name = _counts(lineage or ""), _digits(function_arn)
    counts[name] = counts.pop(name, -1) + 1  # the latest is the last
    latest = list(counts.items())[-MOST_FUNCTIONS:]
    return "|".join(f"1:{digits}:{returns}" for digits, returns in latest), counts[name] + 1


def of_headers(headers: Iterable[str | None]) -> str:
    """A header with the lineage of several together, "" if none has one."""
    found = [match[1] for header in headers if header and (match := re.search(r"Lineage=([^;]+)", header))]
    return f"Lineage={'|'.join(found)}" if found else ""


@contextmanager
def handed_on(header: str | None) -> Iterator[None]:
    """Whatever this thread asks of other services meanwhile belongs to the trace of a header."""
    token = _carried.set(header or "")
    try:
        yield
    finally:
        _carried.reset(token)


def header() -> dict[str, str]:
    """The header that is handed on, if there is one."""
    carried = _carried.get()
    return {HEADER: carried} if carried else {}


def _counts(lineage: str) -> dict[str, int]:
    """How often a chain came back to each function. SDKs encode the bar between them as %7C."""
    counts: dict[str, int] = {}
    for digits, returns in _ENTRY.findall(unquote(lineage)):
        counts[digits] = max(int(returns), counts.get(digits, 0))
    return counts


@lru_cache(1024)
def _digits(function_arn: str) -> str:
    return hashlib.sha256(function_arn.encode()).hexdigest()[:8]
