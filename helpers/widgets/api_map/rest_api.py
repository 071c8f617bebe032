"""A REST API of API Gateway as it stands, read for the map by three calls.

`read` asks GetRestApi, GetResources and GetStages, and GetDeployment once for each deployment that a stage uses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

LAMBDA = re.compile(r":lambda:path/[\d-]+/functions/(?:arn:aws:lambda:[^:]*:[^:]*:function:)?(.+)/invocations$")
SERVICE = re.compile(r"^arn:aws:apigateway:[^:]*:(?:[\w-]+\.)?([\w-]+):(?:path|action)/(.*)$")


@dataclass(frozen=True)
class Method:
    """One verb of a resource. `integration`: AWS_PROXY, AWS, HTTP_PROXY, HTTP, MOCK, or None as long as there is none.

    `target` says in words what the integration calls, `notes` what API Gateway asks for or checks before.
    `stages`: where it is live, names of stages whose deployment holds it.
    """

    path: str
    verb: str
    integration: str | None = None
    target: str = ""
    notes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    @property
    def live(self) -> bool:
        """Whether a caller can reach it through a stage."""
        return bool(self.stages)


@dataclass(frozen=True)
class Stage:
    """A stage: name, id of its deployment, variables."""

    name: str
    deployment: str
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RestApi:
    """An API: id, name, the paths of its resources in order, its methods, its stages."""

    id: str
    name: str
    paths: tuple[str, ...]
    methods: tuple[Method, ...] = ()
    stages: tuple[Stage, ...] = ()


def read(client: Any, api_id: str) -> RestApi:
    """Return the API as it stands. `client` is a boto3 client for apigateway.

    Raises: botocore.exceptions.ClientError, NotFoundException if there is no such API.
    """
    name = client.get_rest_api(restApiId=api_id)["name"]
    stages = tuple(
        Stage(stage["stageName"], stage["deploymentId"], tuple(sorted(stage.get("variables", {}).items())))
        for stage in sorted(client.get_stages(restApiId=api_id)["item"], key=lambda stage: stage["stageName"])
    )
    live = {stage.name: _deployed(client, api_id, stage.deployment) for stage in stages}
    pages = client.get_paginator("get_resources").paginate(restApiId=api_id, embed=["methods"])
    resources = sorted((item for page in pages for item in page["items"]), key=lambda item: item["path"])
    methods = [
        _method(resource["path"], verb, found, live)
        for resource in resources
        for verb, found in sorted(resource.get("resourceMethods", {}).items())
    ]
    return RestApi(api_id, name, tuple(resource["path"] for resource in resources), tuple(methods), stages)


def _deployed(client: Any, api_id: str, deployment: str) -> set[tuple[str, str]]:
    summary = client.get_deployment(restApiId=api_id, deploymentId=deployment, embed=["apisummary"])
    return {(path, verb) for path, verbs in summary.get("apiSummary", {}).items() for verb in verbs}


def _method(path: str, verb: str, found: dict[str, Any], live: dict[str, set[tuple[str, str]]]) -> Method:
    integration = found.get("methodIntegration", {})
    notes = []
    if found.get("apiKeyRequired"):
        notes.append("API key")
    if found.get("authorizationType", "NONE") != "NONE":
        notes.append(found["authorizationType"])
    notes += [f"model {model}" for model in found.get("requestModels", {}).values() if found.get("requestValidatorId")]
    stages = tuple(stage for stage, methods in live.items() if (path, verb) in methods)
    return Method(path, verb, integration.get("type"), target(integration), tuple(notes), stages)


def target(integration: dict[str, Any]) -> str:
    """Return what an integration calls: "Lambda HelloWorld, as lab04-gateway", "sqs lab04-orders", a URL,
    "API Gateway itself" for a mock, or nothing."""
    if integration.get("type") == "MOCK":
        return "API Gateway itself"
    uri = integration.get("uri", "")
    if found := LAMBDA.search(uri):
        text = f"Lambda {found[1]}"
    elif found := SERVICE.match(uri):
        text = f"{found[1]} {found[2].rpartition('/')[2]}"
    else:
        text = uri
    role = integration.get("credentials", "").rpartition("/")[2]
    return f"{text}, as {role}" if role else text


def resource_ids(client: Any, api_id: str) -> dict[str, str]:
    """Return {path: id} of the API's resources."""
    pages = client.get_paginator("get_resources").paginate(restApiId=api_id)
    return {item["path"]: item["id"] for page in pages for item in page["items"]}


def resource_of(paths: Iterable[str], path: str) -> str | None:
    """Return the resource that serves `path`, as API Gateway chooses: a plain name before {name}, that before {name+}.

    >>> resource_of(["/", "/users/{id}", "/{hello+}"], "/users/7")
    '/users/{id}'
    """
    found = [candidate for candidate in paths if re.fullmatch(_pattern(candidate), path.rstrip("/") or "/")]
    kinds = [[2 if part.endswith("+}") else 1 if part[:1] == "{" else 0 for part in one.split("/")] for one in found]
    return min(zip(kinds, found, strict=True))[1] if found else None


def _pattern(resource: str) -> str:
    parts = (
        ".+" if part.endswith("+}") else "[^/]+" if part[:1] == "{" else re.escape(part) for part in resource.split("/")
    )
    return "/".join(parts)
