"""What an account's functions and layers take of its quotas in a region: counted once after each change.

LocalStack 4.9.2 goes through all functions, with all their versions, for each invocation and each GetAccountSettings:
with 1,000 functions that is most of either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from localstack import config
from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import AccountLimit, AccountUsage, GetAccountSettingsResponse, PackageType
from localstack.services.lambda_.invocation.counting_service import calculate_provisioned_concurrency_sum
from localstack.services.lambda_.invocation.lambda_models import Function
from localstack.services.lambda_.invocation.models import lambda_stores

_changes = 0  # so many were made


@dataclass(frozen=True)
class Usage:
    """Of one account in one region. `code_size` in bytes, all versions and layers together."""

    functions: int
    code_size: int
    reserved: int  # concurrency, of functions that have reserved some
    provisioned: int  # of all functions
    provisioned_unreserved: int  # of those that have not reserved any
    reserving: tuple[str, ...]  # the ARNs of those that have


def changing(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
    """Wrap an operation of `LambdaProvider` that changes what is counted here."""
    global _changes
    try:
        return original(self, *args, **kwargs)
    finally:
        _changes += 1  # two at once may become one: whoever counts after both finds a new number all the same


def usage(account: str, region: str) -> Usage:
    """What is used now."""
    return _count(account, region, _changes)


@lru_cache(maxsize=256)
def _count(account: str, region: str, changes: int) -> Usage:
    """Count anew; `changes` is what makes an answer old."""
    store = lambda_stores[account][region]
    functions = list(store.functions.values())
    reserving = [one for one in functions if one.reserved_concurrent_executions is not None]
    provisioned = sum(map(calculate_provisioned_concurrency_sum, functions))
    layers = [version for layer in store.layers.values() for version in layer.layer_versions.values()]
    return Usage(
        len(functions),
        sum(map(_code_size, functions)) + sum(version.code.code_size for version in layers),
        sum(one.reserved_concurrent_executions for one in reserving),
        provisioned,
        provisioned - sum(map(calculate_provisioned_concurrency_sum, reserving)),
        tuple(one.latest().id.unqualified_arn() for one in reserving),
    )


def _code_size(function: Function) -> int:
    """Of all versions; an image's size counts among those of its registry."""
    configs = [version.config for version in function.versions.values()]
    return sum(one.code.code_size for one in configs if one.package_type == PackageType.Zip)


def get_account_settings(self: Any, context: RequestContext, **_: Any) -> GetAccountSettingsResponse:
    """Replace `LambdaProvider.get_account_settings`."""
    used = usage(context.account_id, context.region)
    return GetAccountSettingsResponse(
        AccountLimit=AccountLimit(
            TotalCodeSize=config.LAMBDA_LIMITS_TOTAL_CODE_SIZE,
            CodeSizeZipped=config.LAMBDA_LIMITS_CODE_SIZE_ZIPPED,
            CodeSizeUnzipped=config.LAMBDA_LIMITS_CODE_SIZE_UNZIPPED,
            ConcurrentExecutions=config.LAMBDA_LIMITS_CONCURRENT_EXECUTIONS,
            UnreservedConcurrentExecutions=config.LAMBDA_LIMITS_CONCURRENT_EXECUTIONS
            - used.reserved
            - used.provisioned,
        ),
        AccountUsage=AccountUsage(TotalCodeSize=used.code_size, FunctionCount=used.functions),
    )
