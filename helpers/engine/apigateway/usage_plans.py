"""The quota and the rate of usage plans: LocalStack 4.9.2 stores both, and enforces neither.

A quota is a number of requests in a day, week or month (UTC); `throttles` has the rates, of a plan and of a method in
it. API Gateway Developer Guide, "Usage plans and API keys for REST APIs" (2026-11); AWS calls both best effort, here
they are exact. UpdateUsage has no effect.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime
from typing import Any

from localstack.aws.api.apigateway import ApiStage, UsagePlan
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import QuotaExceededError
from localstack.services.apigateway.next_gen.execute_api.handlers.api_key_validation import ApiKeyValidationHandler
from localstack.services.apigateway.next_gen.execute_api.moto_helpers import get_usage_plan_keys, get_usage_plans

from . import throttles

PERIODS = {"DAY": "%Y-%m-%d", "WEEK": "%G-%V", "MONTH": "%Y-%m"}

_lock = threading.Lock()
_used: dict[tuple[str, str, str], int] = {}  # (plan, key, period): requests


def validate_and_count(
    original: Callable[..., None],
    self: ApiKeyValidationHandler,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """Have LocalStack validate the request's API key, then count the request in the key's plans for this stage."""
    original(self, chain, context, response)
    now = time.time()
    throttles.by_stage(context, now)
    if key := context.context_variables["identity"].get("apiKeyId"):
        for plan in get_usage_plans(context.account_id, context.region):
            if stage := _stage(plan, key, context):
                method = throttles.method_of(context)
                _throttle((plan["id"], key, context.api_id, method), throttles.of_plan(stage, method), now)
                count(plan, key, now=now)


def count(plan: UsagePlan, key: str, *, now: float | None = None) -> None:
    """Count one request of `key` (its id) at `now`, seconds since 1970.

    Raises: ThrottledError, QuotaExceededError: 429 with AWS's message.
    """
    now = time.time() if now is None else now
    _throttle((plan["id"], key), plan.get("throttle"), now)
    with _lock:
        _spend(plan, key, now)


def _stage(plan: UsagePlan, key: str, context: RestApiInvocationContext) -> ApiStage | None:
    """The plan's entry for the request's stage, if the plan has the key; None without."""
    stages = [stage for stage in plan.get("apiStages", []) if (stage["apiId"], stage["stage"]) == _place(context)]
    keys = get_usage_plan_keys(plan["id"], context.account_id, context.region) if stages else []
    return stages[0] if key in [known["id"] for known in keys] else None


def _place(context: RestApiInvocationContext) -> tuple[str | None, str | None]:
    return context.api_id, context.stage


def _throttle(bucket: Hashable, throttle: Mapping[str, Any] | None, now: float) -> None:
    if throttle and throttle.get("rateLimit"):
        throttles.take(bucket, float(throttle["rateLimit"]), float(throttle.get("burstLimit") or 1), now)


def _spend(plan: UsagePlan, key: str, now: float) -> None:
    quota = plan.get("quota") or {}
    if not quota.get("limit"):
        return
    period = datetime.fromtimestamp(now, UTC).strftime(PERIODS[quota.get("period", "MONTH")])
    used = _used.get((plan["id"], key, period), 0)
    if used >= int(quota["limit"]):
        raise QuotaExceededError("Limit Exceeded")
    _used[plan["id"], key, period] = used + 1
