"""Throttling: requests a second to a stage or a route, above which the answer is 429 {"message":"Too Many Requests"}.

"API Gateway throttles requests to your API using the token bucket algorithm, where a token counts for a request"; a
route's settings go before the stage's (API Gateway Developer Guide, "Throttle requests to your HTTP APIs", 2026-11).
Without settings AWS has the account's limit, 10,000 a second, which this machine does not reach.
"""

from __future__ import annotations

import time

from ..apigateway import token_buckets
from .apis import Api, Fields
from .errors import ApiError


def throttle(api: Api, stage: Fields, route_key: str) -> None:
    """Count a request. Raises: ApiError (429)."""
    own = stage["RouteSettings"].get(route_key) or {}
    for settings, name in ((own, route_key), (stage["DefaultRouteSettings"], "")):
        rate, burst = settings.get("ThrottlingRateLimit"), settings.get("ThrottlingBurstLimit")
        if rate is None and burst is None:
            continue
        bucket = (api.id, stage["StageName"], name)
        if not token_buckets.take(bucket, float(rate or 0), float(burst or 0), time.monotonic()):
            raise ApiError(429, "Too Many Requests")
        return
