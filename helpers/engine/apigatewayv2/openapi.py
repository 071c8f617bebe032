"""OpenAPI 3 definitions of HTTP APIs: read for ImportApi and CloudFormation's `Body` (which SAM writes), and written.

The extensions are those of the Developer Guide, "OpenAPI extensions to API Gateway" (2026-11): integrations, JWT and
Lambda authorizers, IAM (`awsSigv4`), CORS. What else a definition has, schemas above all, describes and does nothing,
on AWS too; each member that would do something and is not read is refused where it is read from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from .apis import Api, Fields
from .errors import bad_request

X = "x-amazon-apigateway-"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def parse(body: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """A definition, from JSON or YAML. Raises: BadRequestException."""
    try:
        found = yaml.safe_load(body) if isinstance(body, str) else body
    except yaml.YAMLError:
        found = None
    if not isinstance(found, Mapping) or not str(found.get("openapi", "")).startswith("3."):
        raise bad_request("Unable to parse the OpenAPI 3.0 definition")
    return found


def api_fields(definition: Mapping[str, Any]) -> Fields:
    """Parameters of CreateApi."""
    info, cors = definition.get("info") or {}, definition.get(f"{X}cors")
    tags = {tag["name"]: tag[f"{X}tag-value"] for tag in definition.get("tags") or () if f"{X}tag-value" in tag}
    fields = {
        "Name": info.get("title"),
        "Version": str(info["version"]) if "version" in info else None,
        "Description": info.get("description"),
        "CorsConfiguration": _pascal(cors) if cors else None,
        "Tags": tags or None,
        "ProtocolType": "HTTP",
    }
    return {name: value for name, value in fields.items() if value is not None}


def authorizers(definition: Mapping[str, Any]) -> Iterator[Fields]:
    """Parameters of CreateAuthorizer, for each of the definition's."""
    for name, scheme in ((definition.get("components") or {}).get("securitySchemes") or {}).items():
        said = scheme.get(f"{X}authorizer")
        if not said:
            continue
        fields = _pascal(said)
        fields["AuthorizerType"] = fields.pop("Type", "").upper()
        if isinstance(source := fields.get("IdentitySource"), str):
            fields["IdentitySource"] = [part.strip() for part in source.split(",")]
        if role := fields.pop("AuthorizerCredentials", None):
            fields["AuthorizerCredentialsArn"] = role
        yield {**fields, "Name": name}


def routes(definition: Mapping[str, Any]) -> Iterator[tuple[Fields, Fields | None, str, list[str]]]:
    """For each route: parameters of CreateRoute, those of CreateIntegration, name of its security scheme, scopes."""
    for path, item in (definition.get("paths") or {}).items():
        for method, operation in item.items():
            if method not in (*METHODS, f"{X}any-method"):
                continue
            verb = "ANY" if method == f"{X}any-method" else method.upper()
            key = "$default" if path in ("/$default", "$default") else f"{verb} {path}"
            integration = _integration(definition, operation.get(f"{X}integration"))
            security = operation.get("security", definition.get("security")) or [{}]
            name, scopes = next(iter(security[0].items()), ("", []))
            route: Fields = {"RouteKey": key}
            if operation.get("operationId"):
                route["OperationName"] = operation["operationId"]
            if (operation.get(f"{X}auth") or {}).get("type") == "AWS_IAM":
                route["AuthorizationType"] = "AWS_IAM"
            yield route, integration, name, list(scopes)


def is_iam(definition: Mapping[str, Any], scheme: str) -> bool:
    """Whether a security scheme is AWS_IAM."""
    found = ((definition.get("components") or {}).get("securitySchemes") or {}).get(scheme) or {}
    return found.get(f"{X}authtype") == "awsSigv4"


def _integration(definition: Mapping[str, Any], said: Mapping[str, Any] | None) -> Fields | None:
    if said and "$ref" in said:
        name = str(said["$ref"]).rpartition("/")[2]
        said = ((definition.get("components") or {}).get(f"{X}integrations") or {}).get(name)
    if not said:
        return None
    fields = {
        "IntegrationType": str(said.get("type", "")).upper(),
        "IntegrationUri": said.get("uri"),
        "IntegrationMethod": said.get("httpMethod"),
        "PayloadFormatVersion": str(said.get("payloadFormatVersion", "1.0")),
        "CredentialsArn": said.get("credentials"),
        "TimeoutInMillis": said.get("timeoutInMillis"),
        "RequestParameters": said.get("requestParameters"),
        "ResponseParameters": said.get("responseParameters"),
        "IntegrationSubtype": said.get("integrationSubtype"),
        "ConnectionType": said.get("connectionType"),
    }
    return {name: value for name, value in fields.items() if value is not None}


def export(api: Api) -> dict[str, Any]:
    """ExportApi: the definition of an API as it is, which ImportApi reads."""
    paths: dict[str, Any] = {}
    for route in api.of_kind("Route").values():
        verb, _, path = route["RouteKey"].partition(" ")
        method = f"{X}any-method" if verb in ("ANY", "$default") else verb.lower()
        operation: Fields = {"responses": {"default": {"description": f"Default response for {route['RouteKey']}"}}}
        integration = api.of_kind("Integration").get((route.get("Target", "").partition("/")[2],))
        if integration:
            said = {
                "payloadFormatVersion": integration["PayloadFormatVersion"],
                "type": integration["IntegrationType"].lower(),
                "httpMethod": integration.get("IntegrationMethod"),
                "uri": integration["IntegrationUri"],
                "connectionType": integration["ConnectionType"],
                "timeoutInMillis": integration["TimeoutInMillis"],
            }
            operation[f"{X}integration"] = {name: value for name, value in said.items() if value is not None}
        paths.setdefault(path or "/$default", {})[method] = operation
    info = {"title": api.fields["Name"], "version": api.fields.get("Version", "1.0")}
    return {"openapi": "3.0.1", "info": info, "servers": [{"url": api.fields["ApiEndpoint"]}], "paths": paths}


def _pascal(thing: Any) -> Any:
    """{"allowOrigins": …} as boto3 names it, {"AllowOrigins": …}."""
    if isinstance(thing, Mapping):
        return {name[:1].upper() + name[1:]: _pascal(value) for name, value in thing.items()}
    return thing
