"""Choice states: variables that are not there, texts with wildcards, and no rule that holds.

Amazon States Language, "Choice State" (2026-11): only `IsPresent` may ask for what is not there. The sentence is Step
Functions' own, in public reports of 2020 to 2026. LocalStack 4.9.2 takes such a variable for one that does not match.
"""

from __future__ import annotations

from typing import Any

from localstack.services.stepfunctions.asl.component.state.state_choice.comparison.comparison_operator_type import (
    ComparisonOperatorType,
)
from localstack.services.stepfunctions.asl.component.state.state_choice.comparison.comparison_variable import (
    ComparisonVariable,
)
from localstack.services.stepfunctions.asl.component.state.state_choice.comparison.variable import NoSuchVariable
from localstack.services.stepfunctions.asl.component.state.state_choice.state_choice import StateChoice
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.utils.json_path import NoSuchJsonPathError

from ..events import wildcards
from .failures import failure

NO_NEXT = "Failed to transition out of the state. The state does not point to a next state."
NOT_THERE = "Invalid path '{}': The choice state's condition path references an invalid value."


def compare(self: ComparisonVariable, env: Environment) -> None:
    """Replace `ComparisonVariable._eval_body`. Raises: FailureEventException if what is to be compared is not there."""
    function = self.comparison_function
    self.variable.eval(env)
    missing = isinstance(env.stack[-1], NoSuchVariable)
    if missing and function.operator_type is not ComparisonOperatorType.IsPresent:
        sampler: Any = self.variable.string_sampler
        path = getattr(sampler, "context_object_path", sampler.literal_value)
        raise failure(env, NOT_THERE.format(path))
    try:
        function.eval(env)
    except NoSuchJsonPathError as error:  # the path that it is compared with
        raise failure(env, NOT_THERE.format(error.json_path)) from None


def matches(variable: Any, comparison_value: Any) -> bool:
    r"""Replace `StringMatches._compare`: `*` stands for any text, `\*` for itself, `\\` for a backslash."""
    return isinstance(variable, str) and wildcards.matches(comparison_value, variable)


def choose(original: Any, self: StateChoice, env: Environment) -> None:
    """Wrap `StateChoice._eval_state`. Raises: FailureEventException if no rule holds."""
    for number, rule in enumerate(self.choices_decl.rules):
        vars(rule.comparison)["above"] = (f"Choices[{number}]",)  # see `fields`
    try:
        original(self, env)
    except RuntimeError as error:
        if not str(error.args[0]).startswith("No branching option"):
            raise
        raise failure(env, NO_NEXT) from error
