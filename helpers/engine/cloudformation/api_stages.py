"""What LocalStack 4.9.2's `AWS::ApiGateway::Stage` leaves out: MethodSettings and AccessLogSetting. And
`AWS::ApiGateway::Account`, which fails without its only property, CloudWatchRoleArn ("Required: No").

The properties, and how a method's path is written ("/*", "/~1items~1{id}"), are those of the CloudFormation Template
Reference, "AWS::ApiGateway::Stage MethodSetting" and "AccessLogSetting"; the paths of patch operations those of the API
Gateway API Reference, "Patch Operations", Stage (2026-11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from localstack.services.cloudformation.resource_provider import ResourceRequest

SETTINGS = {
    "CacheDataEncrypted": "caching/dataEncrypted",
    "CacheTtlInSeconds": "caching/ttlInSeconds",
    "CachingEnabled": "caching/enabled",
    "DataTraceEnabled": "logging/dataTrace",
    "LoggingLevel": "logging/loglevel",
    "MetricsEnabled": "metrics/enabled",
    "ThrottlingBurstLimit": "throttling/burstLimit",
    "ThrottlingRateLimit": "throttling/rateLimit",
}
Operation = dict[str, str]


def create_account(original: Callable[..., Any], self: Any, request: ResourceRequest) -> Any:
    """`ApiGatewayAccountProvider.create`."""
    request.desired_state.setdefault("CloudWatchRoleArn", "")
    return original(self, request)


def settle(request: ResourceRequest, name: str) -> None:
    """Set what a new stage, or one that was changed, is to have."""
    before, now = request.previous_state or {}, request.desired_state
    operations = [*_taken_away(before, now), *_settings(now), *_access_logs(now)]
    if operations:
        gateway = request.aws_client_factory.apigateway
        gateway.update_stage(restApiId=now["RestApiId"], stageName=name, patchOperations=operations)


def as_templates(found: dict[str, Any], given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the MethodSettings of a stage as templates have them; the paths of those that are given as given there."""
    where = ("HttpMethod", "ResourcePath")
    paths = {
        _path(one): {name: one[name] for name in where if name in one} for one in given.get("MethodSettings") or []
    }
    listed = []
    for path, settings in found.items():
        resource, _, method = path.rpartition("/")
        place = paths.get(f"/{path}", {"ResourcePath": f"/{resource}", "HttpMethod": method})
        listed.append({**place, **{name[0].upper() + name[1:]: value for name, value in settings.items()}})
    return listed


def _settings(model: dict[str, Any]) -> Iterator[Operation]:
    for given in model.get("MethodSettings") or []:
        where = _path(given)
        for name, path in SETTINGS.items():
            if given.get(name) is not None:
                yield {"op": "replace", "path": f"{where}/{path}", "value": _text(given[name])}


def _access_logs(model: dict[str, Any]) -> Iterator[Operation]:
    given = model.get("AccessLogSetting") or {}
    for name in ("DestinationArn", "Format"):
        if given.get(name):
            key = name[0].lower() + name[1:]
            yield {"op": "replace", "path": f"/accessLogSettings/{key}", "value": str(given[name])}


def _taken_away(before: dict[str, Any], now: dict[str, Any]) -> Iterator[Operation]:
    if before.get("AccessLogSetting") and not now.get("AccessLogSetting"):
        yield {"op": "remove", "path": "/accessLogSettings"}
    kept = {_path(given) for given in now.get("MethodSettings") or []}
    for given in before.get("MethodSettings") or []:
        if given.get("LoggingLevel") and _path(given) not in kept:
            yield {"op": "replace", "path": f"{_path(given)}/{SETTINGS['LoggingLevel']}", "value": "OFF"}


def _path(setting: dict[str, Any]) -> str:
    """The beginning of a patch operation's path, for a setting's ResourcePath and HttpMethod."""
    path = str(setting.get("ResourcePath") or "/*").lstrip("/")
    if path != "*" and not path.startswith("~1"):
        path = "~1" + path.replace("/", "~1")
    return f"/{path}/{setting.get('HttpMethod') or '*'}"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
