"""Constraints of a service's own model: lengths, ranges, patterns and sets of values, in AWS's words.

"1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression
pattern: [\\.\\-_A-Za-z0-9]+", as Lambda, EventBridge and EventBridge Scheduler answer (LocalStack's tests, recorded in
2025). What differs is a pattern now and then: the model that is published is looser. LocalStack's services look at few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from botocore.model import OperationModel, Shape
from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

# Where AWS's answers have another pattern than its model (LocalStack's tests, snapshots of 2025), by shape.
RECORDED_PATTERNS = {
    "LayerVersionArn": r"(arn:[a-zA-Z0-9-]+:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:layer:"
    r"[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)"
}
NOT_NULL = frozenset({"LayerList"})  # lists in whose constraint AWS's answers name this one, too
# EventBridge's answer for too many entries quotes them in a way of its own, which LocalStack has.
LEFT_OUT = frozenset({"Entries"})

Violation = tuple[str, str, str]  # where, the value as it is quoted, the constraint


def refuse_violations(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before a service. Raises: ValidationException (400) for members that violate their constraints."""
    names = constrained(context.operation, LEFT_OUT)
    refuse(sentences(of_members(context.service_request or {}, context.operation.input_shape, names)))


def refuse(found: list[str]) -> None:
    """Refuse a request for what was found, in sentences. Raises: ValidationException (400) if that is anything."""
    if message := in_words(found):
        raise CommonServiceException("ValidationException", message, 400, True)


def in_words(found: list[str]) -> str:
    """The message for violations that are sentences already; "" if there are none."""
    many = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
    return f"{many} detected: {'; '.join(found)}" if found else ""


def sentences(found: Iterable[Violation]) -> list[str]:
    """Violations as sentences."""
    return [f"Value{said} at '{path}' failed to satisfy constraint: {rule}" for path, said, rule in found]


def detected(found: Iterable[Violation]) -> str:
    """The message for `violations`; "" if there are none."""
    return in_words(sentences(found))


def of_members(
    request: Mapping[str, Any], shape: Shape, names: Iterable[str], left_out: frozenset[str] = frozenset()
) -> Iterator[Violation]:
    """The violations of some members of a request; `left_out` as in `violations`."""
    for name in names:
        if request.get(name) is not None:
            yield from violations(request[name], shape.members[name], lower(name), left_out)


@cache  # as many entries as the services that are checked have operations
def constrained(operation: OperationModel, left_out: frozenset[str]) -> tuple[str, ...]:
    """The names of the members of an operation's request that are to be looked at."""
    members = operation.input_shape.members if operation.input_shape else {}
    return tuple(name for name, shape in members.items() if name not in left_out and any(has_constraint(shape)))


def violations(value: Any, shape: Shape, path: str, left_out: frozenset[str] = frozenset()) -> Iterator[Violation]:
    """What is wrong with a value: where, the value as it is quoted (with a space before), the constraint.

    `left_out`: names of members that are not looked at.
    """
    said = "" if shape.metadata.get("sensitive") else f" '{_quoted(value)}'"
    for constraint in violated(value, shape):
        yield path, said, constraint
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name not in left_out and value.get(name) is not None:
                yield from violations(value[name], member, f"{path}.{lower(name)}", left_out)
    elif shape.type_name == "list":
        if shape.member.type_name == "structure":
            for number, item in enumerate(value, 1):
                yield from violations(item, shape.member, f"{path}.{number}.member", left_out)
        elif any(any(violated(item, shape.member)) for item in value):
            parts = [*constraints(shape.member), *(["Member must not be null"] if shape.name in NOT_NULL else [])]
            yield path, said, f"Member must satisfy constraint: [{', '.join(parts)}]"
    elif shape.type_name == "map":
        for what, part, items in (("keys", shape.key, value), ("value", shape.value, value.values())):
            if any(any(violated(item, part)) for item in items):
                hidden = part.metadata.get("sensitive")
                yield (
                    path,
                    "" if hidden else said,
                    f"Map {what} must satisfy constraint: [{', '.join(constraints(part))}]",
                )


def violated(value: Any, shape: Shape) -> Iterator[str]:
    """The constraints of one shape that a value violates, without what is in it.

    Raises: SerializationException for a number where a text belongs, which LocalStack's parser lets through.
    """
    facts = shape.metadata
    if shape.type_name == "string" and not isinstance(value, str):
        text = f"Invalid type when parsing {shape.name}: '{value}' cannot be parsed to string."
        raise CommonServiceException("SerializationException", text, 400, True)
    size = value if shape.type_name in ("integer", "long", "double", "float") else None
    if size is None and shape.type_name in ("string", "list", "map"):
        size = len(value)
    wrong = {
        "max": size is not None and "max" in facts and size > facts["max"],
        "min": size is not None and "min" in facts and size < facts["min"],
        # A dot is a line's end too: an event filter's pattern may have several lines (recorded by LocalStack 4.9.2's
        # tests, cloudformation/resources/test_lambda, 2024).
        "pattern": "pattern" in facts and not re.fullmatch(_pattern(shape), str(value), re.DOTALL),
        "enum": "enum" in facts and value not in facts["enum"],
    }
    return (text for kind, text in _texts(shape) if wrong[kind])


def constraints(shape: Shape) -> list[str]:
    """All constraints of a shape, as AWS writes them."""
    return [text for _, text in _texts(shape)]


def _texts(shape: Shape) -> Iterator[tuple[str, str]]:
    facts = shape.metadata
    measure = "value" if shape.type_name in ("integer", "long", "double", "float") else "length"
    if "max" in facts:
        yield "max", f"Member must have {measure} less than or equal to {facts['max']}"
    if "min" in facts:
        yield "min", f"Member must have {measure} greater than or equal to {facts['min']}"
    if "pattern" in facts:
        yield "pattern", f"Member must satisfy regular expression pattern: {_pattern(shape)}"
    if "enum" in facts:
        yield "enum", f"Member must satisfy enum value set: [{', '.join(facts['enum'])}]"


def _pattern(shape: Shape) -> str:
    return RECORDED_PATTERNS.get(shape.name) or str(shape.metadata["pattern"])


def has_constraint(shape: Shape, seen: frozenset[str] = frozenset()) -> Iterator[bool]:
    """Whether a shape, or what is in it, has one: each that is looked at."""
    yield any(_texts(shape))
    if shape.name not in seen:
        seen |= {shape.name}
        for part in _parts(shape):
            yield from has_constraint(part, seen)


def _parts(shape: Shape) -> Iterable[Shape]:
    match shape.type_name:
        case "structure":
            return cast(Iterable[Shape], shape.members.values())
        case "list":
            return (shape.member,)
        case "map":
            return (shape.key, shape.value)
    return ()


def lower(name: str) -> str:
    """A member's name as these answers have it: `functionName`."""
    return name[:1].lower() + name[1:]


def _quoted(value: Any) -> str:
    """A value in the words of AWS's service, which is written in Java."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={item}" for name, item in value.items()) + "}"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
