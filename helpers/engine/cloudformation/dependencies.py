"""What resources and outputs refer to has to be there, and not in a circle.

The texts: recorded on AWS by LocalStack 4.9.2's tests (engine/test_references, engine/test_conditions, 2024), of
circles aws-amplify/amplify-cli#1192 (2019). LocalStack finds some while it deploys, and none of the circles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from localstack.services.cloudformation.engine.validations import ValidationError

VARIABLE = re.compile(r"\$\{([^!${}][^${}]*)\}")


def check(template: Mapping[str, Any]) -> None:
    """Check a template without transforms, or what they made of it. Raises: ValidationError."""
    resources, conditions = template.get("Resources") or {}, template.get("Conditions") or {}
    known = {*resources, *(template.get("Parameters") or {})}
    edges: dict[str, set[str]] = {}
    for block, members in (("Resources", resources), ("Outputs", template.get("Outputs") or {})):
        missing: list[str] = []
        for name, member in members.items():
            found = {one for one in references(member) if not one.startswith("AWS::")}
            missing += [one for one in sorted(found - known) if one not in missing]
            if block == "Resources":
                edges[name] = found & {*resources}
            if (condition := member.get("Condition")) and isinstance(condition, str) and condition not in conditions:
                raise ValidationError(
                    f"Template format error: Unresolved condition dependency {condition} in the {block} block of the "
                    "template"
                )
        if missing:
            prefix = "Template format error: " if block == "Resources" else ""
            raise ValidationError(
                f"{prefix}Unresolved resource dependencies [{', '.join(missing)}] in the {block} block of the template"
            )
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        raise ValidationError(
            f"Circular dependency between resources: [{', '.join(sorted(set(error.args[1])))}]"
        ) from None


def references(value: Any) -> Iterator[str]:
    """Yield the logical ids that a part of a template refers to."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            match name, one:
                case "Ref", str():
                    yield one
                case "Fn::GetAtt", str():
                    yield one.partition(".")[0]
                case "Fn::GetAtt", [str() as first, *_]:
                    yield first
                case "Fn::Sub", str():
                    yield from _in_text(one, ())
                case "Fn::Sub", [str() as text, Mapping() as given]:
                    yield from _in_text(text, given)
                    yield from references(given)
                case "DependsOn", str():
                    yield one
                case "DependsOn", list() if all(isinstance(part, str) for part in one):
                    yield from one
                case _:
                    yield from references(one)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def _in_text(text: str, given: Any) -> Iterator[str]:
    for name in VARIABLE.findall(text):
        if name not in given:
            yield name.partition(".")[0]
