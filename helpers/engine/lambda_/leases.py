"""The lease that an invocation takes on concurrency: provisioned, reserved or unreserved, or it is throttled.

LocalStack 4.9.2 adds up the whole account for each one. Here the executions are counted as they begin and end
(`Executions`), and what functions have reserved is known (`account_usage`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from localstack import config
from localstack.aws.api.lambda_ import TooManyRequestsException
from localstack.services.lambda_.invocation.counting_service import (
    ConcurrencyTracker,
    CountingService,
    calculate_provisioned_concurrency_sum,
)
from localstack.services.lambda_.invocation.lambda_models import Function, FunctionVersion

from .account_usage import usage

PROVISIONED, ON_DEMAND = "provisioned-concurrency", "on-demand"


class Executions(ConcurrencyTracker):
    """Those that run now: of each function, and together."""

    def __init__(self) -> None:
        super().__init__()
        self.total = 0

    def increment(self, scope: str) -> None:
        """Count one more of a function (its ARN)."""
        super().increment(scope)
        self.total += 1

    def decrement(self, scope: str) -> None:
        """Count one less."""
        super().decrement(scope)
        self.total -= 1


@contextmanager
def get_invocation_lease(self: CountingService, function: Function, function_version: FunctionVersion) -> Iterator[str]:
    """Replace `CountingService.get_invocation_lease`: which kind of concurrency the block runs on.

    Raises: TooManyRequestsException (429).
    """
    version = function_version.id
    place = version.account, version.region
    provisioned = self.provisioned_concurrency_trackers.get(place)
    on_demand = self.on_demand_concurrency_trackers.get(place)
    if provisioned is None or on_demand is None:
        provisioned = self.provisioned_concurrency_trackers.setdefault(place, ConcurrencyTracker())
        on_demand = self.on_demand_concurrency_trackers.setdefault(place, Executions())
    if function.provisioned_concurrency_configs and _take_provisioned(provisioned, function, function_version):
        kind, tracker, counted = PROVISIONED, provisioned, version.qualified_arn()
    else:
        kind, tracker, counted = ON_DEMAND, on_demand, version.unqualified_arn()
        with on_demand.lock:
            if _left(on_demand, function, function_version) <= 0:
                raise TooManyRequestsException(
                    "Rate Exceeded.", Reason="ReservedFunctionConcurrentInvocationLimitExceeded", Type="User"
                )
            on_demand.increment(counted)
    try:
        yield kind
    finally:
        tracker.atomic_decrement(counted)


def _take_provisioned(tracker: ConcurrencyTracker, function: Function, function_version: FunctionVersion) -> bool:
    """Take one of the version's provisioned environments, if one is free; its own, or those of an alias of it."""
    configured, number = function.provisioned_concurrency_configs, function_version.id.qualifier
    # There can be one only, on the version or on an alias.
    names = [number, *(alias.name for alias in function.aliases.values() if alias.function_version == number)]
    found = next((one for name in names if (one := configured.get(name))), None)
    arn = function_version.id.qualified_arn()
    with tracker.lock:
        if found is None or tracker.concurrent_executions[arn] >= found.provisioned_concurrent_executions:
            return False
        tracker.increment(arn)
        return True


def _left(running: Executions, function: Function, function_version: FunctionVersion) -> int:
    """How many more may begin: of what the function has reserved, or else of what all without reservation share."""
    counts = running.concurrent_executions
    if function.reserved_concurrent_executions is not None:
        own = counts[function_version.id.unqualified_arn()]
        return function.reserved_concurrent_executions - calculate_provisioned_concurrency_sum(function) - own
    used = usage(function_version.id.account, function_version.id.region)
    shared = running.total - sum(counts[arn] for arn in used.reserving)
    return config.LAMBDA_LIMITS_CONCURRENT_EXECUTIONS - used.reserved - used.provisioned_unreserved - shared
