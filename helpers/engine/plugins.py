"""What plux finds through pyproject.toml's entry points: our executor, and services that are ours.

It imports this module to see what there is, so what is only needed once a service is used is imported then.
"""

from __future__ import annotations

from typing import Any

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """`LAMBDA_RUNTIME_EXECUTOR=processes`."""

    name = "processes"

    def load(self, *args: Any, **kwargs: Any) -> type:
        """The executor, imported only when LocalStack asks for it."""
        from .lambda_.executor import ProcessExecutor

        return ProcessExecutor


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
