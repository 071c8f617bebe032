"""PutRestApi with the mode `merge`, which is the default: what the document does not define stays as it was.

"In the merge mode, API Gateway retains existing resources and methods that the definition does not have" (API Gateway
Developer Guide, "Import a REST API into API Gateway", and API reference, "PutRestApi", 2026-11). LocalStack 4.9.2
removes all resources in both modes. Resources and methods are moto's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.services.apigateway.helpers import get_apigateway_store

Resources = Mapping[str, Any]  # by their paths


def by_path(rest_api: Any) -> dict[str, Any]:
    """The resources of an API."""
    return {resource.get_path(): resource for resource in rest_api.resources.values()}


def merge(context: RequestContext, rest_api: Any, before: Resources) -> None:
    """Add to an API that was imported anew what it had before."""
    now = by_path(rest_api)
    children = get_apigateway_store(context=context).rest_apis[rest_api.id].resource_children
    for path in sorted(before, key=len):  # parents first
        old = before[path]
        if path in now:
            old.resource_methods.update(now[path].resource_methods)
            now[path].resource_methods.update(old.resource_methods)
            continue
        parent = now[path.rpartition("/")[0] or "/"]
        old.parent_id = parent.id
        rest_api.resources[old.id] = now[path] = old
        if old.id not in children.setdefault(parent.id, []):
            children[parent.id].append(old.id)
