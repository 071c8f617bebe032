"""What resources and outputs refer to has to be there, and not in a circle.

The texts: recorded on AWS by LocalStack 4.9.2's tests (engine/test_references, engine/test_conditions, 2024), of
circles aws-amplify/amplify-cli#1192 (2019), of conditions aws-cloudformation/cfn-lint#99 (2018), of circles of
conditions from memory. LocalStack finds some while it deploys, and none of the circles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import ChangeType, Nothing, is_nothing
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import (
    ChangeSetModelPreproc,
    PreprocEntityDelta,
)
from localstack.services.cloudformation.engine.validations import ValidationError
from localstack.services.cloudformation.v2.entities import ChangeSet

VARIABLE = re.compile(r"\$\{([^!${}][^${}]*)\}")


def check(template: Mapping[str, Any]) -> None:
    """Check a template without transforms, or what they made of it. Raises: ValidationError."""
    resources, conditions = template.get("Resources") or {}, template.get("Conditions") or {}
    known = {*resources, *(template.get("Parameters") or {})}
    _check_conditions(conditions, {*(template.get("Parameters") or {})})
    edges: dict[str, set[str]] = {}
    for block, members in (("Resources", resources), ("Outputs", template.get("Outputs") or {})):
        missing: list[str] = []
        for name, member in members.items():
            found = {one for one in references(member) if not one.startswith("AWS::")}
            missing += [one for one in sorted(found - known) if one not in missing]
            if block == "Resources":
                edges[name] = found & {*resources}
            attribute = [one] if isinstance(one := member.get("Condition"), str) else []
            for condition in (*attribute, *_choices(member)):
                _require(condition, conditions, block)
        _refuse(missing, block)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        raise ValidationError(
            f"Circular dependency between resources: [{', '.join(sorted(set(error.args[1])))}]"
        ) from None


def check_made(change_set: ChangeSet) -> None:
    """Check that nothing refers to a resource that is not made because its condition is false. Raises: ValidationError.

    Of what Fn::If leaves out nothing is needed, and DependsOn waits for what is made.
    """
    template = change_set.processed_template or {}
    found = ChangeSetModelPreproc(change_set)
    holds = {name: bool(found._resolve_condition(name).after) for name in template.get("Conditions") or {}}

    def is_made(member: Mapping[str, Any]) -> bool:
        return holds.get(member.get("Condition", ""), True)

    resources = template.get("Resources") or {}
    absent = {name for name, one in resources.items() if not is_made(one)}
    for block in ("Resources", "Outputs") if absent else ():
        for member in (template.get(block) or {}).values():
            if is_made(member):
                parts = [one for name, one in member.items() if name != "DependsOn"]
                _refuse(sorted(absent & {*references(_chosen(parts, holds))}), block)


def visit_resource(original: Callable[..., PreprocEntityDelta], self: Any, node_resource: Any) -> PreprocEntityDelta:
    """Wrap `ChangeSetModelPreproc.visit_node_resource`: what is not made may name what is not made.

    LocalStack looks into the properties of a resource whose condition is false, and refuses what it does not find.
    """
    condition, change = node_resource.condition_reference, node_resource.change_type
    if not is_nothing(condition):
        holds = self._resolve_resource_condition_reference(condition)
        sides = ((holds.before, ChangeType.CREATED), (holds.after, ChangeType.REMOVED))
        if all(change == turned if is_nothing(value) else not value for value, turned in sides):
            return PreprocEntityDelta(before=Nothing, after=Nothing)
    return original(self, node_resource)


def _check_conditions(conditions: Mapping[str, Any], parameters: set[str]) -> None:
    edges = {}
    for name, condition in conditions.items():
        if foreign := [one for one in references(condition) if not one.startswith("AWS::") and one not in parameters]:
            raise ValidationError(
                f"Template format error: Unresolved dependencies [{', '.join(foreign)}]. Cannot reference resources in "
                "the Conditions block of the template"
            )
        edges[name] = {*_named(condition)}
        for one in sorted(edges[name]):
            _require(one, conditions, "Conditions")
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        circle = ", ".join(sorted(set(error.args[1])))
        raise ValidationError(f"Template error: Found circular condition dependency: [{circle}]") from None


def _require(condition: str, conditions: Mapping[str, Any], block: str) -> None:
    if condition not in conditions:
        raise ValidationError(
            f"Template format error: Unresolved condition dependency {condition} in the {block} block of the template"
        )


def _refuse(missing: list[str], block: str) -> None:
    if missing:
        prefix = "Template format error: " if block == "Resources" else ""
        raise ValidationError(
            f"{prefix}Unresolved resource dependencies [{', '.join(missing)}] in the {block} block of the template"
        )


def _choices(value: Any) -> Iterator[str]:
    """Yield the conditions that Fn::If chooses by."""
    if isinstance(value, Mapping):
        match value.get("Fn::If"):
            case [str() as condition, *_]:
                yield condition
    for one in _members(value):
        yield from _choices(one)


def _named(value: Any) -> Iterator[str]:
    """Yield the conditions that a condition is made of."""
    yield from _choices(value)
    if isinstance(value, Mapping) and isinstance(value.get("Condition"), str):
        yield value["Condition"]
    for one in _members(value):
        yield from _named(one)


def _members(value: Any) -> Iterable[Any]:
    """What is in an object or a list; nothing of anything else."""
    return value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()


def _chosen(value: Any, holds: Mapping[str, bool]) -> Any:
    """A part of a template without what Fn::If leaves out."""
    if isinstance(value, list):
        return [_chosen(one, holds) for one in value]
    if not isinstance(value, Mapping):
        return value
    match value.get("Fn::If"):
        case [str() as condition, then, otherwise]:
            return _chosen(then if holds.get(condition, True) else otherwise, holds)
    return {name: _chosen(one, holds) for name, one in value.items()}


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
