"""The condition of a layer's permission: an AWS organization.

LocalStack 4.9.2 keeps `OrganizationId` and leaves it out of the policy, which then admits everybody. AWS writes it as a
condition of the statement, `StringEquals` of `aws:PrincipalOrgID` (Lambda API Reference, "AddLayerVersionPermission"
and "GetLayerVersionPolicy", 2026-11). `iam.services.lambda_` decides by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.lambda_.invocation.models import lambda_stores
from localstack.services.lambda_.provider import LambdaProvider

from .permissions import written


def add_layer_version_permission(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    layer_name: str,
    version_number: int,
    statement_id: str,
    action: str,
    principal: str,
    organization_id: str | None = None,
    revision_id: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Wrap `LambdaProvider.add_layer_version_permission`: the statement has the condition."""
    permission = (statement_id, action, principal, organization_id, revision_id)
    answer: dict[str, Any] = original(self, context, layer_name, version_number, *permission, **kwargs)
    statement = json.loads(answer["Statement"]) | condition(organization_id)
    return answer | {"Statement": written(statement)}


def get_layer_version_policy(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    layer_name: str,
    version_number: int,
    **kwargs: Any,
) -> dict[str, Any]:
    """Wrap `LambdaProvider.get_layer_version_policy`: the statements have their conditions."""
    answer: dict[str, Any] = original(self, context, layer_name, version_number, **kwargs)
    region, account, name, _ = LambdaProvider._resolve_layer(layer_name, context)
    permissions = lambda_stores[account][region].layers[name].layer_versions[str(version_number)].policy.statements
    policy = json.loads(answer["Policy"])
    statements = [one | condition(permissions[one["Sid"]].organization_id) for one in policy["Statement"]]
    return answer | {"Policy": written(policy | {"Statement": statements})}


def condition(organization: str | None) -> dict[str, Any]:
    """The member `Condition` of a statement, if it has one."""
    return {"Condition": {"StringEquals": {"aws:PrincipalOrgID": organization}}} if organization else {}
