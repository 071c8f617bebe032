"""The operations of the API: create, get, update, delete, the same for every kind of resource.

An answer has the members of the operation's output in botocore's service model, as far as they are there. Lists come in
pages where MaxResults asks for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext

from . import apis, deployments, quick_create, validation, websocket_connections
from .addresses import published, unpublished, url
from .apis import Api, Fields, Key
from .errors import bad_request, conflict, not_found
from .resource_kinds import KINDS, Kind, now

Operation = Callable[[RequestContext, Fields], Fields | None]
NEVER_CHANGED = ("ApiId", "ProtocolType", "Tags", "StageName")
QUICK = ("Target", "RouteKey", "CredentialsArn")
# Maps that an update adds to; an empty value removes an entry. (That is how Terraform's provider removes one, 2026-11.)
ADDED_TO = {"Integration": ("RequestParameters", "ResponseParameters"), "Stage": ("StageVariables", "RouteSettings")}


def find_api(context: RequestContext, request: Fields) -> Api:
    """The API that a request names, in its account and region. Raises: NotFoundException."""
    api = apis.find(request["ApiId"])
    if api is None or (api.account, api.region) != (context.account_id, context.region):
        raise not_found(f"Invalid API identifier specified {context.account_id}:{request['ApiId']}")
    return api


def find(context: RequestContext, request: Fields, kind: Kind) -> tuple[Api, Key, Fields]:
    """The resource that a request names, with its API and its key. Raises: NotFoundException."""
    api = find_api(context, request)
    key = tuple(request[name] for name in kind.keys)
    if key not in api.of_kind(kind.name):
        raise not_found(f"{kind.not_found} {key[-1]}" if kind.name != "Stage" else "Invalid stage identifier specified")
    return api, key, api.of_kind(kind.name)[key]


# -- APIs ----------------------------------------------------------------------------------------------------------


def create_api(context: RequestContext, request: Fields) -> Fields:
    """CreateApi; with a Target, what quick create makes."""
    given = {name: value for name, value in request.items() if name not in QUICK}
    api = make_api(context, given)
    if "Target" in request:
        quick_create.complete(api, request)
    apis.add(api)
    published(api)
    return api.fields


def make_api(context: RequestContext, given: Fields) -> Api:
    """A new API, which nobody can find yet."""
    http = given.get("ProtocolType") == "HTTP"
    api_id = apis.new_id(10)
    fields: Fields = {
        "ApiKeySelectionExpression": "$request.header.x-api-key",
        "DisableExecuteApiEndpoint": False,
        "IpAddressType": "ipv4",
        "Tags": {},
        **({"RouteSelectionExpression": "$request.method $request.path"} if http else {}),
        **given,
        "ApiId": api_id,
        "ApiEndpoint": url(api_id, http),
        "CreatedDate": now(),
    }
    validation.check_api(fields)
    return Api(context.account_id, context.region, fields)


def get_api(context: RequestContext, request: Fields) -> Fields:
    """GetApi."""
    return find_api(context, request).fields


def get_apis(context: RequestContext, request: Fields) -> Fields:
    """GetApis."""
    return page([api.fields for api in apis.of_account(context.account_id, context.region)], request)


def update_api(context: RequestContext, request: Fields) -> Fields:
    """UpdateApi; Target and RouteKey change what quick create has made."""
    api = find_api(context, request)
    changes = {name: value for name, value in request.items() if name not in (*NEVER_CHANGED, *QUICK)}
    with api.lock:
        changed = {**api.fields, **changes}
        validation.check_api(changed)
        api.fields = changed
        quick_create.change(api, request)
        deployments.deploy_automatically(api)
    return api.fields


def delete_api(context: RequestContext, request: Fields) -> None:
    """DeleteApi."""
    api = find_api(context, request)
    unpublished(api)
    apis.remove(api.id)
    websocket_connections.close_all(api.id)


def delete_cors_configuration(context: RequestContext, request: Fields) -> None:
    """DeleteCorsConfiguration."""
    api = find_api(context, request)
    with api.lock:
        api.fields = {name: value for name, value in api.fields.items() if name != "CorsConfiguration"}
        deployments.deploy_automatically(api)


# -- what belongs to one -------------------------------------------------------------------------------------------


def create(kind: Kind, context: RequestContext, request: Fields) -> Fields:
    """CreateRoute, CreateStage, …"""
    api = find_api(context, request)
    if kind.parent:
        find(context, request, KINDS[kind.parent])
    with api.lock:
        return add(api, kind, {name: value for name, value in request.items() if name != "ApiId"})


def add(api: Api, kind: Kind, given: Fields) -> Fields:
    """Add a resource to an API, and deploy that where this is done automatically."""
    fields = {**kind.defaults(api, given), **given}
    if kind.generated:
        fields[kind.keys[-1]] = apis.new_id()
    key = tuple(fields[name] for name in kind.keys)
    if key in api.of_kind(kind.name):
        raise conflict(f"{kind.name} already exists")
    validation.check(api, kind.name, fields, key)
    api.of_kind(kind.name)[key] = fields
    if kind.deployed or fields.get("AutoDeploy"):
        deployments.deploy_automatically(api)
    return api.of_kind(kind.name)[key]


def get(kind: Kind, context: RequestContext, request: Fields) -> Fields:
    """GetRoute, GetStage, …"""
    return find(context, request, kind)[2]


def get_all(kind: Kind, context: RequestContext, request: Fields) -> Fields:
    """GetRoutes, GetStages, …"""
    api = find_api(context, request)
    above = tuple(request[name] for name in kind.keys[:-1])
    return page([fields for key, fields in list(api.of_kind(kind.name).items()) if key[:-1] == above], request)


def update(kind: Kind, context: RequestContext, request: Fields) -> Fields:
    """UpdateRoute, UpdateStage, …: what the request has replaces what is there."""
    api, key, before = find(context, request, kind)
    with api.lock:
        changes = {name: value for name, value in request.items() if name not in (*NEVER_CHANGED, *kind.keys)}
        for name in ADDED_TO.get(kind.name, ()):
            if name in changes:
                entries = {**(before.get(name) or {}), **changes[name]}
                changes[name] = {entry: value for entry, value in entries.items() if value}
        changed = {**before, **changes}
        if kind.name == "Stage":
            changed["LastUpdatedDate"] = now()
        validation.check(api, kind.name, changed, key)
        api.of_kind(kind.name)[key] = changed
        if kind.deployed or changes.get("AutoDeploy"):
            deployments.deploy_automatically(api)
        return api.of_kind(kind.name)[key]


def delete(kind: Kind, context: RequestContext, request: Fields) -> None:
    """DeleteRoute, DeleteStage, …, with what is below it."""
    api, key, _ = find(context, request, kind)
    with api.lock:
        validation.check_unused(api, kind.name, key[-1])
        del api.of_kind(kind.name)[key]
        for below in KINDS.values():
            if below.parent == kind.name:
                for other in [other for other in api.of_kind(below.name) if other[:1] == key]:
                    del api.of_kind(below.name)[other]
        api.snapshots.pop(key[-1], None)
        if kind.name == "Stage":
            websocket_connections.close_all(api.id, key[-1])
        if kind.deployed:
            deployments.deploy_automatically(api)


def create_deployment(context: RequestContext, request: Fields) -> Fields:
    """CreateDeployment, and let a stage serve it."""
    api = find_api(context, request)
    with api.lock:
        stage = None
        if name := request.get("StageName"):
            stage = find(context, request, KINDS["Stage"])[2]
        validation.check_deployable(api)
        described = {"Description": request["Description"]} if "Description" in request else {}
        deployment_id = deployments.deploy(api, described)
        if name and stage:
            deployments.point(api, stage, deployment_id)
        return api.of_kind("Deployment")[(deployment_id,)]


def page(items: list[Any], request: Fields) -> Fields:
    """A page of a list: `MaxResults` of them from `NextToken` on, both texts, which is where the next page begins."""
    start, most = request.get("NextToken") or "0", request.get("MaxResults")
    if not (start.isdigit() and (most is None or str(most).isdigit())):
        raise bad_request("Invalid NextToken or MaxResults specified")
    end = int(start) + int(most) if most else len(items)
    more = {"NextToken": str(end)} if end < len(items) else {}
    return {"Items": items[int(start) : end], **more}
