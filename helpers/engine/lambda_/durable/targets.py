"""What an execution calls with `context.invoke`: another function, as its own function's role may.

A durable function becomes an execution of its own, a child; another is invoked once. The emulator has the words for
what cannot be called; those for a missing qualifier are AWS's (serverless/serverless, pull request 13589).
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from aws_durable_execution_sdk_python_testing import child_dispatcher as emulator
from aws_durable_execution_sdk_python_testing.model import StartDurableExecutionInput
from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to

from . import configurations, resolution

TIMEOUT_SECONDS = 900


class EngineTargets:
    """The emulator's `ChildDispatcher`: functions of an account in a region."""

    def __init__(self, account: str, region: str) -> None:
        self._account, self._region = account, region

    def preflight(self, target: Any) -> Any:
        """The failure of a call that cannot succeed; None if it may."""
        if target.account_id not in (None, self._account):
            return emulator.failed_to_start(emulator.CHAINED_INVOKE_DIFFERENT_ACCOUNT_MESSAGE).outcome
        if target.region not in (None, self._region):
            return emulator.failed_to_start(emulator.CHAINED_INVOKE_DIFFERENT_REGION_MESSAGE).outcome
        version = resolution.version_of(self._account, self._region, target.name, target.qualifier)
        if version is None:
            name = f"{target.name}:{target.qualifier or '$LATEST'}"
            said = f"Function not found: arn:aws:lambda:{self._region}:{self._account}:function:{name}"
            return emulator.failed_to_start(said, emulator.FUNCTION_NOT_FOUND_ERROR_TYPE).outcome
        if configurations.of(version) and not target.qualifier:
            return emulator.failed_to_start(resolution.UNQUALIFIED, "InvalidParameterValueException").outcome
        return None

    def dispatch(self, request: Any) -> Any:
        """How a call goes on: as a child, or as an invocation."""
        name = request.invoke_identifier()
        client = self._as_role_of(request.parent_execution_arn)
        version = resolution.version_of(self._account, self._region, request.function_name, request.qualifier)
        if version is None or not (config := configurations.of(version)):
            return emulator.RunInvocation(
                lambda: emulator.invoke_function(client, name, request.payload, None, TIMEOUT_SECONDS)
            )
        try:
            client.invoke(FunctionName=name, InvocationType="DryRun")  # may the role?
        except ClientError as error:
            said = error.response["Error"]
            return emulator.failed_to_start(said["Message"], said["Code"])
        return emulator.StartChild(
            StartDurableExecutionInput(
                account_id=self._account,
                function_name=request.function_name,
                function_qualifier=version.id.qualifier,
                execution_name=str(uuid4()),
                execution_timeout_seconds=config["ExecutionTimeout"],
                execution_retention_period_days=config["RetentionPeriodInDays"],
                input=request.payload,
            )
        )

    def _as_role_of(self, execution_arn: str) -> Any:
        """A client of Lambda with the rights of the role of an execution's function."""
        name, version = execution_arn.partition("/")[0].split(":")[6:8]
        parent = resolution.version_of(self._account, self._region, name, version)
        return connect_to.with_assumed_role(
            role_arn=parent.config.role if parent else "", service_principal="lambda", region_name=self._region
        ).lambda_
