"""What AWS checks of every request to Lambda: lengths, ranges, patterns and sets of values, from its own description.

LocalStack checks few members. Those are left to it, because its answers were compared with AWS's; of all others the
constraints are in the service's model. The words are AWS's, as its answers of 2025 have them (LocalStack's tests,
`tests/aws/services/lambda_`): "1 validation error detected: Value 'a' at 'deadLetterConfig.targetArn' failed to satisfy
constraint: Member must …". What differs is a pattern now and then: the model that is published is looser.
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
from localstack.services.lambda_ import api_utils

# Checked by LocalStack, by `limits` or below.
CHECKED_ELSEWHERE = frozenset(
    {
        "AdditionalVersionWeights",
        "Architectures",
        "Arn",
        "CompatibleArchitecture",
        "CompatibleArchitectures",
        "CompatibleRuntime",
        "CompatibleRuntimes",
        "Destination",
        "FunctionName",
        "FunctionVersion",
        "InvokeMode",
        "MemorySize",
        "Name",
        "ProvisionedConcurrentExecutions",
        "Qualifier",
        "RecursiveLoop",
        "Resource",
        "Runtime",
        "StartingPosition",
        "StatementId",
        "Timeout",
    }
)
# Where AWS's answers have another pattern than its model (LocalStack's tests, snapshots of 2025), by shape.
RECORDED_PATTERNS = {
    "LayerVersionArn": r"(arn:[a-zA-Z0-9-]+:lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:\d{12}:layer:"
    r"[a-zA-Z0-9-_]+:[0-9]+)|(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)"
}
NOT_NULL = frozenset({"LayerList"})  # lists in whose constraint AWS's answers name this one, too


def refuse_violations(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Lambda. Raises: ValidationException (400) for members that violate their constraints.

    It comes before authorization: what is malformed has no ARN to be judged by.
    """
    request = context.service_request or {}
    found = _missing(request, context.operation) + _malformed_name(request, context.operation.name)
    found += [
        f"Value{said} at '{path}' failed to satisfy constraint: {constraint}"
        for name, shape in constrained(context.operation)
        if request.get(name) is not None
        for path, said, constraint in violations(request[name], shape, _lower(name))
    ]
    if found:
        many = "1 validation error" if len(found) == 1 else f"{len(found)} validation errors"
        raise CommonServiceException("ValidationException", f"{many} detected: {'; '.join(found)}", 400, True)


def _missing(request: Mapping[str, Any], operation: OperationModel) -> list[str]:
    """The members that a request must have and has not: SDKs other than boto3 send it all the same."""
    return [
        f"Value null at '{_lower(name)}' failed to satisfy constraint: Member must not be null"
        for name in _required(operation)
        if request.get(name) is None
    ]


@cache  # as many entries as Lambda has operations
def _required(operation: OperationModel) -> tuple[str, ...]:
    return tuple(operation.input_shape.required_members) if operation.input_shape else ()


def _malformed_name(request: Mapping[str, Any], operation: str) -> list[str]:
    """The violations of a name or ARN that is none, and of its qualifier; of others LocalStack finds them itself."""
    name = request.get("FunctionName")
    if name is None or api_utils.AWS_FUNCTION_NAME_REGEX.match(name):
        return []
    qualifier = api_utils.validate_qualifier(request.get("Qualifier") or "$LATEST")
    return [*qualifier, *api_utils.validate_function_name(name, operation)]


@cache  # as many entries as Lambda has operations
def constrained(operation: OperationModel) -> tuple[tuple[str, Shape], ...]:
    """The members of an operation's request that are to be looked at."""
    members = operation.input_shape.members if operation.input_shape else {}
    return tuple(
        (name, shape)
        for name, shape in members.items()
        if name not in CHECKED_ELSEWHERE and any(_has_constraint(shape, frozenset()))
    )


def violations(value: Any, shape: Shape, path: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a value: where, the value as it is quoted (with a space before), the constraint."""
    said = "" if shape.metadata.get("sensitive") else f" '{_quoted(value)}'"
    for constraint in violated(value, shape):
        yield path, said, constraint
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if name not in CHECKED_ELSEWHERE and value.get(name) is not None:
                yield from violations(value[name], member, f"{path}.{_lower(name)}")
    elif shape.type_name == "list":
        if shape.member.type_name == "structure":
            for number, item in enumerate(value, 1):
                yield from violations(item, shape.member, f"{path}.{number}.member")
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


def _has_constraint(shape: Shape, seen: frozenset[str]) -> Iterator[bool]:
    yield any(_texts(shape))
    if shape.name not in seen:
        seen |= {shape.name}
        for part in _parts(shape):
            yield from _has_constraint(part, seen)


def _parts(shape: Shape) -> Iterable[Shape]:
    match shape.type_name:
        case "structure":
            return cast(Iterable[Shape], shape.members.values())
        case "list":
            return (shape.member,)
        case "map":
            return (shape.key, shape.value)
    return ()


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _quoted(value: Any) -> str:
    """A value in the words of AWS's service, which is written in Java."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}={item}" for name, item in value.items()) + "}"
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
