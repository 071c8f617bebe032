"""The properties of the APIs of API Gateway and of their stages, as they are. Definitions (Body) are not compared."""

from __future__ import annotations

from .. import api_stages
from .resource import Resource
from .shapes import Properties, pascal, pick, tags


def rest_api(resource: Resource) -> Properties:
    """`AWS::ApiGateway::RestApi`."""
    found = resource.clients.apigateway.get_rest_api(restApiId=resource.model["RestApiId"])
    return {
        **pascal(found, "BinaryMediaTypes", "Description", "DisableExecuteApiEndpoint", "Name"),
        "EndpointConfiguration": pascal(found["endpointConfiguration"], "Types"),
        "Tags": tags(found.get("tags")),
    }


def stage(resource: Resource) -> Properties:
    """`AWS::ApiGateway::Stage`."""
    where = {"restApiId": resource.model["RestApiId"], "stageName": resource.model["StageName"]}
    found = resource.clients.apigateway.get_stage(**where)
    logs = found.get("accessLogSettings")
    return {
        **pascal(found, "DeploymentId", "Description", "StageName", "TracingEnabled", "Variables"),
        "AccessLogSetting": pascal(logs, "DestinationArn", "Format") if logs else None,
        "MethodSettings": api_stages.as_templates(found.get("methodSettings", {}), resource.given),
        "Tags": tags(found.get("tags")),
    }


def http_api(resource: Resource) -> Properties:
    """`AWS::ApiGatewayV2::Api`."""
    found = resource.clients.apigatewayv2.get_api(ApiId=resource.model["ApiId"])
    names = (
        "ApiKeySelectionExpression CorsConfiguration Description DisableExecuteApiEndpoint Name ProtocolType "
        "RouteSelectionExpression Tags Version"
    )
    return pick(found, *names.split())


def http_stage(resource: Resource) -> Properties:
    """`AWS::ApiGatewayV2::Stage`."""
    found = resource.clients.apigatewayv2.get_stage(**pick(resource.model, "ApiId", "StageName"))
    names = "AccessLogSettings AutoDeploy DefaultRouteSettings Description RouteSettings StageName StageVariables Tags"
    return pick(found, *names.split())
