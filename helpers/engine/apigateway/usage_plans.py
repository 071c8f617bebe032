"""The quota and the rate of usage plans: LocalStack 4.9.2 stores both, and enforces neither.

A quota is a number of requests in a day, week or month (UTC); a rate is a token bucket of `burstLimit` that fills by
`rateLimit` a second. AWS API Gateway Developer Guide, "Usage plans and API keys for REST APIs" (2026-11); AWS calls
both best effort, here they are exact. Per-method throttles and UpdateUsage have no effect.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from localstack.aws.api.apigateway import UsagePlan
from localstack.http import Response
from localstack.services.apigateway.next_gen.execute_api.api import RestApiGatewayHandlerChain
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import QuotaExceededError, ThrottledError
from localstack.services.apigateway.next_gen.execute_api.handlers.api_key_validation import ApiKeyValidationHandler
from localstack.services.apigateway.next_gen.execute_api.moto_helpers import get_usage_plan_keys, get_usage_plans

PERIODS = {"DAY": "%Y-%m-%d", "WEEK": "%G-%V", "MONTH": "%Y-%m"}

_lock = threading.Lock()
_used: dict[tuple[str, str, str], int] = {}  # (plan, key, period): requests
_buckets: dict[tuple[str, str], tuple[float, float]] = {}  # (plan, key): tokens, when they were counted


def validate_and_count(
    original: Callable[..., None],
    self: ApiKeyValidationHandler,
    chain: RestApiGatewayHandlerChain,
    context: RestApiInvocationContext,
    response: Response,
) -> None:
    """Have LocalStack validate the request's API key, then count the request in the key's plans for this stage."""
    original(self, chain, context, response)
    if key := context.context_variables["identity"].get("apiKeyId"):
        for plan in get_usage_plans(context.account_id, context.region):
            if _covers(plan, key, context):
                count(plan, key)


def count(plan: UsagePlan, key: str, *, now: float | None = None) -> None:
    """Count one request of `key` (its id) at `now`, seconds since 1970.

    Raises: ThrottledError, QuotaExceededError: 429 with AWS's message.
    """
    now = time.time() if now is None else now
    with _lock:
        _throttle(plan, key, now)
        _spend(plan, key, now)


def _covers(plan: UsagePlan, key: str, context: RestApiInvocationContext) -> bool:
    stages = [(stage["apiId"], stage["stage"]) for stage in plan.get("apiStages", [])]
    keys = get_usage_plan_keys(plan["id"], context.account_id, context.region)
    return (context.api_id, context.stage) in stages and key in [known["id"] for known in keys]


def _throttle(plan: UsagePlan, key: str, now: float) -> None:
    throttle = plan.get("throttle") or {}
    if not throttle.get("rateLimit"):
        return
    burst = throttle.get("burstLimit") or 1
    tokens, counted = _buckets.get((plan["id"], key), (burst, now))
    tokens = min(burst, tokens + (now - counted) * throttle["rateLimit"])
    _buckets[plan["id"], key] = (tokens - 1 if tokens >= 1 else tokens, now)
    if tokens < 1:
        raise ThrottledError("Too Many Requests")


def _spend(plan: UsagePlan, key: str, now: float) -> None:
    quota = plan.get("quota") or {}
    if not quota.get("limit"):
        return
    period = datetime.fromtimestamp(now, UTC).strftime(PERIODS[quota.get("period", "MONTH")])
    used = _used.get((plan["id"], key, period), 0)
    if used >= quota["limit"]:
        raise QuotaExceededError("Limit Exceeded")
    _used[plan["id"], key, period] = used + 1
