"""ImportApi, ReimportApi, ExportApi."""

from __future__ import annotations

import json
from typing import Any

import yaml
from localstack.aws.api import RequestContext

from . import apis, control_plane, deployments, openapi, validation
from .addresses import published
from .apis import Api, Fields
from .errors import bad_request
from .resource_kinds import KINDS


def import_api(context: RequestContext, request: Fields) -> Fields:
    """ImportApi: an HTTP API from an OpenAPI 3 definition."""
    definition = openapi.parse(request["Body"])
    api = control_plane.make_api(context, {"Name": "", **openapi.api_fields(definition)})
    build(api, definition)
    apis.add(api)
    published(api)
    return api.fields


def reimport_api(context: RequestContext, request: Fields) -> Fields:
    """ReimportApi: the definition takes the place of everything but stages and deployments."""
    api = control_plane.find_api(context, request)
    definition = openapi.parse(request["Body"])
    with api.lock:
        before, fields = {**api.resources}, api.fields
        for kind in KINDS.values():
            if kind.deployed:
                api.resources[kind.name] = {}
        try:
            kept = {name: value for name, value in fields.items() if name != "CorsConfiguration"}
            api.fields = {**kept, **openapi.api_fields(definition)}
            build(api, definition)
        except Exception:
            api.resources, api.fields = before, fields
            raise
        deployments.deploy_automatically(api)
    return api.fields


def export_api(context: RequestContext, request: Fields) -> Fields:
    """ExportApi, of the API as it is, in JSON or YAML."""
    definition = openapi.export(control_plane.find_api(context, request))
    as_yaml = request.get("OutputType") == "YAML"
    return {"body": (yaml.safe_dump(definition, sort_keys=False) if as_yaml else json.dumps(definition)).encode()}


def build(api: Api, definition: Any) -> None:
    """Add what a definition says to an API, which has nothing yet."""
    by_name = {
        fields["Name"]: control_plane.add(api, KINDS["Authorizer"], fields)["AuthorizerId"]
        for fields in openapi.authorizers(definition)
    }
    for route, integration, scheme, scopes in openapi.routes(definition):
        if integration:
            made = control_plane.add(api, KINDS["Integration"], integration)
            route["Target"] = f"integrations/{made['IntegrationId']}"
        if openapi.is_iam(definition, scheme):
            route["AuthorizationType"] = "AWS_IAM"
        elif scheme in by_name:
            authorizer = api.of_kind("Authorizer")[(by_name[scheme],)]
            kind = "JWT" if authorizer["AuthorizerType"] == "JWT" else "CUSTOM"
            route |= {"AuthorizationType": kind, "AuthorizerId": by_name[scheme], "AuthorizationScopes": scopes}
        elif scheme not in ("", "NONE"):  # NONE is what SAM writes for a route that everybody may call
            raise bad_request(f"Unable to find authorizer {scheme} of the definition")
        control_plane.add(api, KINDS["Route"], route)
    validation.check_api(api.fields)
