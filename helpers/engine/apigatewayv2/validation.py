"""What AWS refuses of an API's configuration, and what this engine has not: nothing is accepted that would not act.

AWS's messages where they are known: issues and templates that quote them, of the Terraform provider, of the CDK and of
moto (2026-11); the others are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..apigateway.assumed_roles import CALLER
from ..server.not_here import refusal
from . import parameter_mapping
from .apis import Api, Fields, Key
from .errors import bad_request, conflict, not_found
from .loopback_issuers import is_acceptable

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY")
STAGE_NAME = re.compile(r"\$default|[a-zA-Z0-9_-]{1,128}")
PATH = re.compile(r"(?=/)(/([^\s{}/]+|\{[\w.:-]+\}))*(/\{[\w.:-]+\+\})?/?")  # only the end may be greedy
ROUTE_KEY = "The provided route key is not formatted properly for HTTP protocol. "
LOG_GROUP = re.compile(r"arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:]+(:\*)?")
# "Work with AWS Lambda authorizers for HTTP APIs", API Gateway Developer Guide (2026-11).
IDENTITY_SOURCE = re.compile(r"\$(request\.(header|querystring)|context|stageVariables)\.\S+")
HTTP_URI = re.compile(r"https?://|\$\{stageVariables\.")
ROUTE_FORMAT = 'Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"'
# Of integrations of WebSocket APIs; Velocity templates are REST APIs' here.
TEMPLATES = ("RequestTemplates", "TemplateSelectionExpression", "ContentHandlingStrategy", "RequestParameters")


def check_api(fields: Fields) -> None:
    """Raise BadRequestException for an API that cannot be."""
    if fields.get("ProtocolType") not in ("HTTP", "WEBSOCKET"):
        raise bad_request("Invalid protocol specified. Must be one of [HTTP, WEBSOCKET]")
    if fields["ProtocolType"] == "HTTP":
        if fields["RouteSelectionExpression"] not in ("$request.method $request.path", ROUTE_SELECTION):
            raise bad_request(f"RouteSelectionExpression must be {ROUTE_SELECTION} for HTTP protocol")
        _check_cors(fields.get("CorsConfiguration") or {})
        return
    if not fields.get("RouteSelectionExpression"):
        raise bad_request("RouteSelectionExpression is a required parameter for WEBSOCKET protocol")
    if fields.get("CorsConfiguration") or fields.get("Target"):
        raise bad_request("CorsConfiguration and Target are supported for HTTP protocol only")


ROUTE_SELECTION = "${request.method} ${request.path}"


def _check_cors(cors: Fields) -> None:
    if cors.get("AllowCredentials") and "*" in (cors.get("AllowOrigins") or ()):
        raise bad_request("AllowCredentials is not supported for the origin '*'")
    for origin in cors.get("AllowOrigins") or ():
        if origin != "*" and "://" not in origin:
            raise bad_request(f"Invalid origin specified: {origin}. It must be * or begin with a scheme: https://")
    for method in cors.get("AllowMethods") or ():
        if method not in ("*", *METHODS):
            raise bad_request(f"Invalid method specified: {method}")


def check(api: Api, kind: str, fields: Fields, key: Key) -> None:
    """Raise AWS's error for a resource that cannot be, or a sentence for what is not here."""
    if kind in CHECKS:
        CHECKS[kind](api, fields, key)


def _route(api: Api, fields: Fields, key: Key) -> None:
    route_key, kind = fields["RouteKey"], fields["AuthorizationType"]
    if api.is_http and route_key != "$default":
        method, _, path = route_key.partition(" ")
        if method not in METHODS or not PATH.fullmatch(path) or not _variables_differ(path):
            raise bad_request(ROUTE_KEY + ROUTE_FORMAT)
    for other, route in api.of_kind("Route").items():
        if other != key and route["RouteKey"] == route_key:
            raise conflict(f"Route with key {route_key} already exists for this API")
    if target := fields.get("Target"):
        _, _, integration = target.partition("integrations/")
        if (integration,) not in api.of_kind("Integration"):
            raise bad_request(f"Invalid Integration identifier specified {integration}")
    if kind not in ("NONE", "AWS_IAM", "CUSTOM", *(("JWT",) if api.is_http else ())):
        raise bad_request(f"Invalid authorization type specified: {kind}")
    if kind in ("CUSTOM", "JWT"):
        authorizer = api.of_kind("Authorizer").get((fields.get("AuthorizerId", ""),))
        which = "JWT authorizer" if kind == "JWT" else "authorizer"
        if not authorizer or (kind == "JWT") != (authorizer["AuthorizerType"] == "JWT"):
            raise bad_request(
                f"Invalid authorizer ID specified. Setting the authorization type to {kind} requires a valid {which}."
            )
    if fields.get("AuthorizationScopes") and kind != "JWT":
        raise bad_request("AuthorizationScopes are supported with the authorization type JWT only")
    if fields["ApiKeyRequired"]:
        if api.is_http:
            raise bad_request("ApiKeyRequired is not supported for HTTP protocol")
        raise refusal("API keys of WebSocket APIs are not part of this engine.")
    if not api.is_http and kind == "AWS_IAM" and route_key != "$connect":
        raise bad_request("Authorization is supported for the $connect route only")


def _variables_differ(path: str) -> bool:
    names = [part.strip("{+}") for part in path.split("/") if part.startswith("{")]
    return len(names) == len(set(names))


def _integration(api: Api, fields: Fields, key: Key) -> None:
    kind, version = fields["IntegrationType"], fields.get("PayloadFormatVersion")
    if fields.get("IntegrationSubtype"):
        raise refusal("Integrations with other services than Lambda are not part of this engine.")
    if fields.get("CredentialsArn") == CALLER:
        raise refusal(f"Integrations with the caller's credentials, {CALLER}, are REST APIs' in this engine.")
    if fields["ConnectionType"] != "INTERNET":
        raise refusal("Private integrations (VPC_LINK) are not part of this engine.")
    if not api.is_http and kind != "AWS_PROXY":
        raise refusal(f"Integrations of type {kind} of WebSocket APIs are not part of this engine: AWS_PROXY is.")
    if not api.is_http and any(fields.get(name) for name in TEMPLATES):
        raise refusal("Mapping templates of WebSocket APIs are not part of this engine.")
    if kind not in ("AWS_PROXY", "HTTP_PROXY"):
        raise bad_request(f"Invalid integration type {kind} for HTTP protocol")
    if not fields.get("IntegrationUri"):
        raise bad_request("IntegrationUri is a required parameter for integration")
    if kind == "HTTP_PROXY" and not HTTP_URI.match(fields["IntegrationUri"]):
        raise bad_request("Invalid HTTP endpoint specified for URI")
    if kind == "AWS_PROXY" and not fields["IntegrationUri"].startswith(("arn:", "${stageVariables.")):
        raise bad_request("Invalid ARN specified in the request")
    if version is None:
        raise bad_request("PayloadFormatVersion is a required parameter for integration")
    if version not in (("1.0", "2.0") if kind == "AWS_PROXY" and api.is_http else ("1.0",)):
        raise bad_request(f"Invalid PayloadFormatVersion specified: {version}")
    if not 50 <= fields["TimeoutInMillis"] <= (30000 if api.is_http else 29000):
        raise bad_request(f"Timeout should be between 50 ms and {30000 if api.is_http else 29000} ms")
    parameter_mapping.check(fields.get("RequestParameters") or {}, fields.get("ResponseParameters") or {})


def _authorizer(api: Api, fields: Fields, key: Key) -> None:
    kind, jwt = fields["AuthorizerType"], fields.get("JwtConfiguration") or {}
    if fields["Name"] in [known["Name"] for other, known in api.of_kind("Authorizer").items() if other != key]:
        raise bad_request(
            f"Authorizer name must be unique. Authorizer {fields['Name']} already exists in this RestApi."
        )
    if kind not in ("REQUEST", *(("JWT",) if api.is_http else ())):
        raise bad_request(f"Invalid authorizer type specified: {kind}")
    for source in fields.get("IdentitySource") or ():
        if api.is_http and not IDENTITY_SOURCE.fullmatch(source):
            raise bad_request(f"Invalid identity source specified: {source}. It must be like $request.header.name")
    if kind == "JWT":
        if not (jwt.get("Issuer") and jwt.get("Audience")):
            raise bad_request("JwtConfiguration with Issuer and Audience is a required parameter for JWT authorizer")
        if len(fields.get("IdentitySource") or ()) != 1:
            raise bad_request("JWT authorizers have one identity source")
        if not is_acceptable(jwt["Issuer"]):
            raise bad_request(f"Invalid issuer: {jwt['Issuer']}. Issuer must be https://, or http:// on this machine")
        return
    if not fields.get("AuthorizerUri"):
        raise bad_request("AuthorizerUri is a required parameter for REQUEST authorizer")
    if not fields.get("AuthorizerPayloadFormatVersion"):
        raise bad_request("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer")
    if fields.get("EnableSimpleResponses") and fields["AuthorizerPayloadFormatVersion"] != "2.0":
        raise bad_request("EnableSimpleResponses is supported with AuthorizerPayloadFormatVersion 2.0 only")
    if not 0 <= fields.get("AuthorizerResultTtlInSeconds", 0) <= 3600:
        raise bad_request("AuthorizerResultTtlInSeconds must be between 0 and 3600")


def _stage(api: Api, fields: Fields, key: Key) -> None:
    if not STAGE_NAME.fullmatch(fields["StageName"]) or (fields["StageName"] == "$default" and not api.is_http):
        raise bad_request("Stage name only allows a-zA-Z0-9_-")
    for settings in (fields["DefaultRouteSettings"], *fields["RouteSettings"].values()) if api.is_http else ():
        if settings.get("DataTraceEnabled") or settings.get("LoggingLevel", "OFF") != "OFF":
            raise bad_request("Execution logs are not supported on protocolType HTTP")
    destination = (fields.get("AccessLogSettings") or {}).get("DestinationArn")
    if destination and not LOG_GROUP.fullmatch(destination):
        raise bad_request("Invalid ARN specified in the request. Access logs go to log groups of CloudWatch Logs here.")
    deployment_id = fields.get("DeploymentId")
    if deployment_id and deployment_id not in api.snapshots:
        raise not_found(f"Invalid Deployment identifier specified {deployment_id}")
    keys = {route["RouteKey"] for route in api.of_kind("Route").values()}
    for route_key in fields["RouteSettings"]:
        if route_key not in keys:
            raise not_found(f"Unable to find Route by key {route_key} within the provided RouteSettings")


def _route_response(api: Api, fields: Fields, key: Key) -> None:
    if api.is_http:
        raise bad_request("Route responses are supported for WEBSOCKET protocol only")
    if fields["RouteResponseKey"] != "$default":
        raise bad_request("Only $default is supported as a route response key")
    if fields.get("ResponseModels") or fields.get("ResponseParameters") or fields.get("ModelSelectionExpression"):
        raise refusal("Models and parameters of route responses are not part of this engine.")


def _integration_response(api: Api, fields: Fields, key: Key) -> None:
    raise refusal("Integration responses are not part of this engine: integrations with a proxy do without them.")


CHECKS: dict[str, Callable[[Api, Fields, Key], None]] = {
    "Route": _route,
    "Integration": _integration,
    "Authorizer": _authorizer,
    "Stage": _stage,
    "RouteResponse": _route_response,
    "IntegrationResponse": _integration_response,
}


def check_deployable(api: Api) -> None:
    """Raise BadRequestException for an API without routes."""
    if not api.of_kind("Route"):
        raise bad_request("At least one route is required before deploying the Api.")


def check_unused(api: Api, kind: str, resource_id: str) -> None:
    """Raise ConflictException for what something else needs."""
    if kind == "Integration":
        for route in api.of_kind("Route").values():
            if route.get("Target") == f"integrations/{resource_id}":
                raise conflict(f"Cannot delete Integration '{resource_id}' which is referenced by Route.")
    if kind == "Authorizer":
        name = api.of_kind(kind)[(resource_id,)]["Name"]
        for route in api.of_kind("Route").values():
            if route.get("AuthorizerId") == resource_id and route["AuthorizationType"] != "NONE":
                raise conflict(f"Cannot delete authorizer '{name}', is referenced in route: {route['RouteKey']}")
    if kind == "Deployment":
        for stage in api.of_kind("Stage").values():
            if stage.get("DeploymentId") == resource_id:
                raise bad_request("Active stages pointing to this deployment must be moved or deleted")
