"""Which environment serves an invocation: one that is free, or a new one.

LocalStack 4.9.2 tries each environment of a version, and an exception says that it is busy: with hundreds of clients
that took longer than the invocation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from localstack.services.lambda_.invocation.assignment import AssignmentException, AssignmentService
from localstack.services.lambda_.invocation.execution_environment import (
    ExecutionEnvironment,
    InvalidStatusException,
    RuntimeStatus,
)
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

from ..execution import waiting
from . import tenancy
from .leases import ON_DEMAND


@contextmanager
def get_environment(
    self: AssignmentService,
    version_manager_id: str,
    function_version: FunctionVersion,
    provisioning_type: str,
    tenant: str | None = None,
) -> Iterator[ExecutionEnvironment]:
    """Replace `AssignmentService.get_environment`: an environment for the block, of this kind of concurrency, and
    of this tenant.

    Whatever the block raises ends it: nobody knows in which state it is.
    """
    environment = _reserve(self, version_manager_id, provisioning_type, tenant)
    if environment is None:
        if provisioning_type != ON_DEMAND:
            raise AssignmentException("No provisioned concurrency environment available despite lease.")
        if tenant is not None:
            tenancy.check_room(self, function_version)
        environment = self.start_environment(version_manager_id, function_version)
        environment.tenant = tenant
        self.environments[version_manager_id][environment.id] = environment
        environment.reserve()
    try:
        yield environment
    except BaseException:
        self.stop_environment(environment)
        raise
    try:
        environment.release()
    except InvalidStatusException:
        pass  # it was stopped meanwhile


def _reserve(
    self: AssignmentService, version_manager_id: str, kind: str, tenant: str | None
) -> ExecutionEnvironment | None:
    for environment in list(self.environments[version_manager_id].values()):
        if (
            environment.status == RuntimeStatus.READY
            and environment.initialization_type == kind
            and (tenant is None or environment.tenant == tenant)
        ):
            try:
                environment.reserve()
                return environment
            except InvalidStatusException:  # by somebody else, since
                pass
    return None


def start_environment(
    original: Callable[..., ExecutionEnvironment],
    self: AssignmentService,
    version_manager_id: str,
    function_version: FunctionVersion,
) -> ExecutionEnvironment:
    """Wrap `AssignmentService.start_environment`, which takes long: no other invocation on the loop waits for it."""
    return waiting.aside(lambda: original(self, version_manager_id, function_version))
