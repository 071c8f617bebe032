"""Lab 10's payments, as they answer: charged, refused or failed; and the metrics that come of it."""

import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import invoke
from helpers.exercises.evidence.waiting import until

PAYMENTS = "lab10-payments"


def order_number() -> int:
    """Return the number of an order that nobody has had, and whose bank is a fast one."""
    return random.randrange(10**6, 10**9) * 2 + 1


def versions(lab: Connection) -> list[str]:
    """Return the published versions of the payments, the oldest first."""
    found = pages.collect(lab.client("lambda"), "list_versions_by_function", "Versions", FunctionName=PAYMENTS)
    return [one["Version"] for one in found if one["Version"] != "$LATEST"]


def unpaid(lab: Connection, version: str, countries: Iterable[str]) -> list[str]:
    """Return those of `countries` whose customers a version fails for: what is cheap is not charged, or too dear is."""
    return [country for country in countries if not _pays(lab, version, country)]


def _pays(lab: Connection, version: str, country: str) -> bool:
    for amount, paid in ((random.randrange(1, 800), True), (random.randrange(1000, 2000), False)):
        answer = invoke(lab, f"{PAYMENTS}:{version}", {"order": order_number(), "country": country, "amount": amount})
        if answer.error or answer.payload != {"paid": paid}:
            return False
    return True


def summed(
    lab: Connection,
    metric: str,
    dimensions: Mapping[str, str],
    wanted: float | None = None,
    *,
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> float | None:
    """Return the sum of a metric of the namespace Lab10 in the last hour; None if it has no value.

    Waits until it is `wanted`, at most `seconds`.
    """
    api = lab.client("cloudwatch")
    return until(
        lambda: _sum(api, metric, dimensions), seconds, enough=lambda found: found == wanted, sleep=sleep, clock=clock
    )


def _sum(api: Any, metric: str, dimensions: Mapping[str, str]) -> float | None:
    now = datetime.now(UTC)
    answer = api.get_metric_statistics(
        Namespace="Lab10",
        MetricName=metric,
        Dimensions=[{"Name": name, "Value": value} for name, value in dimensions.items()],
        StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1),
        Period=3600,
        Statistics=["Sum"],
    )
    values = [point["Sum"] for point in answer["Datapoints"]]
    return sum(values) if values else None
