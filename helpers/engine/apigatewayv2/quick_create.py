"""Quick create: one call makes an HTTP API with an integration, a route and a stage that deploys by itself.

"Quick create produces an API with an integration, a default catch-all route, and a default stage which is configured
to automatically deploy changes" (API Reference, "CreateApi", 2026-11). What it makes is "managed by API Gateway".
"""

from __future__ import annotations

from . import deployments, validation
from .apis import Api, Fields, new_id
from .errors import bad_request
from .resource_kinds import KINDS

MANAGED = {"ApiGatewayManaged": True}


def complete(api: Api, request: Fields) -> None:
    """Add what quick create makes to a new API."""
    if not api.is_http:
        raise bad_request("Target is supported for HTTP protocol only")
    integration = _integration(request["Target"], request.get("CredentialsArn"))
    integration_id = new_id()
    _put(api, "Integration", integration_id, integration)
    route = {"RouteKey": request.get("RouteKey", "$default"), "Target": f"integrations/{integration_id}"}
    _put(api, "Route", new_id(), route)
    _put(api, "Stage", "$default", {"AutoDeploy": True})
    deployments.deploy_automatically(api)


def change(api: Api, request: Fields) -> None:
    """UpdateApi with `Target`, `RouteKey` or `CredentialsArn`: of what quick create has made, and of nothing else."""
    for kind, changes in (
        ("Integration", _integration(request["Target"], None) if "Target" in request else {}),
        ("Integration", {"CredentialsArn": request["CredentialsArn"]} if "CredentialsArn" in request else {}),
        ("Route", {"RouteKey": request["RouteKey"]} if "RouteKey" in request else {}),
    ):
        found = [key for key, fields in api.of_kind(kind).items() if fields.get("ApiGatewayManaged")]
        if changes and not found:
            raise bad_request("Target, RouteKey and CredentialsArn are for APIs made by quick create")
        for key in found if changes else ():
            changed = {**api.of_kind(kind)[key], **changes}
            validation.check(api, kind, changed, key)
            api.of_kind(kind)[key] = changed


def _integration(target: str, credentials: str | None) -> Fields:
    function = target.startswith("arn:")
    return {
        "IntegrationType": "AWS_PROXY" if function else "HTTP_PROXY",
        "IntegrationUri": target,
        "IntegrationMethod": "POST" if function else "ANY",
        "PayloadFormatVersion": "2.0" if function else "1.0",
        **({"CredentialsArn": credentials} if credentials else {}),
    }


def _put(api: Api, kind: str, name: str, given: Fields) -> None:
    id_name = KINDS[kind].keys[-1]
    fields = {**KINDS[kind].defaults(api, given), **given, **MANAGED, id_name: name}
    validation.check(api, kind, fields, (name,))
    api.of_kind(kind)[(name,)] = fields
