"""GetFunctionUrlConfig and ListFunctionUrlConfigs say how a function is called, whoever made its URL without saying so.

`InvokeMode` is BUFFERED then, and CreateFunctionUrlConfig's answer has none (recorded on AWS: LocalStack's tests
TestLambdaUrl, "url_creation", "get_url_config" and "list_all"). LocalStack 4.9.2 leaves it out everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

DEFAULT = "BUFFERED"


def get_function_url_config(original: Callable[..., Any], self: Any, *where: Any, **more: Any) -> Any:
    """`GetFunctionUrlConfig`."""
    return _complete(original(self, *where, **more))


def list_function_url_configs(original: Callable[..., Any], self: Any, *where: Any, **more: Any) -> Any:
    """`ListFunctionUrlConfigs`."""
    answer = original(self, *where, **more)
    return {**answer, "FunctionUrlConfigs": [_complete(one) for one in answer["FunctionUrlConfigs"]]}


def _complete(config: dict[str, Any]) -> dict[str, Any]:
    return {**config, "InvokeMode": config.get("InvokeMode") or DEFAULT}
