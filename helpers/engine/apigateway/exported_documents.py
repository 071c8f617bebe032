"""What an exported document says beyond LocalStack 4.9.2's: where the API is, who may call, what has to be given.

Servers and host are recorded on AWS (LocalStack's test_export_oas30_openapi and test_export_swagger_openapi);
`api_key` and `sigv4`, authorizers and ANY are as in exports that people have published, and in the API Gateway
Developer Guide, "OpenAPI extensions for API Gateway" (2026-11). Imported again, it asks for the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apispec import APISpec
from localstack.services.apigateway.helpers import OpenAPIExt

Document = dict[str, Any]
IN_HEADER = {"type": "apiKey", "in": "header"}
API_KEY = {**IN_HEADER, "name": "x-api-key"}
SIGNED = {**IN_HEADER, "name": "Authorization", OpenAPIExt.AUTHTYPE: "awsSigv4"}
# Members of an authorizer, in exports and in answers.
OF_AUTHORIZER = (
    "authorizerUri",
    "authorizerCredentials",
    "authorizerResultTtlInSeconds",
    "identityValidationExpression",
    "providerARNs",
)


class Specification(APISpec):
    """Replaces `APISpec`, which fails at the method ANY: no method of HTTP."""

    def path(self, *args: Any, operations: Mapping[str, Any], **more: Any) -> APISpec:
        """Add the methods of a path."""
        named = {OpenAPIExt.ANY_METHOD if name == "any" else name: said for name, said in operations.items()}
        return super().path(*args, operations=named, **more)


def complete(document: Document, rest_api: Any, host: str, authorizers: Mapping[str, Any], *, extended: bool) -> None:
    """Add to a document. `rest_api` is moto's; `authorizers` by their ids, with their extension if `extended`."""
    if "swagger" in document:
        document["host"] = host
    else:
        document["servers"][0] = {"url": f"https://{host}/{{basePath}}", **document["servers"][0]}
    schemes: Document = {}
    for operation, method in _operations(document, rest_api):
        for parameter in operation.get("parameters", ()):
            place = "querystring" if parameter["in"] == "query" else parameter["in"]
            if (method.request_parameters or {}).get(f"method.request.{place}.{parameter['name']}"):
                parameter["required"] = True
        needed = dict(_schemes(method, authorizers, extended=extended))
        if needed:
            operation["security"] = [{name: []} for name in needed]
            schemes |= needed
    if schemes and "swagger" in document:
        document["securityDefinitions"] = schemes
    elif schemes:
        document.setdefault("components", {})["securitySchemes"] = schemes


def _operations(document: Document, rest_api: Any) -> Iterator[tuple[Document, Any]]:
    resources = {resource.get_path(): resource for resource in rest_api.resources.values()}
    for path, item in document["paths"].items():
        for name, operation in item.items():
            verb = "ANY" if name == OpenAPIExt.ANY_METHOD else name.upper()
            if method := resources[path].resource_methods.get(verb):
                yield operation, method


def _schemes(method: Any, authorizers: Mapping[str, Any], *, extended: bool) -> Iterator[tuple[str, Document]]:
    """The security schemes of a method, by their names."""
    if method.authorization_type == "AWS_IAM":
        yield "sigv4", SIGNED
    elif authorizer := authorizers.get(method.authorizer_id or ""):
        yield authorizer["name"], _scheme(authorizer, extended=extended)
    if str(method.api_key_required).lower() == "true":
        yield "api_key", API_KEY


def _scheme(authorizer: Mapping[str, Any], *, extended: bool) -> Document:
    """An authorizer's: its header, if one decides."""
    sources = [source.strip() for source in (authorizer.get("identitySource") or "").split(",")]
    one = len(sources) == 1 and sources[0].startswith("method.request.header.")
    kind = authorizer["type"].lower()
    custom = "custom" if kind in ("token", "request") else kind
    scheme = {**IN_HEADER, "name": sources[0].rpartition(".")[2] if one else "Unused", OpenAPIExt.AUTHTYPE: custom}
    if extended:
        said = {name: authorizer[name] for name in OF_AUTHORIZER if authorizer.get(name) is not None}
        source = {"identitySource": ", ".join(sources)} if kind == "request" and sources != [""] else {}
        scheme[OpenAPIExt.AUTHORIZER] = {**said, **source, "type": kind}
    return scheme
