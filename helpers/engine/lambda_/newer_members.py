"""Settings of Lambda that came after LocalStack 4.9.2: where `server.newer_members` looks for them."""

from __future__ import annotations

OPERATIONS = (
    "AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion PublishVersion "
    "PutFunctionEventInvokeConfig UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration "
    "UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig"
)
