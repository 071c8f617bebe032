"""Where a state machine goes on: states that are not there, that nothing leads to, or that have no end.

Amazon States Language, "States" (2026-11). The texts are Step Functions' own, in public reports of 2024 to 2026, and
"These fields are required: [States] at /" recorded by LocalStack's tests; that of a state without an end is worded like
it. LocalStack 4.9.2 takes such a definition, and its executions fail in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .problems import Problem, invalid, machines

# States that say themselves where they end, or where each of their choices leads.
WITHOUT_NEXT = ("Choice", "Succeed", "Fail")


def problems(machine: Mapping[str, Any], at: str = "") -> Iterator[Problem]:
    """What is wrong with a state machine, or with one in a state; `at` is its place, "" for the whole."""
    if lacks := [name for name in ("StartAt", "States") if name not in machine]:
        yield invalid(f"These fields are required: [{', '.join(lacks)}]", at or "/")
        return
    states = machine["States"]
    if not isinstance(states, Mapping) or not all(isinstance(state, Mapping) for state in states.values()):
        return  # the parser has its own answer
    places = [(machine["StartAt"], f"{at}/StartAt")]
    for name, state in states.items():
        place = f"{at}/States/{name}"
        places += _targets(state, place)
        if state.get("Type") not in WITHOUT_NEXT and "Next" not in state and not state.get("End"):
            yield invalid("One of these fields is required: [Next, End]", place)
        for inner, path in machines(state, place):
            yield from problems(inner, path)
    for target, place in places:
        if isinstance(target, str) and target not in states:
            yield Problem("MISSING_TRANSITION_TARGET", f"Missing 'Next' target: {target}", place)
    reached = {target for target, _ in places}
    for name in states:
        if name not in reached:
            yield Problem("MISSING_TRANSITION_TARGET", f'State "{name}" is not reachable.', f"{at}/States/{name}")


def _targets(state: Mapping[str, Any], place: str) -> list[tuple[Any, str]]:
    """The names of states that a state leads to, each with its place."""
    found = [(state[name], f"{place}/{name}") for name in ("Next", "Default") if state.get(name)]
    for kind in ("Choices", "Catch"):
        rules = state.get(kind)
        for number, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, Mapping) and "Next" in rule:
                found.append((rule["Next"], f"{place}/{kind}[{number}]/Next"))
    return found
