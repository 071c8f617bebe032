"""Token buckets: a bucket holds `burst` tokens and fills by `rate` tokens a second; a request takes one."""

from __future__ import annotations

import threading
from collections.abc import Hashable

MOST = 10_000  # buckets; then all begin anew, full

_lock = threading.Lock()
_buckets: dict[Hashable, tuple[float, float]] = {}  # tokens, when they were counted


def take(bucket: Hashable, rate: float, burst: float, now: float) -> bool:
    """Take a token at `now`, in seconds of any clock that the bucket is always asked with; False if there is none."""
    with _lock:
        tokens, counted = _buckets.get(bucket, (burst, now))
        tokens = min(burst, tokens + (now - counted) * rate)
        if len(_buckets) > MOST:
            _buckets.clear()
        _buckets[bucket] = (tokens - 1 if tokens >= 1 else tokens, now)
    return tokens >= 1
