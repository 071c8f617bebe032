"""`Credentials.RoleArn` of a task: the state machine's role assumes the task's, and that one must trust it.

(Step Functions Developer Guide, "Accessing resources in other AWS accounts", 2026-11.) LocalStack 4.9.2 has the service
itself assume the task's role, which such a role does not trust.
"""

from __future__ import annotations

from typing import Any

from localstack.aws.connect import ClientFactory, ServiceLevelClientFactory
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.credentials import (
    Credentials,
    StateCredentials,
)
from localstack.services.stepfunctions.asl.eval.environment import Environment


class TaskRole(str):
    """The ARN of a task's role, and that of the state machine's."""

    __slots__ = ("machine_role",)
    machine_role: str


def evaluate(original: Any, self: Credentials, env: Environment) -> None:
    """Wrap `Credentials._eval_body`: note whose role it is that assumes the task's."""
    original(self, env)
    role = TaskRole(env.stack.pop().role_arn)
    role.machine_role = env.aws_execution_details.role_arn
    env.stack.append(StateCredentials(role_arn=role))


def with_assumed_role(
    original: Any,
    self: ClientFactory,
    *,
    role_arn: str,
    service_principal: str | None = None,
    session_name: str | None = None,
    region_name: str | None = None,
    endpoint_url: str | None = None,
    config: Any = None,
) -> ServiceLevelClientFactory:
    """Wrap `ClientFactory.with_assumed_role`: two steps to a task's role, one to any other."""
    where = {"region_name": region_name, "endpoint_url": endpoint_url, "config": config}
    first = role_arn.machine_role if isinstance(role_arn, TaskRole) else role_arn
    factory = original(self, role_arn=first, service_principal=service_principal, session_name=session_name, **where)
    if not isinstance(role_arn, TaskRole):
        return factory
    answer = factory.sts.assume_role(RoleArn=str(role_arn), RoleSessionName=session_name or "task")
    keys = answer["Credentials"]
    return self(
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
        **where,
    )
