"""What LocalStack 4.9.2 leaves out when an API is imported from an OpenAPI or Swagger document.

- the `credentials` of an integration: without its role, a function's own policy is asked;
- authorization with IAM: a security scheme with `x-amazon-apigateway-authtype: awsSigv4`, or
  `x-amazon-apigateway-auth: {type: AWS_IAM}` at a method: without it everybody may call;
- `x-amazon-apigateway-gateway-responses`;
- the model of a body in Swagger: the one that its schema refers to, whatever the parameter is called.

Source: API Gateway Developer Guide, "OpenAPI extensions for API Gateway" (2026-11). CloudFormation, SAM and Terraform
import such documents, too (`Body` of AWS::ApiGateway::RestApi).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from localstack.aws.api import RequestContext
from localstack.services.apigateway.helpers import OpenAPIExt, get_apigateway_store
from localstack.services.apigateway.next_gen.execute_api.gateway_response import build_gateway_response

from . import imported_documents, merged_imports

METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD")
SIGNED = "AWS_IAM"
JSON = "application/json"
OF_OPERATION = ("mode", "failonwarnings")  # the query's others


def import_api(
    original: Callable[..., tuple[Any, list[str]]],
    rest_api: Any,
    context: RequestContext,
    request: dict[str, Any],
) -> tuple[Any, list[str]]:
    """`import_api_from_openapi_spec`, of everything that is in the document.

    Raises: BadRequestException, before anything is changed, for what an integration cannot do.
    """
    body = request["body"].read()
    document, warnings = imported_documents.read(body, fail_on_warnings=bool(request.get("failOnWarnings")))
    if warnings:  # something was left out
        body = json.dumps(document, default=str).encode()
    before = merged_imports.by_path(rest_api)
    imported = original(rest_api, context=context, request={**request, "body": io.BytesIO(body)})
    imported[1].extend(warnings)
    if request.get("mode", "merge") == "merge":
        merged_imports.merge(context, rest_api, before)
    schemes = document.get("securityDefinitions") or document.get("components", {}).get("securitySchemes") or {}
    for method, described in described_methods(document, rest_api):
        if credentials := (described.get(OpenAPIExt.INTEGRATION) or {}).get("credentials"):
            method.method_integration.credentials = credentials
        if is_signed(described, document.get("security"), schemes):
            method.authorization_type = SIGNED
        if model := body_model(described):
            method.request_models = {JSON: model}
    responses = get_apigateway_store(context).rest_apis[rest_api.id].gateway_responses
    for kind, response in (document.get(OpenAPIExt.GATEWAY_RESPONSES) or {}).items():
        status = response.get("statusCode")
        responses[kind] = build_gateway_response(
            response_type=kind,
            status_code=None if status is None else str(status),
            response_parameters=response.get("responseParameters"),
            response_templates=response.get("responseTemplates"),
            default_response=False,
        )
    return imported


def import_rest_api(
    original: Callable[..., Any], self: Any, context: RequestContext, body: IO[bytes], **more: Any
) -> Any:
    """`ImportRestApi`. Raises: BadRequestException for what cannot be imported, before there is an API.

    LocalStack's parser does not find `parameters`, which are in the query, and the request that it makes of this one
    has no other: `basepath` would have no effect.
    """
    data = body.read()
    imported_documents.read(data, fail_on_warnings=bool(more.get("fail_on_warnings")))
    parameters = {key: value for key, value in context.request.args.items() if key not in OF_OPERATION}
    return original(self, context, io.BytesIO(data), **{**more, "parameters": parameters})


def described_methods(document: Mapping[str, Any], rest_api: Any) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Each of the API's methods (moto's), with what the document says of it.

    With basepath=prepend or split, the path of a resource is longer than the document's.
    """
    resources = {resource.get_path(): resource for resource in rest_api.resources.values()}
    for path, item in (document.get("paths") or {}).items():
        wanted = path.rstrip("/") or "/"
        known = [found for found in resources if found == wanted or found.endswith(wanted)]
        for name, described in (item or {}).items():
            verb = "ANY" if name == OpenAPIExt.ANY_METHOD else name.upper()
            if known and isinstance(described, Mapping) and verb in (*METHODS, "ANY"):
                method = resources[min(known, key=len)].resource_methods.get(verb)
                if method is not None:
                    yield method, described


def is_signed(described: Mapping[str, Any], default: Any, schemes: Mapping[str, Any]) -> bool:
    """Whether a method's callers have to sign their requests."""
    if auth := described.get(OpenAPIExt.AUTH):
        return str(auth.get("type", "")).upper() == SIGNED
    names = [name for requirement in described.get("security", default) or () for name in requirement]
    kinds = [(schemes.get(name) or {}).get(OpenAPIExt.AUTHTYPE, "") for name in names]
    return any(kind.lower() == "awssigv4" for kind in kinds)


def body_model(described: Mapping[str, Any]) -> str | None:
    """The model of a body in Swagger 2.0; None without."""
    for parameter in described.get("parameters") or ():
        if parameter.get("in") == "body" and (reference := (parameter.get("schema") or {}).get("$ref")):
            return str(reference).rpartition("/")[2]
    return None
