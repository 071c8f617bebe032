"""ValidateTemplate, GetTemplateSummary and ListImports: what a template says, and what it would need.

API reference (2026-11). LocalStack 4.9.2 finds every template valid that it can read, and no imports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext, handler
from localstack.aws.api.cloudformation import GetTemplateSummaryInput, ListImportsOutput, ValidateTemplateInput
from localstack.services.cloudformation.engine.validations import ValidationError

from . import attributes, capabilities, exports, requests, stack_roles


@handler("ValidateTemplate", expand=False)
@stack_roles.asked
def validate_template(self: Any, context: RequestContext, request: ValidateTemplateInput) -> dict[str, Any]:
    """`CloudformationProvider.validate_template`."""
    _, template = requests.read(request)
    found = {
        "Parameters": [
            {
                "ParameterKey": name,
                "NoEcho": str(one.get("NoEcho", False)).lower() == "true",
                **({"DefaultValue": attributes.text(one["Default"])} if "Default" in one else {}),
                **({"Description": one["Description"]} if "Description" in one else {}),
            }
            for name, one in (template.get("Parameters") or {}).items()
        ],
        **needs(template),
    }
    return {**found, "Description": template["Description"]} if "Description" in template else found


def get_template_summary(
    original: Callable[..., dict[str, Any]], self: Any, context: RequestContext, request: GetTemplateSummaryInput
) -> dict[str, Any]:
    """Wrap `CloudformationProviderV2.get_template_summary`."""
    if request.get("StackName"):
        return original(self, context, request)
    with stack_roles.as_caller(context):
        _, template = requests.read(request)
        return {**original(self, context, request), **needs(template)}


@handler("ListImports")
def list_imports(
    self: Any, context: RequestContext, export_name: str, next_token: str | None = None, **_: Any
) -> ListImportsOutput:
    """`CloudformationProvider.list_imports`. Raises: ValidationError if no stack imports it."""
    found = exports.importers(context.account_id, context.region, export_name)
    if not found:
        raise ValidationError(f"Export '{export_name}' is not imported by any stack.")
    return ListImportsOutput(Imports=found)


def needs(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return the capabilities that a template needs, why, and its transforms."""
    found: dict[str, Any] = {}
    if lacks := capabilities.missing(template, ()):
        kinds = {one.get("Type") for one in template["Resources"].values()} & {*capabilities.NAMES}
        found["Capabilities"] = [lacks]
        found["CapabilitiesReason"] = f"The following resource(s) require capabilities: [{', '.join(sorted(kinds))}]"
    if transforms := template.get("Transform"):
        found["DeclaredTransforms"] = [
            one if isinstance(one, str) else one.get("Name")
            for one in (transforms if isinstance(transforms, list) else [transforms])
        ]
        found["Capabilities"] = [*found.get("Capabilities", []), capabilities.AUTO_EXPAND]
    return found
