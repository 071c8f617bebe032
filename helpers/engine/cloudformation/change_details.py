"""What a change set tells of each change: which properties, why, and whether that makes another resource.

API Reference, ResourceChange and ResourceChangeDetail (2026-11). LocalStack 4.9.2 leaves `Scope` and `Details` out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from localstack.services.cloudformation.engine.v2.change_set_model import NodeIntrinsicFunction, TerminalValue
from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocProperties
from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

from .deployment import plain


def register(
    original: Callable[..., None],
    self: Any,
    logical_id: str,
    type_: str,
    physical_id: str | None,
    before_properties: Any,
    after_properties: Any,
    requires_replacement: bool = False,
) -> None:
    """Wrap `ChangeSetModelDescriber._register_resource_change`."""
    # A resource that is there may be without properties, which LocalStack does not expect.
    old, new = (None if one is None else PreprocProperties(plain(one)) for one in (before_properties, after_properties))
    original(self, logical_id, type_, physical_id, old, new, requires_replacement)
    change = self._changes[-1]["ResourceChange"]
    modified = change["Action"] == "Modify"
    change["Scope"] = ["Properties"] if modified else []
    change["Details"] = []
    if old and new:
        change["Details"] = [*_details(self, logical_id, type_, old.properties, new.properties)]


def _details(
    self: Any, name: str, kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    provider = ResourceProviderExecutor.try_load_resource_provider(kind)
    only_new = {path.split("/")[2] for path in provider.SCHEMA.get("createOnlyProperties", [])} if provider else set()
    resources = self._change_set.update_model.node_template.resources.resources
    nodes = {
        node.name: node.value
        for resource in resources
        if resource.name == name
        for node in resource.properties.properties
    }
    for one in sorted({*before, *after}):
        if before.get(one) != after.get(one):
            recreation = "Always" if one in only_new else "Never"
            target = {"Attribute": "Properties", "Name": one, "RequiresRecreation": recreation}
            yield {"Target": target, **_source(self, nodes.get(one))}


def _source(self: Any, node: Any) -> dict[str, str]:
    """Why a property is another one: what it refers to, or the template itself."""
    if isinstance(node, NodeIntrinsicFunction) and node.intrinsic_function in ("Ref", "Fn::GetAtt"):
        arguments = node.arguments
        parts = [arguments] if isinstance(arguments, TerminalValue) else getattr(arguments, "array", [])
        cause = ".".join(str(part.value) for part in parts if isinstance(part, TerminalValue))
        parameters = self._change_set.update_model.node_template.parameters.parameters
        if node.intrinsic_function == "Fn::GetAtt":
            return {"Evaluation": "Dynamic", "ChangeSource": "ResourceAttribute", "CausingEntity": cause}
        if any(one.name == cause for one in parameters):
            return {"Evaluation": "Static", "ChangeSource": "ParameterReference", "CausingEntity": cause}
        return {"Evaluation": "Dynamic", "ChangeSource": "ResourceReference", "CausingEntity": cause}
    return {"Evaluation": "Static", "ChangeSource": "DirectModification"}
