"""Resource types of CloudFormation's that LocalStack 4.9.2 has not: authorizers, and documentation of REST APIs.

The properties of a type are the parameters of its Create call, in other letters; `Ref` is the id (CloudFormation
Template Reference, "AWS::ApiGateway::Authorizer", "…::DocumentationPart", "…::DocumentationVersion", 2026-11).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

Properties = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """`id`: the property that names one, and its name in answers; `only_new`: what only a new resource can have."""

    id: tuple[str, str]
    only_new: tuple[str, ...] = ()


KINDS = {
    "Authorizer": Kind(("AuthorizerId", "id")),
    "DocumentationPart": Kind(("DocumentationPartId", "id"), ("Location",)),
    "DocumentationVersion": Kind(("DocumentationVersion", "version")),
}


class ApiGatewayProvider(ResourceProvider[Properties]):
    """The provider of one of the types, "Authorizer"."""

    def __init__(self, kind: str) -> None:
        self.kind, known = kind, KINDS[kind]
        self.id, self.answered = known.id
        self.TYPE = f"AWS::ApiGateway::{kind}"
        new = [f"/properties/{name}" for name in ("RestApiId", *known.only_new)]
        made = [] if kind == "DocumentationVersion" else [f"/properties/{self.id}"]
        self.SCHEMA = {
            "typeName": self.TYPE,
            "primaryIdentifier": [f"/properties/{self.id}"],
            "createOnlyProperties": new,
            "readOnlyProperties": made,
        }

    def create(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Create the resource."""
        gateway, model = request.aws_client_factory.apigateway, request.desired_state
        members = gateway.meta.service_model.operation_model(f"Create{self.kind}").input_shape.members
        given = {_lower(name): _plain(name, value) for name, value in model.items() if value is not None}
        answer = getattr(gateway, xform_name(f"Create{self.kind}"))(**{k: v for k, v in given.items() if k in members})
        return _done(request, {**model, self.id: answer[self.answered]})

    def update(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Change the resource in its place."""
        gateway, model, before = request.aws_client_factory.apigateway, request.desired_state, request.previous_state
        changed = [
            {"op": "replace", "path": f"/{_lower(name)}", "value": str(_plain(name, value))}
            for name, value in model.items()
            if value is not None and value != before.get(name) and name not in ("RestApiId", self.id)
        ]
        named = self._named(before)
        if changed:
            getattr(gateway, xform_name(f"Update{self.kind}"))(**named, patchOperations=changed)
        return _done(request, {**model, self.id: before[self.id]})

    def delete(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Delete the resource, which may have gone with its API."""
        gateway, model = request.aws_client_factory.apigateway, request.desired_state
        try:
            getattr(gateway, xform_name(f"Delete{self.kind}"))(**self._named(model))
        except ClientError as error:
            if error.response["Error"]["Code"] != "NotFoundException":
                raise
        return _done(request, model)

    def _named(self, model: Properties) -> Properties:
        return {"restApiId": model["RestApiId"], _lower(self.id): model[self.id]}


def _plain(name: str, value: Any) -> Any:
    """A property as the API takes it: places in small letters, a number as one, documentation as text."""
    if isinstance(value, dict) and name == "Location":
        return {_lower(key): one for key, one in value.items()}
    if isinstance(value, dict):
        return json.dumps(value)
    return int(value) if name == "AuthorizerResultTtlInSeconds" else value


def _lower(name: str) -> str:
    return "providerARNs" if name == "ProviderARNs" else name[0].lower() + name[1:]


def _done(request: ResourceRequest[Properties], model: Properties) -> ProgressEvent[Properties]:
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)
