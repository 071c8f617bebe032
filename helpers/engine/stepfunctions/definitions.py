"""Definitions: what is refused before LocalStack's parser sees them, and how it is said where that parser stops.

Errors of CreateStateMachine and diagnostics of ValidateStateMachineDefinition as recorded on AWS in LocalStack's tests
(test_sfn_api_validation, test_sfn_api_express; v4.9.2). LocalStack itself answers with names and texts of Python.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.stepfunctions import (
    InvalidDefinition,
    ValidateStateMachineDefinitionDiagnostic,
    ValidateStateMachineDefinitionOutput,
    ValidateStateMachineDefinitionResultCode,
    ValidateStateMachineDefinitionSeverity,
)
from localstack.services.stepfunctions.asl.static_analyser.express_static_analyser import ExpressStaticAnalyser
from localstack.services.stepfunctions.asl.static_analyser.static_analyser import StaticAnalyser
from localstack.services.stepfunctions.asl.static_analyser.test_state.test_state_analyser import TestStateStaticAnalyser
from localstack.services.stepfunctions.provider import StepFunctionsProvider

from . import schema, transitions
from .problems import Problem, invalid, machines, states_of

NOT_VALID = "The value is not valid"
WORDS = {
    "Credentials": "The field 'RoleArn' is required but was missing",
    "Timestamp": "String does not match RFC3339 timestamp",
}
UNKNOWN_RESOURCE = (
    "The resource provided {} is not recognized. The value is not a valid resource ARN, or the resource is not "
    "available in this region."
)
A_RESOURCE = "arn:aws:lambda:us-east-1:123456789012:function:name"


def validate(original: Any, definition: str, static_analysers: list[Any]) -> None:
    """Wrap `StepFunctionsProvider._validate_definition`. Raises: InvalidDefinition."""
    if any(isinstance(one, TestStateStaticAnalyser) for one in static_analysers):
        _validate_state(original, definition, static_analysers)
        return
    express = any(isinstance(one, ExpressStaticAnalyser) for one in static_analysers)
    if found := [*problems(definition, express)]:
        raise InvalidDefinition(f"Invalid State Machine Definition: '{', '.join(map(str, found))}'")


def _validate_state(original: Any, definition: str, static_analysers: list[Any]) -> None:
    """One state, for TestState."""
    try:
        original(definition, static_analysers)
    except InvalidDefinition:
        machine = {"StartAt": "S", "States": {"S": _loads(definition)}}
        said = next(schema.problems(machine, express=False), None) or _parsers_problem(machine)
        place = said.location.removeprefix("/States/S").removeprefix("/States") or "/"
        raise InvalidDefinition(f"Invalid State Machine Definition: '{said._replace(location=place)}'") from None


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def diagnose(
    original: Any, self: StepFunctionsProvider, context: RequestContext, request: Any, **kwargs: Any
) -> ValidateStateMachineDefinitionOutput:
    """Wrap `StepFunctionsProvider.validate_state_machine_definition`: each problem with its code and its place."""
    found = [*problems(request["definition"], request.get("type") == "EXPRESS")]
    if not found:
        answer: ValidateStateMachineDefinitionOutput = original(self, context, request, **kwargs)
        return answer
    return ValidateStateMachineDefinitionOutput(
        result=ValidateStateMachineDefinitionResultCode.FAIL,
        diagnostics=[
            ValidateStateMachineDefinitionDiagnostic(
                severity=ValidateStateMachineDefinitionSeverity.ERROR, **one._asdict()
            )
            for one in found
        ],
        truncated=False,
    )


def create(original: Any, self: StepFunctionsProvider, context: RequestContext, request: Any, **kwargs: Any) -> Any:
    """Wrap `StepFunctionsProvider.create_state_machine`: names as of activities. Raises: InvalidName."""
    self._validate_activity_name(request["name"])
    return original(self, context, request, **kwargs)


def problems(definition: str, express: bool) -> Iterator[Problem]:
    """What is wrong with a definition."""
    try:
        machine = json.loads(definition)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        yield Problem("INVALID_JSON_DESCRIPTION", "The definition is not valid JSON", f"line {line}, column {column}")
        return
    if not isinstance(machine, Mapping):
        yield invalid("Definition must be a valid JSON object", "/")
        return
    found = [*schema.problems(machine, express), *transitions.problems(machine)]
    yield from found
    if not found and not _parses(machine):
        yield _parsers_problem(machine)


def _parses(machine: Mapping[str, Any]) -> bool:
    """Whether LocalStack takes a definition."""
    try:
        StaticAnalyser().analyse(json.dumps(machine))
    except Exception:  # of the parser, or of Python
        return False
    return True


def _parsers_problem(machine: Mapping[str, Any], at: str = "") -> Problem:
    """The place without which LocalStack would take a definition: one of its fields, or a state, or a field of that."""
    rest = {name: value for name, value in machine.items() if name not in ("States", "StartAt", "ProcessorConfig")}
    passing = {"StartAt": "S", "States": {"S": {"Type": "Pass", "End": True}}}
    for name, value in rest.items():
        if not _parses({**passing, name: value}):
            return invalid(NOT_VALID, f"{at}/{name}")
    for name, state in states_of(machine).items():
        alone = {**rest, "StartAt": name}
        if not _parses({**alone, "States": {name: state}}):
            return _states_problem(name, state, alone, f"{at}/States/{name}")
    return invalid(NOT_VALID, f"{at}/States")


def _states_problem(name: str, state: Mapping[str, Any], machine: Mapping[str, Any], place: str) -> Problem:
    language = {key: machine[key] for key in ("QueryLanguage",) if key in machine}
    for inner, path in machines(state, place):
        whole = {**language, **{key: inner[key] for key in inner if key != "ProcessorConfig"}}
        if not _parses(whole):
            return _parsers_problem(whole, path)
    if "Resource" in state and _parses({**machine, "States": {name: {**state, "Resource": A_RESOURCE}}}):
        return invalid(UNKNOWN_RESOURCE.format(state["Resource"]), f"{place}/Resource")
    for field in state:
        others = {key: value for key, value in state.items() if key != field}
        if state.get("Type") == "Wait" and field.startswith(("Seconds", "Timestamp")):
            others["Seconds"] = 1  # it has to wait for something
        if field != "Type" and _parses({**machine, "States": {name: others}}):
            return invalid(WORDS.get(field, NOT_VALID), f"{place}/{field}")
    return invalid(NOT_VALID, place)
