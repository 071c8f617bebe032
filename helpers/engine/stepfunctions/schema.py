"""What Step Functions looks for in a definition before it keeps it, state by state.

Amazon States Language (2026-11). The texts are Step Functions' own, recorded in LocalStack's tests (v4.9.2) or in
public reports of 2018 to 2026; for a name that is too long the code is AWS's (API reference,
ValidateStateMachineDefinitionDiagnostic, 2026-11), and the words are ours.
LocalStack 4.9.2 takes such definitions, or says where its parser stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonpath_ng.ext import parse as parse_path
from localstack.services.stepfunctions.asl.parse.intrinsic.intrinsic_parser import IntrinsicParser

from . import jsonata
from .problems import Problem, invalid, machines, states_of

LONGEST_NAME = 80
COMMON = "Type Comment QueryLanguage InputPath OutputPath Output Assign"
RETRYING = "Next End Parameters Arguments ResultSelector ResultPath Retry Catch"
MAP = """ItemProcessor Iterator Items ItemsPath ItemSelector ItemReader ItemBatcher ResultWriter Label MaxConcurrency
MaxConcurrencyPath ToleratedFailureCount ToleratedFailureCountPath ToleratedFailurePercentage
ToleratedFailurePercentagePath"""
TASK = "Resource Credentials TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath"
FIELDS = {
    "Task": f"{RETRYING} {TASK}",
    "Parallel": f"{RETRYING} Branches",
    "Map": f"{RETRYING} {MAP}",
    "Pass": "Next End Result ResultPath Parameters",
    "Wait": "Next End Seconds SecondsPath Timestamp TimestampPath",
    "Choice": "Choices Default",
    "Succeed": "",
    "Fail": "Error ErrorPath Cause CausePath",
}
INTEGERS = ("Seconds", "TimeoutSeconds", "HeartbeatSeconds", "MaxConcurrency", "ToleratedFailureCount")
REQUIRED = {"Task": ["Resource"], "Choice": ["Choices"], "Parallel": ["Branches"]}
TEMPLATES = ("Parameters", "ItemSelector", "ResultSelector")
INVOKE = "arn:aws:states:::lambda:invoke"
INVOKE_FIELDS = ("ClientContext", "FunctionName", "InvocationType", "LogType", "Payload", "Qualifier")


def problems(machine: Mapping[str, Any], express: bool) -> Iterator[Problem]:
    """What is wrong with the states of a state machine."""
    language = machine.get("QueryLanguage", "JSONPath")
    seen: set[str] = set()
    for name, state, place in _all_states(machine, ""):
        if len(name) > LONGEST_NAME:
            yield Problem("INVALID_STATE_NAME", f"The name has more than {LONGEST_NAME} characters", place)
        if name in seen:
            yield Problem("DUPLICATE_STATE_NAME", f"Duplicate State name: {name}", place)
        seen.add(name)
        yield from _fields(state, place)
        yield from _catchers(state, place)
        if express and isinstance(state.get("Resource"), str):
            yield from _not_express(state["Resource"], f"{place}/Resource")
        if state.get("QueryLanguage", language) == "JSONata":
            yield from _expressions(state, place)
        else:
            for field in TEMPLATES:
                yield from _paths(state.get(field), f"{place}/{field}")
        yield from _invoke(state, place)


def _all_states(machine: Mapping[str, Any], at: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    for name, state in states_of(machine).items():
        place = f"{at}/States/{name}"
        yield name, state, place
        for inner, path in machines(state, place):
            yield from _all_states(inner, path)


def _fields(state: Mapping[str, Any], place: str) -> Iterator[Problem]:
    kind = state.get("Type")
    if not isinstance(kind, str) or kind not in FIELDS:
        if kind is None:
            yield invalid("These fields are required: [Type]", place)
        return  # the parser has its own answer
    if lacks := [name for name in REQUIRED.get(kind, ()) if name not in state]:
        yield invalid(f"These fields are required: [{', '.join(lacks)}]", place)
    known = f"{COMMON} {FIELDS[kind]}".split()
    for name in state:
        if name == "ItemBatcher" and kind == "Map":
            yield invalid("Field 'ItemBatcher' is not part of this engine: it hands on items one by one", place)
        elif name not in known:
            yield invalid(f"Field '{name}' is not supported", place)
        elif name in INTEGERS and type(state[name]) is not int and not _is_expression(state[name]):
            yield invalid("Expected value of type Integer", f"{place}/{name}")


def _catchers(state: Mapping[str, Any], place: str) -> Iterator[Problem]:
    for field in ("Retry", "Catch"):
        given = state.get(field)
        rules = given if isinstance(given, list) else []
        for number, rule in enumerate(rules):
            names = rule.get("ErrorEquals") if isinstance(rule, Mapping) else None
            if not isinstance(names, list) or "States.ALL" not in names:
                continue
            if len(names) > 1 or number + 1 < len(rules):
                index = names.index("States.ALL")
                at = f"{place}/{field}[{number}]/ErrorEquals[{index}]"
                yield invalid("States.ALL must appear alone and at end of list", at)


def _not_express(resource: str, place: str) -> Iterator[Problem]:
    if ":activity:" in resource:
        yield invalid("Express state machine does not support Activity ARN", place)
    elif resource.endswith(".waitForTaskToken"):
        yield invalid("Express state machine does not support '.waitForTaskToken' service integration ", place)
    elif resource.endswith((".sync", ".sync:2")):
        yield invalid("Express state machine does not support '.sync' service integration", place)


def _paths(template: Any, place: str) -> Iterator[Problem]:
    """Members of a template whose names say that they are paths, and that are none; AWS names the field around them."""
    if isinstance(template, list):
        for number, value in enumerate(template):
            yield from _paths(value, f"{place}[{number}]")
    elif isinstance(template, Mapping):
        for name, value in template.items():
            if name.endswith(".$") and not _is_path(value):
                said = f"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"
                yield invalid(said, place)
            yield from _paths(value, f"{place}/{name}")


def _is_path(value: Any) -> bool:
    if not isinstance(value, str) or not value.startswith(("$", "States.")):
        return False
    if value.startswith("$") and not value.startswith(("$.", "$[", "$$.")):
        return True  # the input, the context object, or a variable
    try:
        if value.startswith("$"):
            parse_path(value.removeprefix("$") if value.startswith("$$") else value)
        else:
            IntrinsicParser.parse(json.dumps(value)[1:-1])
    except Exception:  # each parser has its own
        return False
    return True


def _is_expression(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("{%") and value.endswith("%}")


def _expressions(value: Any, place: str) -> Iterator[Problem]:
    if _is_expression(value):
        if said := jsonata.syntax_error(value[2:-2].strip()):
            yield Problem("INVALID_JSONATA_EXPRESSION", said, place)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _expressions(one, f"{place}[{number}]")
    elif isinstance(value, Mapping) and "States" not in value:  # those of inner state machines have their own turn
        for name, one in value.items():
            yield from _expressions(one, f"{place}/{name}")


def _invoke(state: Mapping[str, Any], place: str) -> Iterator[Problem]:
    resource = state.get("Resource")
    field = "Arguments" if "Arguments" in state else "Parameters"
    given = state.get(field, {})
    if not isinstance(resource, str) or resource.split(".")[0] != INVOKE or not isinstance(given, Mapping):
        return
    if not {"FunctionName", "FunctionName.$"} & given.keys():
        yield invalid("The field 'FunctionName' is required but was missing", f"{place}/{field}")
    for name in given:
        if name.removesuffix(".$") not in INVOKE_FIELDS:
            yield invalid(
                f'The field "{name.removesuffix(".$")}" is not supported by Step Functions', f"{place}/{field}"
            )
