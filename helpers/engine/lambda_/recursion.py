"""Recursive loops: a function that the same chain of requests invokes again and again is stopped.

A chain goes through functions, SQS, SNS and S3, and `lineage` counts in its trace header. "If a function is invoked
approximately 16 times in the same chain of requests, then Lambda automatically stops the next function invocation";
with `RecursiveLoop` Allow it goes on. A synchronous caller gets RecursiveInvocationException, an asynchronous event
goes to the dead-letter queue and the on-failure destination, a queue's message comes back. (Lambda Developer Guide,
"Use Lambda recursive loop detection to prevent infinite loops"; Lambda's service model for the words; 2026-11.)
"""

from __future__ import annotations

from localstack.aws.api.lambda_ import RecursiveInvocationException, RecursiveLoop
from localstack.services.lambda_.invocation.lambda_models import Function, Invocation, VersionIdentifier
from localstack.utils.xray.trace_header import TraceHeader

from .. import lineage
from . import metrics

TIMES = 16
STOPPED = (
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and "
    "stopped your function's invocation."
)


def count(function: Function, version: VersionIdentifier, invocation: Invocation) -> None:
    """Write the function into the lineage of an invocation. Raises: RecursiveInvocationException (400)."""
    trace = invocation.trace_context.setdefault("aws_trace_header", TraceHeader())
    so_far, times = lineage.passed(trace._lineage, version.unqualified_arn())
    if times > TIMES and function.recursive_loop == RecursiveLoop.Terminate:
        metrics.count(metrics.source(version, invocation.invoked_arn), "RecursiveInvocationsDropped")
        raise RecursiveInvocationException(STOPPED, Type="User")
    trace._lineage = so_far
    trace.ensure_root_exists()
