"""What an API consists of: each kind of resource, what names it, and the fields that AWS adds.

Sources: API Gateway Version 2 API Reference, "Create…" of each kind (2026-11); messages for what is not there as moto
has them from AWS (`moto.apigatewayv2.exceptions`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .apis import Api, Fields

Defaults = Callable[[Api, Fields], Fields]


def _integration(api: Api, given: Fields) -> Fields:
    added: Fields = {"ConnectionType": "INTERNET", "TimeoutInMillis": 30000 if api.is_http else 29000}
    if given.get("IntegrationType") == "AWS_PROXY" and "IntegrationSubtype" not in given:
        added["IntegrationMethod"] = "POST"
    if not api.is_http:
        added["PayloadFormatVersion"] = "1.0"
        added["PassthroughBehavior"] = "WHEN_NO_MATCH"
    return added


def _stage(api: Api, given: Fields) -> Fields:
    settings: Fields = {"DetailedMetricsEnabled": False}
    if not api.is_http:
        settings |= {"DataTraceEnabled": False, "LoggingLevel": "OFF"}
    empty: Fields = {"RouteSettings": {}, "StageVariables": {}, "Tags": {}, "AutoDeploy": False}
    return {**empty, "DefaultRouteSettings": settings, "CreatedDate": now(), "LastUpdatedDate": now()}


def _authorizer(api: Api, given: Fields) -> Fields:
    return {"AuthorizerPayloadFormatVersion": "1.0"} if not api.is_http else {}


def _route(api: Api, given: Fields) -> Fields:
    return {"ApiKeyRequired": False, "AuthorizationType": "NONE"}


def _deployment(api: Api, given: Fields) -> Fields:
    return {"AutoDeployed": False, "CreatedDate": now(), "DeploymentStatus": "DEPLOYED"}


def _nothing(api: Api, given: Fields) -> Fields:
    return {}


@dataclass(frozen=True)
class Kind:
    """`keys`: the parameters that name one, below its API's; `parent`: the kind that the first of two keys names.

    `generated`: whether AWS makes up the last of them; `deployed`: whether a change is live only once it is deployed.
    """

    name: str
    keys: tuple[str, ...]
    defaults: Defaults = field(default=_nothing)
    parent: str = ""
    generated: bool = True
    deployed: bool = True

    @property
    def not_found(self) -> str:
        """The start of the message for one that is not there; the id follows."""
        return f"Invalid {self.name} identifier specified"


KINDS = {
    kind.name: kind
    for kind in (
        Kind("Authorizer", ("AuthorizerId",), _authorizer),
        Kind("Deployment", ("DeploymentId",), _deployment, deployed=False),
        Kind("Integration", ("IntegrationId",), _integration),
        Kind("IntegrationResponse", ("IntegrationId", "IntegrationResponseId"), parent="Integration"),
        Kind("Model", ("ModelId",)),
        Kind("Route", ("RouteId",), _route),
        Kind("RouteResponse", ("RouteId", "RouteResponseId"), parent="Route"),
        Kind("Stage", ("StageName",), _stage, generated=False, deployed=False),
    )
}


def now() -> datetime:
    """The time, as answers give it: in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
