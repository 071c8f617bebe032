"""CloudWatch metrics of functions, and of APIs (`apigateway.metrics`): gathered here, published in the background.

Names, units and dimensions: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" and "Viewing metrics
for Lambda functions" (2026-11). Each value counts for all functions (no dimension), for its function (`FunctionName`),
for the version or alias that was named (`Resource`: "name", "name:1" or "name:alias"), and for the version behind an
alias (`ExecutedVersion`). AWS publishes once a minute; LocalStack publishes two, with a call each.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from localstack.aws.api.lambda_ import ServiceException, TooManyRequestsException
from localstack.services.lambda_.invocation.lambda_models import VersionIdentifier

from ..cloudwatch import published

LOG = logging.getLogger(__name__)
PUBLISH_EVERY_SECONDS = 1.0
MILLISECONDS = ("Duration", "AsyncEventAge", "IteratorAge", "UrlRequestLatency", "Latency", "IntegrationLatency")
UNITS = {**dict.fromkeys(MILLISECONDS, "Milliseconds"), "DataProcessed": "Bytes"}  # others: counts


class OvertakenError(ServiceException):
    """The version was replaced, or deleted, before the invocation began: it goes to the one that is there now."""

    def __init__(self) -> None:
        super().__init__("The function is being updated or deleted; invoke it again.")


class Counted(Hashable, Protocol):
    """What values are of."""

    @property
    def account(self) -> str:
        """Whose metrics these are."""

    @property
    def region(self) -> str:
        """Where they are published."""

    @property
    def namespace(self) -> str:
        """ "AWS/Lambda"."""

    def dimensions(self) -> list[dict[str, str]]:
        """The sets of dimensions under which a value is published, each as {name: value}."""


class Source(NamedTuple):
    """What a value is of: a function, the qualifier that was named ("" for none), and the version that ran."""

    account: str
    region: str
    function: str
    qualifier: str
    version: str
    namespace: str = "AWS/Lambda"

    def dimensions(self) -> list[dict[str, str]]:
        """The sets of dimensions under which a value is published, each as {name: value}."""
        resource = f"{self.function}:{self.qualifier}" if self.qualifier else self.function
        sets = [{}, {"FunctionName": self.function}, {"FunctionName": self.function, "Resource": resource}]
        if self.qualifier not in ("", self.version):
            sets.append(sets[-1] | {"ExecutedVersion": self.version})
        return sets


class Running(NamedTuple):
    """Invocations that run at once, of one set of dimensions; or of all functions without reserved concurrency."""

    account: str
    region: str
    pairs: tuple[tuple[str, str], ...]
    metric: str = "ConcurrentExecutions"
    namespace: str = "AWS/Lambda"

    def dimensions(self) -> list[dict[str, str]]:
        """The one set."""
        return [dict(self.pairs)]


@dataclass
class Measured:
    """One invocation while it runs. `duration_ms` is that of REPORT, once it is known."""

    error: bool = False
    duration_ms: float | None = None


_values: dict[Counted, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
_running: dict[Running, int] = defaultdict(int)
_lock = threading.Lock()


def source(version: VersionIdentifier, invoked_arn: str) -> Source:
    """What an invocation of `invoked_arn`, which `version` answers, is counted for."""
    qualifier = invoked_arn.split(":")[7:8]
    return Source(
        version.account, version.region, version.function_name, qualifier[0] if qualifier else "", version.qualifier
    )


def count_url_request(arn: str, status: int, began: float) -> None:
    """Gather what a request to a function URL is counted for: `arn` is the function's or the alias's.

    `began`: by `time.perf_counter`.
    """
    _, _, _, region, account, _, function, *qualifier = arn.split(":")
    named = qualifier[0] if qualifier and qualifier[0] != "$LATEST" else ""
    of = Source(account, region, function, named, named)
    count(of, "UrlRequestCount")
    count(of, "UrlRequestLatency", (time.perf_counter() - began) * 1000)
    count(of, "Url4xxCount", float(400 <= status < 500))
    count(of, "Url5xxCount", float(status >= 500))


def count(of: Counted, metric: str, value: float = 1) -> None:
    """Gather one value of a metric."""
    with _lock:
        _values[of][metric].append(value)


@lru_cache(maxsize=1024)
def _counted(of: Source, reserved: bool) -> tuple[Running, ...]:
    found = [Running(of.account, of.region, tuple(pairs.items())) for pairs in of.dimensions()]
    return (*found, *([] if reserved else [Running(of.account, of.region, (), "UnreservedConcurrentExecutions")]))


@contextmanager
def measured(of: Source, reserved: bool) -> Iterator[Measured]:
    """Measure one invocation; set `error` and `duration_ms` on what it gives you.

    Without `duration_ms`, of an invocation that never reached REPORT, the time that the block took counts. `reserved`:
    whether the function has reserved concurrency.
    """
    began = time.perf_counter()
    counted = _counted(of, reserved)
    with _lock:
        for each in counted:
            _running[each] += 1
            _values[each][each.metric].append(_running[each])
    invocation = Measured()
    throttled = failed = overtaken = False
    try:
        yield invocation
    except TooManyRequestsException:
        throttled = True
        raise
    except OvertakenError:
        overtaken = True
        raise
    except BaseException:
        failed = True
        raise
    finally:
        elapsed = (time.perf_counter() - began) * 1000
        duration = elapsed if invocation.duration_ms is None else invocation.duration_ms
        with _lock:
            for each in counted:
                _running[each] -= 1
            values = _values[of]
            if not overtaken:
                values["Throttles"].append(float(throttled))  # 0 beside an invocation, as of Errors
            if not throttled and not overtaken:
                values["Invocations"].append(1)
                values["Errors"].append(float(invocation.error or failed))
                values["Duration"].append(duration)


def start() -> None:
    """Start publishing, in a thread."""
    threading.Thread(target=_publish_forever, name="metrics", daemon=True).start()


def _publish_forever() -> None:
    while True:
        time.sleep(PUBLISH_EVERY_SECONDS)
        entries: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        now = int(time.time())
        for of, values in take().items():
            entries[of.account, of.region, of.namespace] += _entries(of, values, now)
        for (account, region, namespace), data in entries.items():
            try:
                published.publish(account, region, namespace, data)
            except Exception as error:  # a metric lost is no reason to stop the next
                LOG.info("Metrics of %s in %s were not published: %s", namespace, account, error)


def take() -> dict[Counted, dict[str, list[float]]]:
    """Take the values gathered so far."""
    with _lock:
        gathered = {of: dict(values) for of, values in _values.items()}
        _values.clear()
    return gathered


def _entries(of: Counted, metrics: dict[str, list[float]], now: int) -> list[dict[str, Any]]:
    """What a request of PutMetricData has of them."""
    return [
        {
            "MetricName": metric,
            "Dimensions": [{"Name": name, "Value": value} for name, value in dimensions.items()],
            "Timestamp": now,
            "Unit": UNITS.get(metric, "Count"),
            "Values": values,
        }
        for dimensions in of.dimensions()
        for metric, values in metrics.items()
    ]
