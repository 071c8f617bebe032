"""The control plane of durable executions: AWS's emulator, one for each account and region that has any.

Its executions are kept in memory, with what it knows of each; they end with the engine, as everything in it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import timedelta
from typing import Any
from uuid import uuid4

from aws_durable_execution_sdk_python.lambda_service import ErrorObject
from aws_durable_execution_sdk_python_testing.exceptions import ResourceNotFoundException
from aws_durable_execution_sdk_python_testing.execution import Execution
from aws_durable_execution_sdk_python_testing.executor import Executor
from aws_durable_execution_sdk_python_testing.model import CheckpointDurableExecutionRequest, StartDurableExecutionInput
from aws_durable_execution_sdk_python_testing.stores.memory import InMemoryExecutionStore
from aws_durable_execution_sdk_python_testing.worker.registry import ExecutionRegistry

from .clock import SkippingClock, SkippingScheduler
from .invoker import EngineInvoker
from .targets import EngineTargets

# The function's own timeout ends an invocation; the emulator's would go by a clock that is put forward.
NEVER = 10 * 366 * 86400


class RetainingStore(InMemoryExecutionStore):
    """The emulator's store, without what has been kept for as long as its function says."""

    def __init__(self, clock: SkippingClock) -> None:
        super().__init__()
        self._clock = clock

    def load(self, execution_arn: str) -> Execution:
        """An execution. Raises: ResourceNotFoundException, of the emulator."""
        with self._lock:
            execution = self._store.get(execution_arn)
            if execution is None or self._is_expired(execution):
                self._store.pop(execution_arn, None)
                raise ResourceNotFoundException("Durable Execution does not exist")
            return execution

    def list_all(self) -> list[Execution]:
        """All executions, in the order in which they began."""
        with self._lock:
            for arn in [arn for arn, one in self._store.items() if self._is_expired(one)]:
                del self._store[arn]
            return list(self._store.values())

    def _is_expired(self, execution: Execution) -> bool:
        ended = execution.get_operation_execution_started().end_timestamp if execution.is_complete else None
        days = execution.start_input.execution_retention_period_days
        return ended is not None and self._clock.now() > ended + timedelta(days=days)


class ControlPlane(Executor):
    """The emulator's executor, with AWS's ARNs, and with execution names that start an execution once."""

    def __init__(self, account: str, region: str, invoke_function: Callable[..., Any], running: ContextVar[bool]):
        self.clock = SkippingClock()
        self.scheduler = SkippingScheduler(self.clock)
        self.scheduler.start()
        self.store = RetainingStore(self.clock)
        self._account, self._starting = account, threading.Lock()
        self._ended: dict[str, threading.Event] = {}
        super().__init__(
            store=self.store,
            scheduler=self.scheduler,
            invoker=EngineInvoker(invoke_function, running),
            checkpoint_processor=None,  # for functions in the emulator's own process
            invocation_timeout_seconds=NEVER,
            registry=ExecutionRegistry(self.store, self.scheduler),
            clock=self.clock,
            child_dispatcher=EngineTargets(account, region),
            region=region,
        )

    def start_once(self, **members: Any) -> tuple[str, bool]:
        """The ARN of the execution of this name, started unless there is one; and whether it is what was asked for.

        Takes the members of a `StartDurableExecutionInput`.
        """
        asked = StartDurableExecutionInput(account_id=self._account, **members)
        with self._starting:
            for execution in self.store.list_all():
                known = execution.start_input
                if (known.function_name, known.execution_name) == (asked.function_name, asked.execution_name):
                    same = (known.function_qualifier, _value(known.input)) == (
                        asked.function_qualifier,
                        _value(asked.input),
                    )
                    return execution.durable_execution_arn, same
            return self.start_execution(asked).execution_arn, True

    def wait(self, arn: str, seconds: float) -> Execution:
        """The execution, when it has ended, or after so many seconds."""
        if ended := self._ended.get(arn):
            ended.wait(seconds)
        return self.get_execution(arn)

    def checkpoint(self, arn: str, request: Mapping[str, Any]) -> Any:
        """What a function sends when a step is done: the members of a CheckpointDurableExecution."""
        said = CheckpointDurableExecutionRequest.from_dict(dict(request), arn)
        return self.checkpoint_execution(arn, said.checkpoint_token, said.updates, said.client_token)

    def stop(self, arn: str, error: Mapping[str, Any] | None) -> Any:
        """End an execution, with the error that is given."""
        return self.stop_execution(arn, ErrorObject.from_dict(dict(error)) if error else None)

    def send_callback(self, kind: str, request: Mapping[str, Any]) -> None:
        """Take the Success, the Failure or a Heartbeat that somebody sends for a callback."""
        callback, error = request["CallbackId"], request.get("Error")
        match kind:
            case "Success":
                result = request.get("Result") or b""
                self.send_callback_success(callback, result.read() if hasattr(result, "read") else result)
            case "Failure":
                self.send_callback_failure(callback, ErrorObject.from_dict(dict(error)) if error else None)
            case _:
                self.send_callback_heartbeat(callback)

    def _create_execution(
        self, input: StartDurableExecutionInput, parent_execution_arn: str | None = None
    ) -> Execution:
        """The emulator's, with an ARN as AWS's."""
        said = input.__class__.from_dict({**input.to_dict(), "InvocationId": str(uuid4())})
        execution = Execution.new(said)
        version = f"{said.account_id}:function:{said.function_name}:{said.function_qualifier}"
        execution.durable_execution_arn = (
            f"arn:aws:lambda:{self.region}:{version}/durable-execution/{said.execution_name}/{said.invocation_id}"
        )
        execution.region = self.region
        execution.parent_execution_arn = parent_execution_arn
        execution.start(now=self.clock.now())
        self._ended[execution.durable_execution_arn] = threading.Event()
        self.store.save(execution)
        return execution

    def _complete_events(self, execution_arn: str) -> None:
        super()._complete_events(execution_arn)
        if ended := self._ended.pop(execution_arn, None):
            ended.set()


def _value(payload: str | None) -> Any:
    """What a payload says, for comparing."""
    return json.loads(payload or "{}")
