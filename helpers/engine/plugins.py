"""What plux finds through pyproject.toml's entry points: our executor, and services that are ours.

It imports this module to see what there is, so what is only needed once a service is used is imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from localstack.runtime.server.core import RuntimeServer, RuntimeServerPlugin
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider
from plux import Plugin


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """`LAMBDA_RUNTIME_EXECUTOR=processes`."""

    name = "processes"

    def load(self, *args: Any, **kwargs: Any) -> type:
        """The executor, imported only when LocalStack asks for it."""
        from .lambda_.executor import ProcessExecutor

        return ProcessExecutor


class FrontPlugin(RuntimeServerPlugin):
    """`GATEWAY_SERVER=front`."""

    name = "front"

    def load(self, *args: Any, **kwargs: Any) -> RuntimeServer:
        """The server, imported only when LocalStack asks for it."""
        from .lambda_ import data_plane
        from .server.front.listener import Front

        return Front(data_plane.gateway_for)


@aws_provider()
def apigatewayv2() -> Service:
    """HTTP and WebSocket APIs: LocalStack 4.9.2 has none."""
    from .apigatewayv2 import provider

    return provider.apigatewayv2()


@aws_provider()
def apigatewaymanagementapi() -> Service:
    """Connections of WebSocket APIs."""
    from .apigatewayv2 import provider

    return provider.apigatewaymanagementapi()


@aws_provider(api="dynamodb", name="moto")
def dynamodb() -> Service:
    """DynamoDB, by moto."""
    from .dynamodb import provider

    return provider.dynamodb()


@aws_provider(api="dynamodbstreams", name="moto")
def dynamodbstreams() -> Service:
    """DynamoDB Streams, by moto."""
    from .dynamodb import provider

    return provider.dynamodbstreams()


@aws_provider(api="kinesis", name="moto")
def kinesis() -> Service:
    """Kinesis, by moto."""
    from .kinesis import provider

    return provider.kinesis()


class ApiGatewayV2ResourcePlugin(Plugin):
    """A resource type of CloudFormation's, `AWS::ApiGatewayV2::…`."""

    namespace = "localstack.cloudformation.resource_providers"
    kind = ""

    def __init__(self) -> None:
        self.factory: Callable[[], Any] | None = None

    def load(self, *args: Any, **kwargs: Any) -> None:
        """Name what makes the type's provider."""
        from .apigatewayv2.resource_providers import ApiGatewayV2Provider

        self.factory = partial(ApiGatewayV2Provider, self.kind)


class ApiGatewayResourcePlugin(Plugin):
    """A resource type of CloudFormation's, `AWS::ApiGateway::…`, that LocalStack has not."""

    namespace = "localstack.cloudformation.resource_providers"
    kind = ""

    def __init__(self) -> None:
        self.factory: Callable[[], Any] | None = None

    def load(self, *args: Any, **kwargs: Any) -> None:
        """Name what makes the type's provider."""
        from .apigateway.resource_providers import ApiGatewayProvider

        self.factory = partial(ApiGatewayProvider, self.kind)


class RestAuthorizer(ApiGatewayResourcePlugin):
    """An authorizer of a REST API."""

    name, kind = "AWS::ApiGateway::Authorizer", "Authorizer"


class DocumentationPart(ApiGatewayResourcePlugin):
    """Documentation of a part of a REST API."""

    name, kind = "AWS::ApiGateway::DocumentationPart", "DocumentationPart"


class DocumentationVersion(ApiGatewayResourcePlugin):
    """A version of a REST API's documentation."""

    name, kind = "AWS::ApiGateway::DocumentationVersion", "DocumentationVersion"


def _resource(kind: str) -> type[ApiGatewayV2ResourcePlugin]:
    return type(f"{kind}Plugin", (ApiGatewayV2ResourcePlugin,), {"name": f"AWS::ApiGatewayV2::{kind}", "kind": kind})


Api, Authorizer, Deployment, Integration = map(_resource, ("Api", "Authorizer", "Deployment", "Integration"))
Model, Route, RouteResponse, Stage = map(_resource, ("Model", "Route", "RouteResponse", "Stage"))


class SmallTypePlugin(Plugin):
    """A resource type of CloudFormation's that LocalStack has not, and that needs little."""

    namespace = "localstack.cloudformation.resource_providers"

    def __init__(self) -> None:
        self.factory: Callable[[], Any] | None = None

    def load(self, *args: Any, **kwargs: Any) -> None:
        """Name what makes the type's provider."""
        from .cloudformation.small_types import SmallTypeProvider

        self.factory = partial(SmallTypeProvider, self.name)


def _small(name: str) -> type[SmallTypePlugin]:
    return type(f"{name.rpartition(':')[2]}Plugin", (SmallTypePlugin,), {"name": name})


Archive, Dashboard = _small("AWS::Events::Archive"), _small("AWS::CloudWatch::Dashboard")
GroupPolicy, RolePolicy, UserPolicy = map(
    _small, ("AWS::IAM::GroupPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy")
)
MetricFilter, QueueInlinePolicy = _small("AWS::Logs::MetricFilter"), _small("AWS::SQS::QueueInlinePolicy")
