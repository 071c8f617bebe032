"""Constraints of AWS's service models: lengths, ranges, patterns and sets of values, and the words of a violation.

Words: AWS's answers of 2025 (LocalStack's tests, `tests/aws/services/lambda_`): "1 validation error detected: Value 'a'
at 'deadLetterConfig.targetArn' failed to satisfy constraint: Member must …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from botocore.model import Shape

# Where AWS's answers have another pattern than its model (LocalStack's tests, snapshots of 2025), by shape.
RECORDED_PATTERNS = {
    "LayerVersionArn": r"(arn:[a-zA-Z0-9-]+:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:layer:"
    r"[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)"
}
NOT_NULL = frozenset({"LayerList"})  # lists in whose constraint AWS's answers name this one, too


def detected(found: Iterable[tuple[str, str, str]]) -> str:
    """The message for `violations`; "" if there are none."""
    return in_words([f"Value{said} at '{path}' failed to satisfy constraint: {rule}" for path, said, rule in found])


def in_words(found: list[str]) -> str:
    """The message for violations that are sentences already; "" if there are none."""
    many = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
    return f"{many} detected: {'; '.join(found)}" if found else ""


def of_members(request: Mapping[str, Any], shape: Shape, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The violations of some members of a request."""
    for name in names:
        if request.get(name) is not None:
            yield from violations(request[name], shape.members[name], lower(name))


def violations(
    value: Any, shape: Shape, path: str, skipped: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a value: where, the value as it is quoted (with a space before), the constraint.

    Members in `skipped` are not looked at.
    """
    said = "" if shape.metadata.get("sensitive") else f" '{_quoted(value)}'"
    for constraint in violated(value, shape):
        yield path, said, constraint
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name not in skipped and value.get(name) is not None:
                yield from violations(value[name], member, f"{path}.{lower(name)}", skipped)
    elif shape.type_name == "list":
        if shape.member.type_name == "structure":
            for number, item in enumerate(value, 1):
                yield from violations(item, shape.member, f"{path}.{number}.member", skipped)
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
    """The constraints of one shape that a value violates, without what is in it."""
    facts = shape.metadata
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
    return (text for kind, text in texts(shape) if wrong[kind])


def constraints(shape: Shape) -> list[str]:
    """All constraints of a shape, as AWS writes them."""
    return [text for _, text in texts(shape)]


def texts(shape: Shape) -> Iterator[tuple[str, str]]:
    """Each constraint of a shape: its kind and its words."""
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


def lower(name: str) -> str:
    """A member's name as AWS's messages have it."""
    return name[:1].lower() + name[1:]


def _quoted(value: Any) -> str:
    """A value in the words of AWS's service, which is written in Java."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={item}" for name, item in value.items()) + "}"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
