"""Tags of APIs and stages: TagResource, UntagResource, GetTags."""

from __future__ import annotations

from urllib.parse import unquote

from localstack.aws.api import RequestContext

from . import apis
from .apis import Api, Fields
from .errors import not_found


def _find(context: RequestContext, request: Fields) -> tuple[Api, str]:
    """The API of an ARN, arn:aws:apigateway:us-east-1::/apis/ID or …/ID/stages/NAME, and the stage's name."""
    arn = unquote(request["ResourceArn"])
    _, _, api_id, *rest = arn.partition("/apis")[2].split("/") if "/apis/" not in arn else arn.split("/")
    api = apis.find(api_id)
    stage = rest[1] if len(rest) == 2 and rest[0] == "stages" else ""
    if api is None or api.account != context.account_id or (stage and api.stage(stage) is None):
        raise not_found("Invalid resource identifier specified")
    return api, stage


def _change(api: Api, stage: str, tags: dict[str, str]) -> None:
    with api.lock:
        if stage:
            api.of_kind("Stage")[(stage,)] = {**api.of_kind("Stage")[(stage,)], "Tags": tags}
        else:
            api.fields = {**api.fields, "Tags": tags}


def _tags(api: Api, stage: str) -> dict[str, str]:
    fields = api.of_kind("Stage")[(stage,)] if stage else api.fields
    return dict(fields.get("Tags") or {})


def get_tags(context: RequestContext, request: Fields) -> Fields:
    """GetTags."""
    return {"Tags": _tags(*_find(context, request))}


def tag_resource(context: RequestContext, request: Fields) -> None:
    """TagResource."""
    where = _find(context, request)
    _change(*where, _tags(*where) | (request.get("Tags") or {}))


def untag_resource(context: RequestContext, request: Fields) -> None:
    """UntagResource."""
    where = _find(context, request)
    _change(*where, {name: value for name, value in _tags(*where).items() if name not in request["TagKeys"]})
