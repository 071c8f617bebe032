"""Capabilities: who creates roles, or expands macros, has to say so.

CloudFormation User Guide, "Acknowledging IAM resources in CloudFormation templates" (2026-11). A change set of a
template that is transformed is made, and FAILED: github.com/aws-samples/serverless-patterns/pull/644 (2022).
CreateChangeSet needs no CAPABILITY_AUTO_EXPAND (its API reference, 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from localstack.aws.api.cloudformation import InsufficientCapabilitiesException

IAM, NAMED_IAM, AUTO_EXPAND = "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"

# What IAM resources are, and which property gives them a name of one's own. A policy's name is no such name.
NAMES = {
    "AWS::IAM::AccessKey": "",
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Policy": "",
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::User": "UserName",
    "AWS::IAM::UserToGroupAddition": "",
}


def missing(template: Mapping[str, Any], given: Collection[str]) -> str:
    """Return what the resources of a template need and was not given, "" if nothing."""
    needed = ""
    for resource in (template.get("Resources") or {}).values():
        kind = resource.get("Type") if isinstance(resource, dict) else None
        if kind not in NAMES:
            continue
        if NAMES[kind] in (resource.get("Properties") or {}):
            needed = NAMED_IAM
            break
        needed = IAM
    enough = {"": True, IAM: bool({IAM, NAMED_IAM} & set(given)), NAMED_IAM: NAMED_IAM in given}
    return "" if enough[needed] else needed


def transforms(template: Mapping[str, Any]) -> bool:
    """Return whether the template asks for a transform or a macro."""
    return "Transform" in template or '"Fn::Transform"' in json.dumps(template, default=str)


def is_extended(template: Mapping[str, Any]) -> bool:
    """Return whether the template asks for AWS::LanguageExtensions."""
    given = template.get("Transform")
    names = [
        one.get("Name") if isinstance(one, Mapping) else one for one in (given if isinstance(given, list) else [given])
    ]
    return "AWS::LanguageExtensions" in names


def require(template: Mapping[str, Any], given: Collection[str], expand: bool) -> None:
    """Check a request for a template. `expand`: it is to be transformed at once, as CreateStack does.

    Raises: InsufficientCapabilitiesException.
    """
    if transforms(template) and not expand:
        return  # its change set will say
    lacks = AUTO_EXPAND if transforms(template) and AUTO_EXPAND not in given else missing(template, given)
    if lacks:
        raise InsufficientCapabilitiesException(reason(lacks))


def reason(capability: str) -> str:
    """Return AWS's sentence."""
    return f"Requires capabilities : [{capability}]"
