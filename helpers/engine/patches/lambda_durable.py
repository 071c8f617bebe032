"""Rows for durable functions, which came after LocalStack's release."""

from __future__ import annotations

from ..lambda_.durable import configurations, starts
from ..patching import Patch

LAMBDA = "localstack.services.lambda_"
PROVIDER = f"{LAMBDA}.provider:LambdaProvider"

ROWS = (
    Patch(
        f"{LAMBDA}.provider:VersionFunctionConfiguration",
        configurations.DurableVersionFunctionConfiguration,
        "fdf25b90ec40",
        "has no place for DurableConfig",
        left_in=f"{LAMBDA}.invocation.lambda_models",
    ),
    Patch(
        f"{PROVIDER}.update_function_configuration",
        configurations.keep,
        "c438de4cab47",
        "drops DurableConfig",
        around=True,
    ),
    Patch(f"{LAMBDA}.api_utils:map_config_out", configurations.map_config_out, "e409ff713596", "the same", around=True),
    Patch(f"{PROVIDER}.invoke", starts.invoke, "3223b4d8ca5b", "answers without DurableExecutionArn", around=True),
)
