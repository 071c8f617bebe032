"""CloudWatch metrics of functions: gathered here, published together in the background.

Names and units: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" (2026-11). AWS publishes once a
minute; LocalStack publishes two of them, with a call for each invocation.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from localstack.aws.api.lambda_ import TooManyRequestsException
from localstack.aws.connect import connect_to
from localstack.services.lambda_.invocation.lambda_models import VersionIdentifier

LOG = logging.getLogger(__name__)
PUBLISH_EVERY_SECONDS = 2.0
UNITS = {"Duration": "Milliseconds", "IteratorAge": "Milliseconds"}  # the others are counts


@dataclass
class Measured:
    """One invocation while it runs. `duration_ms` is that of REPORT, once it is known."""

    error: bool = False
    duration_ms: float | None = None


@dataclass
class Function:
    """The values of each metric of one function since they were last published, and how many invocations run now."""

    running: int = 0
    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


_functions: dict[tuple[str, str, str], Function] = defaultdict(Function)
_lock = threading.Lock()


@contextmanager
def measured(version: VersionIdentifier) -> Iterator[Measured]:
    """Measure one invocation; set `error` and `duration_ms` on what it gives you.

    Without `duration_ms`, of an invocation that never reached REPORT, the time that the block took counts.
    """
    key = version.account, version.region, version.function_name
    began = time.perf_counter()
    with _lock:
        function = _functions[key]
        function.running += 1
        function.values["ConcurrentExecutions"].append(function.running)
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
            function.running -= 1
            if throttled:
                function.values["Throttles"].append(1)
            else:
                function.values["Invocations"].append(1)
                function.values["Errors"].append(float(invocation.error or failed))
                function.values["Duration"].append(duration)


def note(function_arn: str, metric: str, value: float) -> None:
    """Gather one value of a metric of a function, which may be named with a version or an alias."""
    _, _, _, region, account, _, name = function_arn.split(":")[:7]
    with _lock:
        _functions[account, region, name].values[metric].append(value)


def start() -> None:
    """Start publishing, in a thread."""
    threading.Thread(target=_publish_forever, name="metrics", daemon=True).start()


def _publish_forever() -> None:
    while True:
        time.sleep(PUBLISH_EVERY_SECONDS)
        for key, values in take().items():
            try:
                _publish(*key, values)
            except Exception as error:  # a metric lost is no reason to stop the next
                LOG.info("Metrics of %s were not published: %s", key[2], error)


def take() -> dict[tuple[str, str, str], dict[str, list[float]]]:
    """Take the values gathered so far: by account, region and function, then by metric."""
    with _lock:
        gathered = {key: dict(function.values) for key, function in _functions.items() if function.values}
        for key in gathered:
            _functions[key].values.clear()
    return gathered


def _publish(account: str, region: str, name: str, metrics: dict[str, list[float]]) -> None:
    cloudwatch = connect_to(aws_access_key_id=account, region_name=region).cloudwatch
    now = datetime.now(UTC)
    data = [
        {
            "MetricName": metric,
            "Dimensions": [{"Name": "FunctionName", "Value": name}],
            "Timestamp": now,
            "Unit": UNITS.get(metric, "Count"),
            "Values": values[first : first + 150],  # as many as one entry may hold
        }
        for metric, values in metrics.items()
        for first in range(0, len(values), 150)
    ]
    for first in range(0, len(data), 1000):
        cloudwatch.put_metric_data(Namespace="AWS/Lambda", MetricData=data[first : first + 1000])
