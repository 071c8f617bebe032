"""Publishing a version only if something has changed since the last one.

"Lambda doesn't publish a version if the function's configuration and code haven't changed since the last version" (AWS
Lambda API Reference, "PublishVersion", 2026-11): it answers with the last one. LocalStack 4.9.2 asks whether an update
was made, so one with the same archive or the same values counts as a change.

The description of `$LATEST` is configuration and counts; the one that PublishVersion is given does not (LocalStack's
tests that were validated on AWS: test_version_lifecycle, test_publish_version_on_create).

And not while the function is created or updated: ResourceConflictException, in the words that deployment tools quote
("Lambda function states", Developer Guide, 2026-11; serverless/serverless, issue 10211).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import LastUpdateStatus, ResourceConflictException, State
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.invocation.lambda_models import Function, FunctionVersion, VersionFunctionConfiguration
from localstack.services.lambda_.invocation.models import lambda_stores

from . import versions

# What no caller sets: states and times; or what is compared by what is in it.
NOT_SET = {"internal_revision", "last_modified", "last_update", "revision_id", "state"}
BY_CONTENT = {"code", "layers", "snap_start"}


def refuse_unsettled(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before PublishVersion. Raises: ResourceConflictException (409) while the function changes."""
    function, _, arn = versions.find(context)
    config = function.latest().config if function else None
    if config and config.state.state == State.Pending:
        reason = f"The function is currently in the following state: Pending: {arn}"
    elif config and config.last_update and config.last_update.status == LastUpdateStatus.InProgress:
        reason = f"An update is in progress for resource: {arn}"
    else:
        return
    raise ResourceConflictException(f"The operation cannot be performed at this time. {reason}", Type="User")


def create_version_model(
    original: Callable[..., Any], self: Any, function_name: str, region: str, account_id: str, **more: Any
) -> tuple[FunctionVersion, bool]:
    """Wrap `LambdaProvider._create_version_model`: return (the version, whether it is new)."""
    function = lambda_stores[account_id][region].functions.get(function_name)
    if function is None:
        return original(self, function_name, region, account_id, **more)
    published = _published(function)
    latest = function.latest().config
    last = function.versions.get(str(function.next_version - 1))
    if last and published.get(last.id.qualifier) == content(latest):
        # LocalStack compares these two, after it has checked RevisionId and CodeSha256. Frozen or not, it is written in
        # place: a thread of LocalStack's replaces the version when its state changes, and must not be overtaken.
        object.__setattr__(last.config, "internal_revision", latest.internal_revision)
    version, new = original(self, function_name, region, account_id, **more)
    if new:
        published[version.id.qualifier] = content(latest)
    return version, new


def _published(function: Function) -> dict[str, dict[str, Any]]:
    """{version: content}, kept in LocalStack's own record of the function, so that it ends with it."""
    contents: dict[str, dict[str, Any]] = vars(function).setdefault("published_contents", {})
    return contents


def content(config: VersionFunctionConfiguration) -> dict[str, Any]:
    """Return what callers set in a configuration, {field: value}; unset and empty are equal."""
    names = {field.name for field in dataclasses.fields(config)} - NOT_SET - BY_CONTENT
    return {name: getattr(config, name) or None for name in names} | {
        "code": config.code and config.code.code_sha256,
        "layers": [layer.layer_version_arn for layer in config.layers],
        "snap_start": config.snap_start["ApplyOn"],
    }
