"""`States.Runtime` and its like: what ends an execution, raised where LocalStack 4.9.2 lets a Python error through."""

from __future__ import annotations

from typing import Any

from localstack.aws.api.stepfunctions import HistoryEventType
from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import StatesErrorName
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from localstack.services.stepfunctions.asl.component.state.state import CommonStateField
from localstack.services.stepfunctions.asl.eval.environment import Environment


def failure(
    env: Environment,
    cause: str,
    typ: StatesErrorNameType = StatesErrorNameType.StatesRuntime,
    event: str = HistoryEventType.ExecutionFailed,
) -> FailureEventException:
    """The failure of a state, to raise; LocalStack puts the state's name before the cause of a `States.Runtime`.

    `event`: what a state that can retry and catch writes into the history.
    """
    name = StatesErrorName(typ=typ)
    key = f"{event[0].lower()}{event[1:]}EventDetails"
    details: Any = {key: {"error": name.error_name, "cause": cause}}
    return FailureEventException(
        FailureEvent(env=env, error_name=name, event_type=HistoryEventType(event), event_details=details)
    )


def evaluate_state(original: Any, self: CommonStateField, env: Environment) -> None:
    """Wrap `CommonStateField._eval_body`. Raises: FailureEventException, where Python's error is another."""
    try:
        original(self, env)
    except FailureEventException:
        raise
    except Exception as error:
        raise failure(env, str(error)) from error
