"""GetUsage and UpdateUsage: what a plan's keys have used of their quota, day by day.

"items": {key's id: [[used, remaining], …]}, a pair for each day of the interval until today, UTC; UpdateUsage "grants a
temporary extension to the remaining quota", {"op": "replace", "path": "/remaining", "value": "100"}, until the quota's
period ends (API Gateway API Reference, "GetUsage", "UpdateUsage" and "Patch Operations", 2026-11). A plan without a
quota has no entries here. LocalStack 4.9.2 has neither operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, NotFoundException, Usage
from localstack.services.apigateway.next_gen.execute_api.moto_helpers import get_usage_plan_keys, get_usage_plans

from . import usage_plans


def get_usage(
    original: object,
    self: Any,
    context: RequestContext,
    usage_plan_id: str,
    start_date: str,
    end_date: str,
    key_id: str | None = None,
    **more: Any,
) -> Usage:
    """`GetUsage`, on one page. Raises: NotFoundException, BadRequestException."""
    plan = _plan(context, usage_plan_id)
    try:
        start, end = date.fromisoformat(start_date), date.fromisoformat(end_date)
    except ValueError:
        raise BadRequestException("Dates are given as YYYY-MM-DD") from None
    keys = [key_id] if key_id else _keys(context, usage_plan_id)
    return _usage(plan, keys, start, end)


def update_usage(
    original: object,
    self: Any,
    context: RequestContext,
    usage_plan_id: str,
    key_id: str,
    patch_operations: Iterable[Mapping[str, str]] | None = None,
    **more: Any,
) -> Usage:
    """`UpdateUsage`. Raises: NotFoundException, BadRequestException."""
    plan, today = _plan(context, usage_plan_id), datetime.now(UTC).date()
    if key_id not in _keys(context, usage_plan_id):
        raise NotFoundException("Invalid Usage Plan ID specified")
    for operation in patch_operations or ():
        value = operation.get("value") or ""
        if (operation.get("op"), operation.get("path")) != ("replace", "/remaining") or not value.isdecimal():
            raise BadRequestException(f"Invalid patch path {operation.get('path')}: replace /remaining by a number")
        usage_plans.set_remaining(plan, key_id, int(value))
    return _usage(plan, [key_id], today, today)


def _usage(plan: Mapping[str, Any], keys: Iterable[str], start: date, end: date) -> Usage:
    last = min(end, datetime.now(UTC).date())
    days = [start + timedelta(days=number) for number in range(max(0, (last - start).days + 1))]
    quota = (plan.get("quota") or {}).get("limit")
    items = {key: [list(usage_plans.used_on(plan, key, day)) for day in days] for key in keys} if quota else {}
    return Usage(usagePlanId=plan["id"], startDate=start.isoformat(), endDate=end.isoformat(), items=items)


def _plan(context: RequestContext, usage_plan_id: str) -> Mapping[str, Any]:
    for plan in get_usage_plans(context.account_id, context.region):
        if plan["id"] == usage_plan_id:
            return plan
    raise NotFoundException("Invalid Usage Plan ID specified")


def _keys(context: RequestContext, usage_plan_id: str) -> list[str]:
    return [key["id"] for key in get_usage_plan_keys(usage_plan_id, context.account_id, context.region)]
