"""Rows that wait until a service is first used, because they import what no other service needs.

LocalStack loads a service at its first request, from outside or from another service. Its rows are applied just before.
"""

from __future__ import annotations

import importlib
from typing import Any

from ..patching import Patch
from ..server import garbage

# boto3's name of a service: the module of this folder that has its `ROWS`.
MODULES = {
    "apigateway": "apigateway",
    "cloudformation": "cloudformation",
    "cloudwatch": "cloudwatch",
    "dynamodb": "dynamodb",
    "dynamodbstreams": "dynamodbstreams",
    "events": "events",
    "kinesis": "kinesis",
    "logs": "logs_queries",
    "s3": "s3",
    "scheduler": "scheduler",
    "sns": "sns",
    "stepfunctions": "stepfunctions",
}


def load_service_plugin(original: Any, self: Any, name: str) -> Any:
    """Wrap `ServicePluginManager._load_service_plugin`, which runs once a service, under a lock of that service."""
    with garbage.postponed():
        for row in rows(name):
            row.apply()
        return original(self, name)


def rows(service: str) -> tuple[Patch, ...]:
    """The rows that wait for a service; none for most."""
    if service not in MODULES:
        return ()
    module = importlib.import_module(f"{__package__}.{MODULES[service]}")
    return tuple(module.ROWS)


ROWS = (
    Patch(
        "localstack.services.plugins:ServicePluginManager._load_service_plugin",
        load_service_plugin,
        "621446a763a7",
        "knows nothing of rows that wait",
        around=True,
    ),
)
