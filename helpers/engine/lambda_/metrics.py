"""CloudWatch metrics of functions: gathered here, published together in the background.

Names, units and dimensions: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" and "Viewing metrics
for Lambda functions" (2026-11). Each value counts for all functions (no dimension), for its function (`FunctionName`),
for the version or alias that was named (`Resource`: "name", "name:1" or "name:alias"), and for the version behind an
alias (`ExecutedVersion`). AWS publishes once a minute; LocalStack publishes two, with a call each.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from localstack.aws.api.lambda_ import TooManyRequestsException
from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.lambda_models import VersionIdentifier

LOG = logging.getLogger(__name__)
PUBLISH_EVERY_SECONDS = 1.0
MILLISECONDS = ("Duration", "AsyncEventAge", "IteratorAge", "UrlRequestLatency")  # others are counts
MAX_VALUES, MAX_ENTRIES = 150, 1000  # of an entry, and of a call

Dimensions = tuple[tuple[str, str], ...]
UNRESERVED: Dimensions = (("", "unreserved"),)  # what runs of all functions without reserved concurrency


class Source(NamedTuple):
    """What a value is of: a function, the qualifier that was named ("" for none), and the version that ran."""

    account: str
    region: str
    function: str
    qualifier: str
    version: str


@dataclass
class Measured:
    """One invocation while it runs. `duration_ms` is that of REPORT, once it is known."""

    error: bool = False
    duration_ms: float | None = None


# By account and region: values, by dimensions and metric; invocations that run, by dimensions.
_values: dict[tuple[str, str], dict[tuple[Dimensions, str], list[float]]] = defaultdict(lambda: defaultdict(list))
_running: dict[tuple[str, str], Counter[Dimensions]] = defaultdict(Counter)
_lock = threading.Lock()


def source(version: VersionIdentifier, invoked_arn: str) -> Source:
    """What an invocation of `invoked_arn`, which `version` answers, is counted for."""
    qualifier = invoked_arn.split(":")[7:8]
    return Source(
        version.account, version.region, version.function_name, qualifier[0] if qualifier else "", version.qualifier
    )


@lru_cache(maxsize=1024)
def dimensions(of: Source) -> tuple[Dimensions, ...]:
    """The sets of dimensions under which a value is published."""
    function = ("FunctionName", of.function)
    resource = ("Resource", f"{of.function}:{of.qualifier}" if of.qualifier else of.function)
    sets: list[Dimensions] = [(), (function,), (function, resource)]
    if of.qualifier not in ("", of.version):
        sets.append((function, resource, ("ExecutedVersion", of.version)))
    return tuple(sets)


def count_url_request(arn: str, status: int, began: float) -> None:
    """Gather what a request to a function URL is counted for: `arn` is the function's or the alias's.

    `began`: by `time.perf_counter`.
    """
    _, _, _, region, account, _, function, *qualifier = arn.split(":")
    named = qualifier[0] if qualifier and qualifier[0] != "$LATEST" else ""
    of = Source(account, region, function, named, named)
    count(of, "UrlRequestCount")
    count(of, "Url4xxCount", float(400 <= status < 500))
    count(of, "Url5xxCount", float(status >= 500))
    count(of, "UrlRequestLatency", (time.perf_counter() - began) * 1000)


def count(of: Source, metric: str, value: float = 1) -> None:
    """Gather one value of a metric."""
    with _lock:
        _gather(of, metric, value)


def _gather(of: Source, metric: str, value: float) -> None:
    values = _values[of[:2]]
    for each in dimensions(of):
        values[each, metric].append(value)


@contextmanager
def measured(of: Source, reserved: bool) -> Iterator[Measured]:
    """Measure one invocation; set `error` and `duration_ms` on what it gives you.

    Without `duration_ms`, of an invocation that never reached REPORT, the time that the block took counts. `reserved`:
    whether the function has reserved concurrency.
    """
    began = time.perf_counter()
    counted = dimensions(of) if reserved else (*dimensions(of), UNRESERVED)
    with _lock:
        running, values = _running[of[:2]], _values[of[:2]]
        for each in counted:
            running[each] += 1
            metric = ((), "UnreservedConcurrentExecutions") if each is UNRESERVED else (each, "ConcurrentExecutions")
            values[metric].append(running[each])
    invocation = Measured()
    throttled = failed = False
    try:
        yield invocation
    except TooManyRequestsException:
        throttled = True
        raise
    except BaseException:
        failed = True
        raise
    finally:
        elapsed = (time.perf_counter() - began) * 1000
        duration = elapsed if invocation.duration_ms is None else invocation.duration_ms
        with _lock:
            running.subtract(counted)
            if throttled:
                _gather(of, "Throttles", 1)
            else:
                _gather(of, "Invocations", 1)
                _gather(of, "Errors", float(invocation.error or failed))
                _gather(of, "Duration", duration)


def start() -> None:
    """Start publishing, in a thread."""
    threading.Thread(target=_publish_forever, name="metrics", daemon=True).start()


def _publish_forever() -> None:
    while True:
        time.sleep(PUBLISH_EVERY_SECONDS)
        for (account, region), values in take().items():
            try:
                _publish(account, region, values)
            except Exception as error:  # a metric lost is no reason to stop the next
                LOG.info("Metrics of %s in %s were not published: %s", account, region, error)


def take() -> dict[tuple[str, str], dict[tuple[Dimensions, str], list[float]]]:
    """Take the values gathered so far."""
    with _lock:
        gathered = dict(_values)
        _values.clear()
        for running in _running.values():
            for each in [each for each, number in running.items() if not number]:
                del running[each]
    return gathered


def _publish(account: str, region: str, values: Mapping[tuple[Dimensions, str], list[float]]) -> None:
    cloudwatch = connect_to(aws_access_key_id=account, region_name=region).cloudwatch
    now = datetime.now(UTC)
    data = [
        {
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in each],
            "Timestamp": now,
            "Unit": "Milliseconds" if metric in MILLISECONDS else "Count",
            "Values": numbers[first : first + MAX_VALUES],
        }
        for (each, metric), numbers in values.items()
        for first in range(0, len(numbers), MAX_VALUES)
    ]
    for first in range(0, len(data), MAX_ENTRIES):
        cloudwatch.put_metric_data(Namespace="AWS/Lambda", MetricData=data[first : first + MAX_ENTRIES])
