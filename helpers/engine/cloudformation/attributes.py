"""Fn::GetAtt: the attributes of resources that were made.

LocalStack 4.9.2 answers `unknown` for an attribute that a resource has not, fails for numbers and booleans, and cuts
`${Nested.Outputs.Name}` after its second part. A custom resource's attributes are what its function answered as `Data`,
and nothing else; the texts: LocalStack's tests (engine/test_attributes, recorded on AWS in 2024), aws/aws-cdk#29949
(2024).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import ChangeType, TerminalValue
from localstack.utils.objects import get_value_from_path

from . import resource_types


class MissingAttributeError(RuntimeError):
    """A resource was made, and has no such attribute. (Whoever looks before that takes a RuntimeError for "later".)"""


def change_type(original: Callable[..., ChangeType], self: Any, arguments: Any) -> ChangeType:
    """Wrap `ChangeSetModel._resolve_intrinsic_function_fn_get_att`: whether an attribute may be another one now.

    LocalStack fails for "Resource.Attribute" in one text, as JSON has it, and for a name that is a reference; of
    other arguments it takes the attribute for unchanged.
    """
    if arguments.change_type != ChangeType.UNCHANGED:
        return arguments.change_type
    if not isinstance(arguments, TerminalValue):
        names = [one.value for one in getattr(arguments, "array", ()) if isinstance(one, TerminalValue)]
        return original(self, arguments=arguments) if len(names) == 2 else ChangeType.UNCHANGED
    resource, _, attribute = str(arguments.value).partition(".")
    for node in self._retrieve_or_visit_resource(resource_name=resource).properties.properties:
        if node.name == attribute:
            return node.change_type
    return ChangeType.UNCHANGED


def resolve_attribute(original: Callable[..., Any], self: Any, arguments: Any, select_before: bool) -> Any:
    """Wrap `ChangeSetModelPreproc._resolve_attribute`: what follows the first dot is one attribute."""
    parts = arguments.partition(".")[::2] if isinstance(arguments, str) else arguments
    return original(self, arguments=list(parts), select_before=select_before)


def node_property(original: Callable[..., Any], self: Any, property_name: str, node_resource: Any) -> Any:
    """Wrap `ChangeSetModelPreproc._get_node_property_for`: a custom resource's properties are no attributes."""
    if resource_types.is_custom(str(node_resource.type_.value)):
        return None
    return original(self, property_name=property_name, node_resource=node_resource)


def deployed_value(
    original: Callable[..., Any],
    self: Any,
    resource_logical_id: str,
    property_name: str,
    resolved_resources: Mapping[str, Any],
) -> Any:
    """Wrap `ChangeSetModelPreproc._deployed_property_value_of`: text or a list. Raises: MissingAttributeError."""
    self._get_node_resource_for(
        resource_name=resource_logical_id, node_template=self._change_set.update_model.node_template
    )
    resource = resolved_resources.get(resource_logical_id)
    if resource is None:
        return original(self, resource_logical_id, property_name, resolved_resources)
    kind, properties = resource["Type"], resource.get("Properties") or {}
    if resource_types.is_custom(kind):
        data = properties.get("Data") or {}
        value = data.get(property_name, get_value_from_path(data, property_name))
        place = f"{self._change_set.stack.stack_id}|{resource_logical_id}|{properties.get('RequestId')}"
        lacks = f"Vendor response doesn't contain {property_name} attribute in object {place}"
        why = f"CustomResource attribute error: {lacks}"
    else:
        value = get_value_from_path(properties, property_name)
        why = f"Resource type {kind} does not support attribute {{{property_name}}}."
    if value is None or isinstance(value, dict):
        raise MissingAttributeError(why)
    return text(value)


def text(value: Any) -> Any:
    """Return a value as templates have it: a list as it is, all else as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, list) else str(value)
