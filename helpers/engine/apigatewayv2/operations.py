"""Every operation of the service by its name: what answers it, or that it is not part of this engine."""

from __future__ import annotations

from functools import partial
from typing import Any

from botocore.model import OperationModel, ServiceModel
from localstack.aws.api import RequestContext
from localstack.aws.skeleton import DispatchTable

from . import control_plane, imports, lambda_authorizers, tags
from .apis import Fields
from .control_plane import Operation
from .resource_kinds import KINDS, now


def _delete_part(context: RequestContext, request: Fields, kind: str, name: str, key: str = "") -> None:
    """Remove one of a resource's fields, or one entry (of the request's parameter `key`) of it."""
    api, where, before = control_plane.find(context, request, KINDS[kind])
    with api.lock:
        kept = {other: value for other, value in before.items() if other != name}
        if key:
            kept[name] = {other: value for other, value in (before.get(name) or {}).items() if other != request[key]}
        api.of_kind(kind)[where] = kept | ({"LastUpdatedDate": now()} if kind == "Stage" else {})


def _reset_authorizers_cache(context: RequestContext, request: Fields) -> None:
    api, _, stage = control_plane.find(context, request, KINDS["Stage"])
    lambda_authorizers.forget(api.id, stage["StageName"])


def _none(context: RequestContext, request: Fields) -> Fields:
    return {"Items": []}


OPERATIONS: dict[str, Operation] = {
    **{f"Create{kind.name}": partial(control_plane.create, kind) for kind in KINDS.values()},
    **{f"Get{kind.name}": partial(control_plane.get, kind) for kind in KINDS.values()},
    **{f"Get{kind.name}s": partial(control_plane.get_all, kind) for kind in KINDS.values()},
    **{f"Update{kind.name}": partial(control_plane.update, kind) for kind in KINDS.values()},
    **{f"Delete{kind.name}": partial(control_plane.delete, kind) for kind in KINDS.values()},
    "CreateDeployment": control_plane.create_deployment,
    "CreateApi": control_plane.create_api,
    "GetApi": control_plane.get_api,
    "GetApis": control_plane.get_apis,
    "UpdateApi": control_plane.update_api,
    "DeleteApi": control_plane.delete_api,
    "DeleteCorsConfiguration": control_plane.delete_cors_configuration,
    "ImportApi": imports.import_api,
    "ReimportApi": imports.reimport_api,
    "ExportApi": imports.export_api,
    "GetTags": tags.get_tags,
    "TagResource": tags.tag_resource,
    "UntagResource": tags.untag_resource,
    "DeleteAccessLogSettings": partial(_delete_part, kind="Stage", name="AccessLogSettings"),
    "DeleteRouteSettings": partial(_delete_part, kind="Stage", name="RouteSettings", key="RouteKey"),
    "ResetAuthorizersCache": _reset_authorizers_cache,
    # There are none (`server.not_here`), and whoever asks may know.
    "GetDomainNames": _none,
    "GetVpcLinks": _none,
}


def dispatch_table(service: ServiceModel) -> DispatchTable:
    """What LocalStack calls for each operation of botocore's model."""
    return {name: partial(_answer, service.operation_model(name)) for name in service.operation_names}


def _answer(operation: OperationModel, context: RequestContext, request: Any) -> Fields:
    if operation.name not in OPERATIONS:
        raise NotImplementedError
    given = {name: value for name, value in (request or {}).items() if value is not None}
    answer = OPERATIONS[operation.name](context, given) or {}
    members = operation.output_shape.members if operation.output_shape else {}
    return {name: value for name, value in answer.items() if name in members and value is not None}
