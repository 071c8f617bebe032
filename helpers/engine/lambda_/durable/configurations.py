"""`DurableConfig`: that a function is durable, for how long an execution may take, and how long its history is kept.

"You can only enable durable execution when creating a function" (Lambda Developer Guide, "Configure Lambda durable
functions", 2026-11); what is configured can be changed. The time has to be said, the retention is 14 days if it is not
("DurableConfig" of AWS SAM, 2026-11). The words for a missing time are AWS's (aws/aws-extensions-for-dotnet-cli, pull
request 450); those for a function that was not created durable are ours.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, VersionFunctionConfiguration

from ...server import not_here
from .. import versions

OPERATIONS = "CreateFunction UpdateFunctionConfiguration"
ENDS = f"{OPERATIONS} PutFunctionEventInvokeConfig UpdateFunctionEventInvokeConfig"
RETENTION_DAYS = 14
NO_TIMEOUT = "You cannot create a function with a durable configuration without an executionTimeout"
TENANTS = (
    "DurableConfig with TenancyConfig of CreateFunction (AWS Lambda) is not part of this engine: "
    "a durable execution has no tenant."
)
UNTOLD = (
    "{member} of {operation} (AWS Lambda) with a durable function is not part of this engine: "
    "nothing is sent when an asynchronous execution has ended."
)
NOT_DURABLE = "Durable execution can be enabled only when a function is created."

# Set when this engine has had a durable function: until then, an invocation asks for nothing else.
used = threading.Event()
_asked: ContextVar[Mapping[str, int] | None] = ContextVar("durable_config", default=None)


@dataclasses.dataclass(frozen=True)
class DurableVersionFunctionConfiguration(VersionFunctionConfiguration):
    """LocalStack's configuration of a version, with one field more: updated and published with the others."""

    durable_config: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        if asked := _asked.get():
            config = {"RetentionPeriodInDays": RETENTION_DAYS, **(self.durable_config or {}), **asked}
            object.__setattr__(self, "durable_config", config)
            used.set()


def refuse_config(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before OPERATIONS. Raises: InvalidParameterValueException (400)."""
    asked = (context.service_request or {}).get("DurableConfig")
    if not asked:
        return
    if context.operation.name == "CreateFunction":
        if not asked.get("ExecutionTimeout"):
            raise InvalidParameterValueException(NO_TIMEOUT, Type="User")
        if context.service_request.get("TenancyConfig"):
            raise not_here.refusal(TENANTS)
        return
    latest = _latest(context)
    if latest and not of(latest):
        raise InvalidParameterValueException(NOT_DURABLE, Type="User")


def refuse_targets(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before ENDS: where the end of an execution would be told. Raises: what `not_here` does."""
    request = context.service_request or {}
    dead_letters = (request.get("DeadLetterConfig") or {}).get("TargetArn")
    if not dead_letters and not any((request.get("DestinationConfig") or {}).values()):
        return
    creates = context.operation.name == "CreateFunction"
    if request.get("DurableConfig") or (not creates and of(_latest(context))):
        member = "DeadLetterConfig" if dead_letters else "DestinationConfig"
        raise not_here.refusal(UNTOLD.format(member=member, operation=context.operation.name))


def _latest(context: RequestContext) -> FunctionVersion | None:
    """What the function that a request names is now; None if there is none."""
    function, _, _ = versions.find(context)
    return function.latest() if function else None


def keep(original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any]) -> Any:
    """Wrap `LambdaProvider.update_function_configuration`, and create_function: what is asked for is kept."""
    token = _asked.set(request.get("DurableConfig"))
    try:
        return original(self, context, request)
    finally:
        _asked.reset(token)


def map_config_out(original: Callable[..., dict[str, Any]], version: FunctionVersion, *args: Any, **named: Any) -> Any:
    """Wrap `api_utils.map_config_out`: the configuration as AWS answers with it."""
    answer = original(version, *args, **named)
    if config := of(version):
        answer["DurableConfig"] = dict(config)
    return answer


def of(version: FunctionVersion | None) -> Mapping[str, int] | None:
    """The `DurableConfig` of a version; None if it is not durable."""
    return getattr(version.config, "durable_config", None) if version else None
