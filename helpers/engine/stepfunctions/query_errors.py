"""`States.QueryEvaluationError`: what a JSONata expression fails with.

Sentences, field and state as AWS has them in execution histories that LocalStack recorded (`EvaluationFailed` events of
tests/aws/services/stepfunctions at v4.9.2, 2026-11); LocalStack itself leaves the field out.
"""

from __future__ import annotations

from localstack.aws.api.stepfunctions import EvaluationFailedEventDetails, HistoryEventType
from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import StatesErrorName
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails

from . import fields

# Of a Map state, which itself writes into the history that an expression failed.
MAPS_FIELDS = ("Items", "MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage")


class EvaluationError(Exception):
    """JSONata's own error: its code and message, as in "T1006: Attempted to invoke a non-function"."""


def failure(env: Environment, expression: str, what: str) -> FailureEventException:
    """The failure of an expression, written into the execution's history, to raise."""
    field = fields.current(env)
    name = StatesErrorName(typ=StatesErrorNameType.StatesQueryEvaluationError)
    details = EvaluationFailedEventDetails(
        cause=f"The JSONata expression '{expression}' specified for the field '{field}' {what}",
        error=name.error_name,
        location=field,
    )
    error = FailureEventException(
        FailureEvent(
            env=env,
            error_name=name,
            event_type=HistoryEventType.EvaluationFailed,
            event_details=EventDetails(evaluationFailedEventDetails=details),
        )
    )
    if field not in MAPS_FIELDS:
        env.event_manager.add_event(
            context=env.event_history_context,
            event_type=HistoryEventType.EvaluationFailed,
            event_details=EventDetails(evaluationFailedEventDetails=error.get_evaluation_failed_event_details()),
        )
    return error
