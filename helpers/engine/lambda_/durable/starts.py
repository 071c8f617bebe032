"""An Invoke of a durable function: it starts an execution, and a synchronous one waits for its end.

| name | of an execution that | version and payload | answer |
|---|---|---|---|
| none | | | a new one |
| given | is not there, or no longer kept | | a new one of this name |
| given | runs, or has ended | the same | that one; a synchronous caller waits for it |
| given | runs, or has ended | others | DurableExecutionAlreadyStartedException |

Sources: Lambda Developer Guide, "Idempotency" and "Invoking durable Lambda functions"; service model of Lambda, for the
exception, which says that a name is unique within its function (the guide: within account and region); the words for
one that may take too long are quoted in aws-samples (all 2026-11).
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from localstack.aws.api import ServiceException
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult

from ... import settings
from ...execution import waiting
from . import configurations, resolution

if TYPE_CHECKING:
    from .control_plane import ControlPlane

MOST_SYNCHRONOUS_SECONDS = 900
TOO_LONG = "You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes."

running: ContextVar[bool] = ContextVar("running", default=False)  # an invocation that is part of an execution
_call: ContextVar[Call | None] = ContextVar("call", default=None)
_planes: dict[tuple[str, str], ControlPlane] = {}
_starting = threading.Lock()


class DurableExecutionAlreadyStartedException(ServiceException):
    """The name is that of another execution."""

    code = "DurableExecutionAlreadyStartedException"
    sender_fault = True
    status_code = 409
    Type: str | None = None


@dataclass
class Call:
    """What an Invoke says of the execution (its name), and what its answer says (its ARN)."""

    name: str | None
    arn: str | None = None


def invoke(original: Callable[..., Any], self: Any, *args: Any, **named: Any) -> Any:
    """Wrap `LambdaProvider.invoke`: the name goes in, the ARN comes out."""
    if not configurations.used.is_set():
        return original(self, *args, **named)
    call = Call(named.pop("durable_execution_name", None))
    token = _call.set(call)
    try:
        answer = original(self, *args, **named)
    finally:
        _call.reset(token)
    if call.arn:
        answer["DurableExecutionArn"] = call.arn
    return answer


def is_start(named: dict[str, Any]) -> FunctionVersion | None:
    """The version, if `LambdaService.invoke` was called with a durable function, by somebody outside an execution.

    Raises: InvalidParameterValueException (400) without a qualifier.
    """
    if running.get():
        return None
    place = named["account_id"], named["region"], named["function_name"]
    version = resolution.version_of(*place, named["qualifier"])
    if not configurations.of(version):
        return None
    if not named["qualifier"]:
        raise InvalidParameterValueException(resolution.UNQUALIFIED, Type="User")
    return None if named["invocation_type"] == "DryRun" else version


def start(service: Any, version: FunctionVersion, named: dict[str, Any]) -> InvocationResult | None:
    """Start an execution, as `LambdaService.invoke` invokes: the result, None for an event.

    Raises: InvalidParameterValueException (400), DurableExecutionAlreadyStartedException (409).
    """
    config, waits = configurations.of(version) or {}, named["invocation_type"] != "Event"
    if waits and config["ExecutionTimeout"] > MOST_SYNCHRONOUS_SECONDS:
        raise InvalidParameterValueException(TOO_LONG, Type="User")
    call = _call.get() or Call(None)
    asked = {
        "function_name": version.id.function_name,
        "function_qualifier": version.id.qualifier,
        "execution_name": call.name or str(uuid4()),
        "execution_timeout_seconds": config["ExecutionTimeout"],
        "execution_retention_period_days": config["RetentionPeriodInDays"],
        "input": (named["payload"] or b"{}").decode(),
    }

    def run() -> Any:
        plane = plane_of(service, version.id.account, version.id.region)
        arn, same = plane.start_once(**asked)
        if not same:
            raise DurableExecutionAlreadyStartedException(f"Execution already started: {arn}", Type="User")
        call.arn = arn
        return plane.wait(arn, MOST_SYNCHRONOUS_SECONDS) if waits else None

    # In a thread: the function calls back meanwhile, and the loop that serves it must not be held up.
    execution = waiting.aside(run)
    if execution is None:
        return None
    payload, failed = _result(execution)
    return InvocationResult(named["request_id"], payload, failed, "", version.id.qualifier)


def plane_of(service: Any, account: str, region: str) -> ControlPlane:
    """The control plane of an account in a region, made when it is first asked for."""
    with _starting:
        plane = _planes.get((account, region))
        if plane is None:
            folder = str(settings.current().durable)
            if folder not in sys.path:
                sys.path.append(folder)
            from .control_plane import ControlPlane

            plane = _planes[account, region] = ControlPlane(account, region, service.invoke, running)
        return plane


def known_plane(account: str, region: str) -> ControlPlane | None:
    """The control plane of an account in a region; None if nothing was started there."""
    return _planes.get((account, region))


def _result(execution: Any) -> tuple[bytes, bool]:
    """What a synchronous caller is answered, and whether that is an error."""
    output = execution.result
    if execution.is_complete and execution.close_status.value == "SUCCEEDED":
        return (output.result or "null").encode(), False
    error = output.error.to_dict() if output and output.error else {}
    said = {f"{name[0].lower()}{name[1:]}": value for name, value in error.items()}
    return json.dumps(said or {"errorType": "Unknown", "errorMessage": "The execution has not ended."}).encode(), True
