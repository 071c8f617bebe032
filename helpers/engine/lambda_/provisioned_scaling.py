"""Provisioned concurrency that is changed and taken away, of an alias, too.

LocalStack 4.9.2 answers 500 to DeleteProvisionedConcurrencyConfig for an alias, after it has forgotten the
configuration: its environments stay. A change is READY before its environments are, and one that follows a deletion at
once is deleted with it. On AWS the configuration of an alias is deleted like any other, and a change is IN_PROGRESS
until it is allocated (Lambda API Reference, "DeleteProvisionedConcurrencyConfig" and
"GetProvisionedConcurrencyConfig", 2026-11).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait

from localstack.aws.api.lambda_ import ProvisionedConcurrencyStatusEnum
from localstack.services.lambda_.api_utils import function_locators_from_arn, qualified_lambda_arn
from localstack.services.lambda_.invocation.lambda_models import ProvisionedConcurrencyState
from localstack.services.lambda_.invocation.lambda_service import LambdaService
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.invocation.version_manager import LambdaVersionManager
from localstack.utils.threads import start_thread


def get_lambda_version_manager(
    original: Callable[..., LambdaVersionManager], self: LambdaService, function_arn: str
) -> LambdaVersionManager:
    """Wrap `LambdaService.get_lambda_version_manager`: an alias stands for the version it points at."""
    if function_arn not in self.lambda_running_versions:
        name, qualifier, account, region = function_locators_from_arn(function_arn)
        function = lambda_stores[account][region].functions.get(name) if account and region else None
        if function and (alias := function.aliases.get(qualifier)):
            function_arn = qualified_lambda_arn(name, alias.function_version, account, region)
    return original(self, function_arn)


def update_provisioned_concurrency_config(
    self: LambdaVersionManager, provisioned_concurrent_executions: int
) -> Future[None]:
    """Replace `LambdaVersionManager.update_provisioned_concurrency_config`: one change after the other; 0 ends all."""

    def scale(*_: object) -> None:
        if before:
            wait([before.result_future])
        count = provisioned_concurrent_executions
        wait(self.assignment_service.scale_provisioned_concurrency(self.id, self.function_version, count))
        state.available = state.allocated = count
        state.status = ProvisionedConcurrencyStatusEnum.READY

    with self.provisioned_state_lock:
        before, state = self.provisioning_thread, ProvisionedConcurrencyState()
        self.provisioned_state = state
        self.provisioning_thread = start_thread(scale, name="provisioned-concurrency")
        return self.provisioning_thread.result_future
