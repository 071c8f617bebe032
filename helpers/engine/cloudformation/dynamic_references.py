"""Dynamic references: `{{resolve:ssm:…}}`, `ssm-secure` and `secretsmanager`.

User Guide, "Get values stored in other services using dynamic references" (2026-11). The texts of secure parameters:
public reports, up to 2026. LocalStack 4.9.2 writes a SecureString into any property, as clear text that DescribeStacks
and the service then show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from localstack.aws.connect import connect_to
from localstack.services.cloudformation.engine.v2.resolving import DynamicReference
from localstack.services.cloudformation.engine.validations import ValidationError

SECURE = "{{resolve:ssm-secure:"
# Of the resource types that are here, those with a property that takes it (User Guide, "Dynamic references").
TAKES_SECURE = {"AWS::IAM::User": "LoginProfile.Password"}
VERSION = re.compile(r"(.+):\d+")


def check(template: Mapping[str, Any]) -> None:
    """Check where a template refers to secure parameters. Raises: ValidationError."""
    found = [
        f"{resource.get('Type')}/Properties/{'/'.join(path)}"
        for resource in (template.get("Resources") or {}).values()
        if isinstance(resource, Mapping)
        for path in _secure(resource.get("Properties"))
        if ".".join(path) != TAKES_SECURE.get(str(resource.get("Type")))
    ]
    if found:
        raise ValidationError(f"SSM Secure reference is not supported in: [{','.join(found)}]")


def look_up(original: Callable[..., Any], reference: DynamicReference, account_id: str, region_name: str) -> Any:
    """Wrap `perform_dynamic_reference_lookup`. Raises: ValidationError for a SecureString; what a service answers."""
    if reference.service_name == "ssm":
        client = connect_to(aws_access_key_id=account_id, region_name=region_name).ssm
        if client.get_parameter(Name=reference.reference_key)["Parameter"]["Type"] == "SecureString":
            name = VERSION.sub(r"\1", reference.reference_key)
            raise ValidationError(f"Non-secure ssm prefix was used for secure parameter: {name}")
    return original(reference, account_id, region_name)


def kept(self: Any, value: Any) -> Any:
    """Replace `ChangeSetModelDescriber._perform_dynamic_replacements`: a description has the reference, not the value.

    Whoever may describe a change set may not therefore read its secrets.
    """
    return value


def _secure(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, str) and SECURE in value:
        yield path
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _secure(one, path if str(name).startswith("Fn::") else (*path, str(name)))
    elif isinstance(value, list):
        for one in value:
            yield from _secure(one, path)
