"""Dashboards: their bodies are kept, and nothing is drawn of them.

API Reference, "PutDashboard", "GetDashboard" and "DeleteDashboards" (2026-11). LocalStack 4.9.2 takes any text for a
body, deletes what is not there, and says 225 bytes of each.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.cloudwatch.models import cloudwatch_stores


def put_dashboard(
    original: Callable[..., Any],
    self: Any,
    context: RequestContext,
    dashboard_name: str,
    dashboard_body: str,
    **_: Any,
) -> dict[str, Any]:
    """Wrap `CloudwatchProvider.put_dashboard`. Raises: InvalidParameterInput for a body that is no JSON object."""
    try:
        is_object = isinstance(json.loads(dashboard_body), dict)
    except (ValueError, RecursionError):
        is_object = False
    if not is_object:
        message = "The field DashboardBody must be a valid JSON object"
        raise CommonServiceException("InvalidParameterInput", message, 400, True)
    original(self, context, dashboard_name, dashboard_body)
    kept = cloudwatch_stores[context.account_id][context.region].dashboards[dashboard_name]
    kept.size = len(dashboard_body.encode())
    return {"DashboardValidationMessages": []}


def get_dashboard(
    original: Callable[..., Any], self: Any, context: RequestContext, dashboard_name: str, **_: Any
) -> Any:
    """Wrap `CloudwatchProvider.get_dashboard`. Raises: ResourceNotFound."""
    _refuse_unknown(context, [dashboard_name])
    return original(self, context, dashboard_name)


def delete_dashboards(
    original: Callable[..., Any], self: Any, context: RequestContext, dashboard_names: list[str], **_: Any
) -> Any:
    """Wrap `CloudwatchProvider.delete_dashboards`: all of them, or none. Raises: ResourceNotFound."""
    _refuse_unknown(context, dashboard_names)
    return original(self, context, dashboard_names)


def _refuse_unknown(context: RequestContext, names: list[str]) -> None:
    kept = cloudwatch_stores[context.account_id][context.region].dashboards
    if unknown := [name for name in names if name not in kept]:
        raise CommonServiceException("ResourceNotFound", f"Dashboard {', '.join(unknown)} does not exist", 404, True)
