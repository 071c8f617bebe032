"""Metrics of provisioned concurrency.

AWS Lambda Developer Guide, "Types of metrics for Lambda functions" (2026-11): of an invocation on provisioned
concurrency that it ran so, how many do, and the share of what is allocated; of one beyond it that it spilled over.
"""

from __future__ import annotations

from localstack.services.lambda_.invocation.lambda_models import Function
from localstack.services.lambda_.invocation.version_manager import LambdaVersionManager

from . import metrics


def count(manager: LambdaVersionManager, lease: str, of: metrics.Source) -> None:
    """Count an invocation that has its lease; nothing for a version without provisioned concurrency."""
    function, version = manager.function, manager.function_version.id
    if not (allocated := _allocated(function, version.qualifier)):
        return
    if lease != "provisioned-concurrency":
        metrics.count(of, "ProvisionedConcurrencySpilloverInvocations")
        return
    tracker = manager.counting_service.provisioned_concurrency_trackers[version.account, version.region]
    used = tracker.concurrent_executions[version.qualified_arn()]
    metrics.count(of, "ProvisionedConcurrencyInvocations")
    metrics.count(of, "ProvisionedConcurrentExecutions", used)
    metrics.count(of, "ProvisionedConcurrencyUtilization", used / allocated)


def _allocated(function: Function, version: str) -> int:
    """How many environments a version has, by itself or by an alias that points to it."""
    for name, configured in function.provisioned_concurrency_configs.items():
        alias = function.aliases.get(name)
        if version == (alias.function_version if alias else name):
            return int(configured.provisioned_concurrent_executions)
    return 0
