"""How the emulator invokes a function: as the engine invokes it for anybody, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from aws_durable_execution_sdk_python_testing import exceptions
from aws_durable_execution_sdk_python_testing.invoker import InvokeResponse, LambdaInvoker
from localstack.aws.api.lambda_ import ResourceNotFoundException
from localstack.utils.xray.trace_header import TraceHeader

Invoke = Callable[..., Any]  # LocalStack's `LambdaService.invoke`


class EngineInvoker(LambdaInvoker):
    """The emulator's invoker, without boto3: `invoke_function` is the way into the engine."""

    def __init__(self, invoke_function: Invoke, running: ContextVar[bool]) -> None:
        super().__init__(lambda_client=None)
        self._invoke_function, self._running = invoke_function, running

    def inherit_endpoint(self, child_execution_arn: str, parent_execution_arn: str) -> None:
        """Do nothing: there is one engine."""

    def invoke(
        self,
        function_name: str,
        input: Any,
        endpoint_url: str | None = None,
        tenant_id: str | None = None,
        account_id: str | None = None,
        region_name: str | None = None,
    ) -> InvokeResponse:
        """Invoke a version, as in "order:3". Raises: what the emulator knows; else the function's error, by its name.

        An error has the execution go on with another invocation, a few times.
        """
        name, _, qualifier = function_name.partition(":")
        request_id = str(uuid4())
        token = self._running.set(True)
        try:
            result = self._invoke_function(
                function_name=name,
                qualifier=qualifier or "$LATEST",
                region=region_name,
                account_id=account_id,
                invocation_type="RequestResponse",
                client_context=None,
                request_id=request_id,
                payload=json.dumps(input.to_json_dict()).encode(),
                trace_context={"aws_trace_header": TraceHeader().ensure_root_exists()},
            )
        except ResourceNotFoundException as error:
            raise exceptions.ResourceNotFoundException(str(error)) from error
        finally:
            self._running.reset(token)
        if result.is_error:
            raise _as_said(result.payload)
        return InvokeResponse.from_payload(result.payload, request_id)


def _as_said(payload: bytes) -> Exception:
    """The function's error: an execution that fails of it has the class's name as its type."""
    try:
        said = json.loads(payload)
        kind, message = str(said.get("errorType") or "Error"), str(said.get("errorMessage") or "")
    except (ValueError, AttributeError):
        kind, message = "Error", payload.decode(errors="replace")
    # Of no module, whose name would be part of the type.
    return type(kind, (exceptions.DurableFunctionsTestError,), {"__module__": "builtins"})(message)
