"""What AWS::LanguageExtensions adds and LocalStack 4.9.2's transform leaves as it is.

CloudFormation Template Reference, "AWS::LanguageExtensions transform" (2026-11): a default for Fn::FindInMap, and
functions in DeletionPolicy and UpdateReplacePolicy. Of those this engine knows the `Ref` of a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocEntityDelta
from localstack.services.cloudformation.engine.validations import ValidationError

from . import template_format


def with_policies(template: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A template whose resources say in words what becomes of them. `values`: of its parameters, by name.

    Raises: ValidationError.
    """
    resources = {
        name: {
            attribute: _policy(attribute, one, name, template, values)
            if attribute in template_format.POLICIES and isinstance(one, Mapping)
            else one
            for attribute, one in resource.items()
        }
        if isinstance(resource, Mapping)
        else resource
        for name, resource in template["Resources"].items()
    }
    return {**template, "Resources": resources}


def _policy(attribute: str, value: Any, name: str, template: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
    declared = template.get("Parameters") or {}
    match value:
        case {"Ref": str() as parameter} if parameter in declared:
            found = values.get(parameter, declared[parameter].get("Default"))
        case _:
            raise ValidationError(f"This engine knows no function but the Ref of a parameter for {attribute}.")
    if found not in template_format.POLICIES[attribute]:
        raise ValidationError(f"Template format error: Unrecognized {attribute} {found} for resource {name}")
    return found


def resolve_mapping(
    original: Callable[..., PreprocEntityDelta],
    self: Any,
    map_name: str,
    top_level_key: str,
    second_level_key: str,
    options: Mapping[str, Any] | None = None,
) -> PreprocEntityDelta:
    """Wrap `ChangeSetModelPreproc._resolve_mapping`: with `options`, for what is not there their DefaultValue."""
    try:
        return original(self, map_name, top_level_key, second_level_key)
    except (ValidationError, RuntimeError):
        if not options or "DefaultValue" not in options:
            raise
        default = options["DefaultValue"]
        return PreprocEntityDelta(before=default, after=default)
