"""CloudFormation's resource types `AWS::ApiGatewayV2::…`, and with them SAM's `AWS::Serverless::HttpApi`.

The properties of a type are the parameters of its Create call, so one class serves all; an API may also be given as an
OpenAPI `Body`, which is what SAM makes of an HttpApi. `Ref` is the id, of a stage its name; each id is an attribute, as
is `ApiEndpoint` (CloudFormation Template Reference, "Amazon API Gateway V2", 2026-11).
"""

from __future__ import annotations

import json
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)

IDS = {
    "Api": "ApiId",
    "Authorizer": "AuthorizerId",
    "Deployment": "DeploymentId",
    "Integration": "IntegrationId",
    "Model": "ModelId",
    "Route": "RouteId",
    "RouteResponse": "RouteResponseId",
    "Stage": "StageName",
}
# Properties of an API that are no parameters of CreateApi; those of warnings say nothing here.
OF_DEFINITIONS = ("Body", "BodyS3Location", "FailOnWarnings", "BasePath", "DisableSchemaValidation")
Properties = dict[str, Any]


class ApiGatewayV2Provider(ResourceProvider[Properties]):
    """The provider of one of the types, "Route"."""

    def __init__(self, kind: str) -> None:
        self.kind, self.id = kind, IDS[kind]
        self.TYPE = f"AWS::ApiGatewayV2::{kind}"
        self.SCHEMA = {"typeName": self.TYPE, "primaryIdentifier": [f"/properties/{self.id}"]}

    def create(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Create the resource."""
        api, model = request.aws_client_factory.apigatewayv2, request.desired_state
        if self.kind == "Api":
            answer = self._create_api(request, api, model)
        else:
            answer = self._call(api, "Create", self._parameters(model))
        return _done(request, {**model, **_attributes(answer)})

    def update(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Change the resource; what cannot be changed is not looked at."""
        api, model, before = request.aws_client_factory.apigatewayv2, request.desired_state, request.previous_state
        known = {name: before[name] for name in {"ApiId", self.id} & set(before)}
        parameters = {**self._parameters(model), **known}
        if self.kind == "Api" and (definition := _definition(request, model)):
            api.reimport_api(ApiId=known["ApiId"], Body=definition)
        answer = self._call(api, "Update", parameters)
        return _done(request, {**before, **model, **known, **_attributes(answer)})

    def delete(self, request: ResourceRequest[Properties]) -> ProgressEvent[Properties]:
        """Delete the resource, which may have gone with its API."""
        api, model = request.aws_client_factory.apigatewayv2, request.desired_state
        operation = getattr(api, xform_name(f"Delete{self.kind}"))
        members = api.meta.service_model.operation_model(f"Delete{self.kind}").input_shape.members
        try:
            operation(**{name: model[name] for name in members})
        except ClientError as error:
            if error.response["Error"]["Code"] != "NotFoundException":
                raise
        return _done(request, model)

    def _create_api(self, request: ResourceRequest[Properties], api: Any, model: Properties) -> Properties:
        definition = _definition(request, model)
        if not definition:
            return self._call(api, "Create", self._parameters(model))
        answer = api.import_api(Body=definition)
        rest = {name: value for name, value in self._parameters(model).items() if name not in ("ProtocolType", "Tags")}
        if rest:
            answer = self._call(api, "Update", {**rest, "ApiId": answer["ApiId"]})
        if tags := model.get("Tags"):
            region = request.region_name
            api.tag_resource(ResourceArn=f"arn:aws:apigateway:{region}::/apis/{answer['ApiId']}", Tags=tags)
        return answer

    def _parameters(self, model: Properties) -> Properties:
        return {name: value for name, value in model.items() if name not in OF_DEFINITIONS and value is not None}

    def _call(self, api: Any, verb: str, parameters: Properties) -> Properties:
        members = api.meta.service_model.operation_model(f"{verb}{self.kind}").input_shape.members
        known = {name: value for name, value in parameters.items() if name in members}
        return getattr(api, xform_name(f"{verb}{self.kind}"))(**known)


def _definition(request: ResourceRequest[Properties], model: Properties) -> str:
    """The OpenAPI definition of an API, JSON or YAML; "" if it has none."""
    if body := model.get("Body"):
        return body if isinstance(body, str) else json.dumps(body)
    if not (place := model.get("BodyS3Location")):
        return ""
    found = request.aws_client_factory.s3.get_object(Bucket=place["Bucket"], Key=place["Key"])
    return found["Body"].read().decode()


def _attributes(answer: Properties) -> Properties:
    return {name: answer[name] for name in (*IDS.values(), "ApiEndpoint") if name in answer}


def _done(request: ResourceRequest[Properties], model: Properties) -> ProgressEvent[Properties]:
    return ProgressEvent(OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context)
