"""Map states: how many items of a Map Run may fail, and what there is to iterate over.

Developer Guide, "Tolerated failure threshold for Distributed Map state" (2026-11): none by default; if both numbers are
given, exceeding either fails the run. Items that failed have no place in the result. Causes as recorded on AWS in
LocalStack's tests. LocalStack 4.9.2 keeps the numbers, and lets every run succeed, with null for an item that failed.
"""

from __future__ import annotations

import re
from typing import Any

from localstack.aws.api.stepfunctions import HistoryEventType
from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import FailureEventException
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from localstack.services.stepfunctions.asl.component.state.state_execution.state_map.state_map import StateMap
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.eval.program_state import ProgramEnded
from localstack.services.stepfunctions.asl.utils.encoding import to_json_str

from .failures import failure

EXCEEDED = "The specified tolerated failure threshold was exceeded"
NO_ARRAY = "Map state input must be an array but was: "
PERCENTAGE = re.compile(r'("ToleratedFailurePercentage"\s*:\s*\d+)(?=\s*[,}])')


class FailedItem:
    """Stands for the result of an item that failed."""


def run_item(original: Any, self: Any, env: Environment, job: Any) -> None:
    """Wrap `_eval_job` of what works on items: note that one failed."""
    original(self, env, job)
    if not isinstance(env.program_state(), ProgramEnded):
        job.job_output = FailedItem()


def run(original: Any, self: Any, env: Environment, eval_input: Any) -> None:
    """Wrap `DistributedIterationComponent._map_run`. Raises: FailureEventException if too many items failed."""
    original(self, env, eval_input)
    results = env.stack.pop()
    succeeded = [result for result in results if not isinstance(result, FailedItem)]
    env.stack.append(succeeded)
    record = eval_input.map_run_record
    count, percentage = record.tolerated_failure_count, record.tolerated_failure_percentage
    if exceeds(len(results) - len(succeeded), len(results), count, percentage):
        typ = StatesErrorNameType.StatesExceedToleratedFailureThreshold
        raise failure(env, EXCEEDED, typ, HistoryEventType.MapRunFailed)


def exceeds(failed: int, items: int, count: int, percentage: float) -> bool:
    """Whether more items failed than is tolerated; 0 beside the other number says that only that one was given."""
    if not count and not percentage:
        return failed > 0
    return bool(count and failed > count) or bool(percentage and failed * 100 > percentage * items)


def parse(original: Any, definition: str) -> Any:
    """Wrap `AmazonStateLanguageParser.parse`: a percentage may be an integer."""
    return original(PERCENTAGE.sub(r"\1.0", definition))


def iterate(original: Any, self: StateMap, env: Environment) -> None:
    """Wrap `StateMap._eval_execution`. Raises: FailureEventException if there is no array to iterate over."""
    try:
        original(self, env)
    except FailureEventException as error:
        details: Any = error.failure_event.event_details
        said = details.get("evaluationFailedEventDetails", {})
        if not str(said.get("cause")).startswith(NO_ARRAY):
            raise
        if self.items_path is not None:
            path = self.items_path.string_sampler.literal_value
            raise failure(env, f'Reference path "{path}" must point to array.') from None
        said["cause"] = NO_ARRAY + to_json_str(env.states.get_input(), separators=(",", ":"))
        raise
