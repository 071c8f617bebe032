"""What a change set says of a resource that was there before: that it is modified, and whether it is replaced.

LocalStack 4.9.2 takes a resource for a new one when all that it has is new, and replaces none for a property that only
a new resource can have ("Update requires: Replacement") if that property was added or taken away. It compares no
Fn::FindInMap whose keys are functions, as in `!FindInMap [Stages, !Ref Stage, Memory]`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import ChangeType, TerminalValue, is_nothing
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor


def change_type_of(original: Callable[..., ChangeType], before: Any, after: Any, children: Any) -> ChangeType:
    """Wrap `change_set_model.change_type_of`."""
    found = original(before, after, children)
    there = not is_nothing(before) and not is_nothing(after)
    return ChangeType.MODIFIED if there and found in (ChangeType.CREATED, ChangeType.REMOVED) else found


def requires_replacement(original: Callable[..., bool], self: Any, node_properties: Any, resource_type: Any) -> bool:
    """Wrap `ChangeSetModel._resolve_requires_replacement`."""
    if original(self, node_properties=node_properties, resource_type=resource_type):
        return True
    provider = ResourceProviderExecutor.try_load_resource_provider(resource_type.value)
    only_new = {path.split("/")[2] for path in provider.SCHEMA.get("createOnlyProperties", [])} if provider else set()
    turned = (ChangeType.CREATED, ChangeType.REMOVED)
    return any(one.name in only_new and one.change_type in turned for one in node_properties.properties)


def find_in_map(original: Callable[..., ChangeType], self: Any, arguments: Any) -> ChangeType:
    """Wrap `ChangeSetModel._resolve_intrinsic_function_fn_find_in_map`: of keys that are not known yet, the mapping."""
    parts = getattr(arguments, "array", [])
    if len(parts) == 4:  # with a default, of AWS::LanguageExtensions
        return ChangeType.MODIFIED
    if arguments.change_type != ChangeType.UNCHANGED or all(isinstance(part, TerminalValue) for part in parts):
        return original(self, arguments)
    if not isinstance(parts[0], TerminalValue):
        return ChangeType.MODIFIED  # any mapping
    mapping: ChangeType = self._retrieve_mapping(mapping_name=parts[0].value).change_type
    return mapping
