"""Where a state machine goes on: states that are not there, that nothing leads to, or that have no end.

Amazon States Language, "States" (2026-11). The texts are Step Functions' own, in public reports of 2024 to 2026, and
"These fields are required: [States] at /" recorded by LocalStack's tests; that of a state without an end is worded like
it. LocalStack 4.9.2 takes such a definition, and its executions fail in Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from localstack.aws.api.stepfunctions import InvalidDefinition
from localstack.services.stepfunctions.asl.static_analyser.test_state.test_state_analyser import TestStateStaticAnalyser

# States that say themselves where they end, or where each of their choices leads.
WITHOUT_NEXT = ("Choice", "Succeed", "Fail")


def validate(original: Any, definition: str, static_analysers: list[Any]) -> None:
    """Wrap `StepFunctionsProvider._validate_definition`. Raises: InvalidDefinition."""
    try:
        machine = json.loads(definition)
    except ValueError:
        machine = None  # the original has its own answer
    single = any(isinstance(one, TestStateStaticAnalyser) for one in static_analysers)
    if isinstance(machine, dict) and not single and (found := [*problems(machine)]):
        raise InvalidDefinition(f"Invalid State Machine Definition: '{', '.join(found)}'")
    original(definition, static_analysers)


def problems(machine: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """What is wrong with a state machine, or with one in a state; `at` is its place, "" for the whole."""
    if lacks := [name for name in ("StartAt", "States") if name not in machine]:
        yield f"SCHEMA_VALIDATION_FAILED: These fields are required: [{', '.join(lacks)}] at {at or '/'}"
        return
    states = machine["States"]
    if not isinstance(states, Mapping) or not all(isinstance(state, Mapping) for state in states.values()):
        return  # the parser has its own answer
    places = [(machine["StartAt"], f"{at}/StartAt")]
    for name, state in states.items():
        place = f"{at}/States/{name}"
        places += _targets(state, place)
        if state.get("Type") not in WITHOUT_NEXT and "Next" not in state and not state.get("End"):
            yield f"SCHEMA_VALIDATION_FAILED: One of these fields is required: [Next, End] at {place}"
        for inner, path in _machines(state, place):
            yield from problems(inner, path)
    for target, place in places:
        if isinstance(target, str) and target not in states:
            yield f"MISSING_TRANSITION_TARGET: Missing 'Next' target: {target} at {place}"
    reached = {target for target, _ in places}
    for name in states:
        if name not in reached:
            yield f'MISSING_TRANSITION_TARGET: State "{name}" is not reachable. at {at}/States/{name}'


def _targets(state: Mapping[str, Any], place: str) -> list[tuple[Any, str]]:
    """The names of states that a state leads to, each with its place."""
    found = [(state[name], f"{place}/{name}") for name in ("Next", "Default") if state.get(name)]
    for kind in ("Choices", "Catch"):
        rules = state.get(kind)
        for number, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, Mapping) and "Next" in rule:
                found.append((rule["Next"], f"{place}/{kind}[{number}]/Next"))
    return found


def _machines(state: Mapping[str, Any], place: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The state machines in a Map or Parallel state."""
    for name in ("ItemProcessor", "Iterator"):
        if isinstance(state.get(name), Mapping):
            yield state[name], f"{place}/{name}"
    branches = state.get("Branches")
    for number, branch in enumerate(branches if isinstance(branches, list) else ()):
        if isinstance(branch, Mapping):
            yield branch, f"{place}/Branches[{number}]"
