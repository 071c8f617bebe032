"""The path of one invocation through LocalStack, less what it costs there.

LocalStack 4.9.2 starts three threads for every invocation (a metric, a keep-alive timer, a log line's formatting) and
makes two calls to itself for its log and its metrics; together that is most of a warm invocation. Ours
leases, assigns and invokes as LocalStack does; logs (`logs.writer`) and metrics (`metrics`) follow in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from localstack.aws.api.lambda_ import TracingMode
from localstack.services.lambda_.invocation.execution_environment import (
    ExecutionEnvironment,
    InvalidStatusException,
    RuntimeStatus,
)
from localstack.services.lambda_.invocation.lambda_models import Invocation, InvocationResult
from localstack.services.lambda_.invocation.lambda_service import LambdaService
from localstack.services.lambda_.invocation.version_manager import LambdaVersionManager, LogHandler
from localstack.utils.xray.trace_header import generate_random_id

from ..execution.invoke import Event, Outcome
from ..execution.platform_logs import LogEvent
from . import client_context, keep_alive, metrics, provisioned_metrics, recursion, streamed_invocations, tenancy


def invoke_the_latest(original: Callable[..., InvocationResult | None], *args: Any, **named: Any) -> Any:
    """Wrap `LambdaService.invoke`: an invocation that an update overtook goes to the function as it is now."""
    try:
        return original(*args, **named)
    except metrics.OvertakenError:
        return original(*args, **named)


def invoke(self: LambdaVersionManager, *, invocation: Invocation) -> InvocationResult:
    """`LambdaVersionManager.invoke`: a lease on concurrency, an environment, an invocation.

    Raises: metrics.OvertakenError if the version was replaced before an environment had begun.
    """
    if self.shutdown_event.is_set():
        raise metrics.OvertakenError
    tenant = tenancy.tenant_of(self.function, invocation)
    recursion.count(self.function, self.function_version.id, invocation)
    of = metrics.source(self.function_version.id, invocation.invoked_arn)
    with metrics.measured(of, self.function.reserved_concurrent_executions is not None) as measured:
        with (
            self.counting_service.get_invocation_lease(self.function, self.function_version) as lease,
            _unless_overtaken(self),
            self.assignment_service.get_environment(self.id, self.function_version, lease, tenant) as environment,
        ):
            if self.function.provisioned_concurrency_configs:
                provisioned_metrics.count(self, lease, of)
            outcome = environment.invoke(invocation)
        measured.error, measured.duration_ms = outcome.is_error, outcome.duration_ms
    return InvocationResult(
        invocation.request_id,
        outcome.payload,
        outcome.is_error,
        _tail(outcome.events),
        self.function_version.id.qualifier,
    )


@contextmanager
def _unless_overtaken(self: LambdaVersionManager) -> Iterator[None]:
    """What fails while the version's code is being removed has not begun: a function's failure is an outcome."""
    try:
        yield
    except Exception as error:
        if self.shutdown_event.is_set():
            raise metrics.OvertakenError from error
        raise


def _tail(events: list[LogEvent]) -> str:
    """The log of an invocation as one text, of which a response has the last 4 KB.

    AWS puts no line end behind a frame that has none, such as an error's: `… raise ValueError()END RequestId: …`.
    """
    return "".join(
        event.message if event.message.endswith("\n") else f"{event.message}\n" for event in events if event.in_tail
    )


def run(self: ExecutionEnvironment, invocation: Invocation) -> Outcome:
    """`ExecutionEnvironment.invoke`, with the client context. Only `invoke` calls it, so it returns our own type.

    A caller's trace header decides whether the trace is sampled; if it does not, the function's TracingConfig does
    (Developer Guide, "Visualize Lambda function invocations using AWS X-Ray", 2026-11). LocalStack samples all. With
    `Active`, AWS takes one request in a second and 5 % of the others; here it is every one, and REPORT says its trace.
    The header's parent is the segment of this invocation, of which what the function calls is a part: another one each
    time.
    """
    active = self.function_version.config.tracing_config_mode == TracingMode.Active
    trace = invocation.trace_context["aws_trace_header"]  # `recursion.count` has seen to it
    if trace.sampled not in (0, 1):
        trace.ensure_sampled_exists(active)
    trace._parent = generate_random_id()
    context = None
    if invocation.client_context:
        try:
            context = client_context.decoded(invocation.client_context)
        except ValueError:
            pass  # no caller's, that was refused (`limits`): LocalStack's function URLs say "{}" without encoding it
    event = Event(
        invocation.request_id,
        invocation.payload,
        invocation.invoked_arn,
        trace.to_header_str(),
        active and trace.sampled == 1,
        context,
        streamed_invocations.receiver.get(),
        invocation.trace_context.get("tenant_id"),
    )
    return self.runtime_executor.invoke(event)


def reserve(self: ExecutionEnvironment) -> None:
    """`ExecutionEnvironment.reserve`: take the environment for one invocation."""
    with self.status_lock:
        if self.status != RuntimeStatus.READY:
            raise InvalidStatusException(f"Execution environment {self.id} is {self.status}.")
        self.status = RuntimeStatus.INVOKING
    keep_alive.cancel_timer(self)


def release(self: ExecutionEnvironment) -> None:
    """`ExecutionEnvironment.release`: give it back; it is kept for a while in case another invocation comes."""
    with self.status_lock:
        if self.status != RuntimeStatus.INVOKING:
            raise InvalidStatusException(f"Execution environment {self.id} is {self.status}.")
        self.status = RuntimeStatus.READY
    if self.initialization_type == "on-demand":
        keep_alive.start_timer(self)


def start_no_subscriber(self: LogHandler) -> None:
    """`LogHandler.start_subscriber`: lines are written by `logs.writer`."""


def stop(original: Callable[[ExecutionEnvironment], None], self: ExecutionEnvironment) -> None:
    """`ExecutionEnvironment.stop`, whoever asks for it: an update and a deletion do not wait for the keep-alive."""
    keep_alive.cancel_timer(self)
    original(self)


def stop_version(original: Callable[[LambdaService, str], None], self: LambdaService, qualified_arn: str) -> None:
    """`LambdaService.stop_version`, for a version whose creation failed too: there is nothing to stop."""
    if qualified_arn in self.lambda_running_versions or qualified_arn in self.lambda_starting_versions:
        original(self, qualified_arn)
