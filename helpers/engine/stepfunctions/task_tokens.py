"""Answers to a task that waits with a token.

What is no JSON, and an answer to a task that has ended, are refused, and the task goes on waiting (API reference of
SendTaskSuccess, 2026-11; the sentence about a task that has ended stands in public reports of 2022 to 2026). LocalStack
4.9.2 takes any text, with which the execution then fails, takes a used token for one that it never gave, and lets an
execution that was stopped run until its task is answered.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.stepfunctions import InvalidOutput, InvalidToken, SendTaskHeartbeatOutput, TaskTimedOut
from localstack.services.stepfunctions.asl.component.state.state_execution.execute_state import ExecutionState
from localstack.services.stepfunctions.asl.eval.callback.callback import CallbackEndpoint
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.eval.program_state import ProgramStopped
from localstack.services.stepfunctions.backend.execution_worker import ExecutionWorker
from localstack.services.stepfunctions.provider import StepFunctionsProvider


def send_success(
    original: Any, self: StepFunctionsProvider, context: RequestContext, task_token: str, output: str, **kwargs: Any
) -> Any:
    """Wrap `StepFunctionsProvider.send_task_success`. Raises: InvalidOutput, InvalidToken, TaskTimedOut."""
    waiting(self, context, task_token)  # first (recorded on AWS: test_sfn_send_task_outcome_with_no_such_token)
    try:
        json.loads(output)
    except ValueError:
        raise InvalidOutput("Invalid Output: 'The output is not valid JSON.'") from None
    return original(self, context, task_token, output, **kwargs)


def send_failure(
    original: Any, self: StepFunctionsProvider, context: RequestContext, task_token: str, *args: Any, **kwargs: Any
) -> Any:
    """Wrap `StepFunctionsProvider.send_task_failure`. Raises: InvalidToken, TaskTimedOut."""
    waiting(self, context, task_token)
    return original(self, context, task_token, *args, **kwargs)


def send_heartbeat(
    original: Any, self: StepFunctionsProvider, context: RequestContext, task_token: str, **kwargs: Any
) -> Any:
    """Wrap `StepFunctionsProvider.send_task_heartbeat`, where not every task has a heartbeat. Raises: likewise."""
    if waiting(self, context, task_token)._heartbeat_endpoint is None:
        return SendTaskHeartbeatOutput()
    return original(self, context, task_token, **kwargs)


def stop(original: Any, self: ExecutionWorker, stop_date: datetime, error: str | None, cause: str | None) -> None:
    """Wrap `ExecutionWorker.stop`: tasks that wait with a token wait no longer."""
    original(self, stop_date, error, cause)
    for endpoint in list(self.env.callback_pool_manager._pool.values()) if self.env else ():
        endpoint.interrupt_all()


def end_quietly(original: Any, self: ExecutionState, env: Environment) -> None:
    """Wrap `ExecutionState._evaluate_with_timeout`: an execution that was stopped has no more events."""
    try:
        original(self, env)
    except Exception:
        if not isinstance(env.program_state(), ProgramStopped):
            raise


def waiting(provider: StepFunctionsProvider, context: RequestContext, token: str) -> CallbackEndpoint:
    """Where the task that waits with this token is told. Raises: InvalidToken; TaskTimedOut if it waits no longer."""
    for execution in list(provider.get_store(context).executions.values()):
        environment = execution.exec_worker.env if execution.exec_worker else None
        endpoint = environment.callback_pool_manager.get(token) if environment else None
        if environment is None or endpoint is None:
            continue
        if endpoint._notify_event.is_set() or endpoint.consumer_error is not None or not environment.is_running():
            raise TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'")
        return endpoint
    raise InvalidToken("Invalid Token: 'Invalid token'")
