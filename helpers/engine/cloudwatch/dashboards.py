"""Dashboards: their bodies are kept, and nothing is drawn of them.

API Reference, "PutDashboard", "GetDashboard" and "DeleteDashboards" (2026-11). LocalStack 4.9.2 takes any text for a
body, deletes what is not there, and says 225 bytes of each. Of a widget's mistakes AWS names more than we do: here a
metric or a log without a region (how AWS says so: aws-samples/aws-eda-slurm-cluster 116, pulumi/pulumi 13059).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn

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
    """Wrap `CloudwatchProvider.put_dashboard`. Raises: InvalidParameterInput for a body that is not as it must be."""
    try:
        body = json.loads(dashboard_body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        _refuse("The field DashboardBody must be a valid JSON object")
    if wrong := _mistakes(body):
        listed = json.dumps(wrong, indent=2)
        _refuse(f"The dashboard body is invalid, there are {len(wrong)} validation errors:\n{listed}")
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


def _mistakes(body: dict[str, Any]) -> list[dict[str, str]]:
    widgets = body.get("widgets")
    return [
        {"dataPath": f"/widgets/{number}/properties", "message": "Should have required property 'region'"}
        for number, widget in enumerate(widgets if isinstance(widgets, list) else ())
        if isinstance(widget, dict) and widget.get("type") in ("metric", "log")
        if isinstance(properties := widget.get("properties"), dict) and "region" not in properties
    ]


def _refuse(message: str) -> NoReturn:
    raise CommonServiceException("InvalidParameterInput", message, 400, True)


def _refuse_unknown(context: RequestContext, names: list[str]) -> None:
    kept = cloudwatch_stores[context.account_id][context.region].dashboards
    if unknown := [name for name in names if name not in kept]:
        raise CommonServiceException("ResourceNotFound", f"Dashboard {', '.join(unknown)} does not exist", 404, True)
