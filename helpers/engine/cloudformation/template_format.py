"""Whether a template is one at all: AWS's texts for what is wrong with its form.

Recorded on AWS by LocalStack 4.9.2's tests (api/test_validations, test_templates, test_stacks; 2024 and 2025). Of
policies: aws/aws-cli#3825 (2019); of versions, outputs and descriptions: public reports of 2020 to 2026.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml
from localstack.services.cloudformation.engine import template_preparer
from localstack.services.cloudformation.engine.validations import ValidationError

from . import template_functions

SECTIONS = {
    "AWSTemplateFormatVersion",
    "Conditions",
    "Description",
    "Globals",
    "Hooks",
    "Mappings",
    "Metadata",
    "Outputs",
    "Parameters",
    "Resources",
    "Rules",
    "Transform",
}
ATTRIBUTES = {
    "Condition",
    "CreationPolicy",
    "DeletionPolicy",
    "DependsOn",
    "Metadata",
    "Properties",
    "Type",
    "UpdatePolicy",
    "UpdateReplacePolicy",
}
POLICIES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}
MOST_BYTES = 1024  # of a template's Description (CloudFormation quotas, 2026-11)
OF_SERVERLESS = {"Connectors", "IgnoreGlobals"}


def parse(body: str) -> dict[str, Any]:
    """Return the template of a text. Raises: ValidationError."""
    if body.lstrip().startswith("{"):
        try:
            json.loads(body)
        except json.JSONDecodeError as error:
            where = f"(line {error.lineno}, column {error.colno})"
            # YAML in braces is a template as well.
            if not _is_yaml(body):
                raise _wrong(f"JSON not well-formed. {where}") from None
    try:
        template = template_preparer.parse_template(body)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise _wrong(f"YAML not well-formed.{where}") from None
    if not isinstance(template, dict):
        raise _wrong("unsupported structure.")
    check(template)
    template = template_functions.with_literals(template)
    for resource in template["Resources"].values():
        if isinstance(resource, dict) and "Type" in resource and resource.get("Properties") is None:
            resource["Properties"] = {}  # so that one with properties is a changed one
    return template


def check(template: Mapping[str, Any]) -> None:
    """Check the form of a template. Raises: ValidationError."""
    if foreign := [name for name in template if name not in SECTIONS]:
        raise ValidationError(f"Invalid template property or properties [{', '.join(map(str, foreign))}]")
    version = template.get("AWSTemplateFormatVersion")
    if version is not None and str(version) != "2010-09-09":
        raise _wrong(f"{version} is not a supported value for AWSTemplateFormatVersion.")
    if len(str(template.get("Description") or "").encode()) > MOST_BYTES:
        raise _wrong(f"'Description' length is greater than {MOST_BYTES}.")
    for parameter in (template.get("Parameters") or {}).values():
        if not isinstance(parameter, dict) or "Type" not in parameter:
            raise _wrong("Every Parameters object must contain a Type member.")
    resources = template.get("Resources")
    if not resources:
        raise _wrong("At least one Resources member must be defined.")
    for name, resource in resources.items():
        if name.startswith("Fn::"):  # a macro, or ForEach
            continue
        if not isinstance(resource, dict):
            raise _wrong("Any Resources member must be an object.")
        if "Fn::Transform" in resource:
            continue
        if "Type" not in resource:
            raise _wrong(f"[/Resources/{name}] Every Resources object must contain a Type member.")
        for policy, values in POLICIES.items():
            given = resource.get(policy, "Delete")
            # With AWS::LanguageExtensions it may be a function.
            if not isinstance(given, str) and "Transform" not in template:
                raise _wrong(f"Every {policy} member must be a string.")
            if isinstance(given, str) and given not in values:
                raise _wrong(f"Unrecognized {policy} {given} for resource {name}")
        allowed = ATTRIBUTES | OF_SERVERLESS if "Transform" in template else ATTRIBUTES
        for attribute in resource:
            if attribute not in allowed:
                raise ValidationError(f"Invalid template resource property '{attribute}'")
    for name, output in (template.get("Outputs") or {}).items():
        if name.startswith("Fn::"):
            continue
        if not isinstance(output, dict) or "Value" not in output:
            raise _wrong("Every Outputs member must contain a Value object")
        if not str(name).isalnum():
            raise _wrong(f"Outputs name '{name}' is non alphanumeric.")
        if isinstance(output["Value"], list):
            raise _wrong("The Value field of every Outputs member must evaluate to a String and not a List.")
        if output["Value"] is None:
            raise ValidationError(f"[/Outputs/{name}/Value] 'null' values are not allowed in templates")


def _is_yaml(body: str) -> bool:
    try:
        return isinstance(template_preparer.parse_template(body), dict)
    except Exception:
        return False


def _wrong(what: str) -> ValidationError:
    return ValidationError(f"Template format error: {what}")
