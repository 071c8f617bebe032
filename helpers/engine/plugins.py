"""What plux finds through pyproject.toml's entry points: our executor, under the name LocalStack asks for."""

from __future__ import annotations

from typing import Any

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """`LAMBDA_RUNTIME_EXECUTOR=processes`."""

    name = "processes"

    def load(self, *args: Any, **kwargs: Any) -> type:
        """The executor, imported only when LocalStack asks for it."""
        from .lambda_.executor import ProcessExecutor

        return ProcessExecutor
