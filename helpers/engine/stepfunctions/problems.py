"""A problem of a definition, and the state machines within states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """What is said of a definition: "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next"."""

    code: str
    message: str
    location: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message} at {self.location}"


def invalid(message: str, location: str) -> Problem:
    """A problem of the kind that most are."""
    return Problem("SCHEMA_VALIDATION_FAILED", message, location)


def machines(state: Mapping[str, Any], place: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    """The state machines in a Map or Parallel state, each with its place."""
    for name in ("ItemProcessor", "Iterator"):
        if isinstance(state.get(name), Mapping):
            yield state[name], f"{place}/{name}"
    branches = state.get("Branches")
    for number, branch in enumerate(branches if isinstance(branches, list) else ()):
        if isinstance(branch, Mapping):
            yield branch, f"{place}/Branches[{number}]"


def states_of(machine: Mapping[str, Any]) -> Mapping[str, Any]:
    """The states of a state machine; none if something else stands there."""
    found = machine.get("States")
    return found if isinstance(found, Mapping) and all(isinstance(one, Mapping) for one in found.values()) else {}
