"""Services that moto answers in memory, one request at a time.

moto reads an item, changes it and writes it back without a lock, but `ADD` is atomic on AWS, and so is a conditional
write (DynamoDB developer guide, "Working with items", 2026-11); no two records of a Kinesis shard have one number.
"""

from __future__ import annotations

import threading

from localstack.aws.api import RequestContext, ServiceRequest, ServiceResponse
from localstack.aws.forwarder import ForwardingFallbackDispatcher
from localstack.aws.skeleton import DispatchTable
from localstack.services.moto import call_moto


def dispatch_table(provider: object, lock: threading.Lock) -> DispatchTable:
    """Return the dispatch table of `provider`: what it does not implement, moto answers while it holds the lock."""

    def answer(context: RequestContext, request: ServiceRequest) -> ServiceResponse:
        with lock:  # the response is serialized by then
            return call_moto(context)

    return ForwardingFallbackDispatcher(provider, answer)
