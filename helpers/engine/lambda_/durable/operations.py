"""The operations on durable executions and callbacks, answered by the control plane of the execution's account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException, ResourceNotFoundException
from localstack.aws.chain import HandlerChain
from localstack.aws.protocol.serializer import create_serializer
from localstack.http import Response

from ...iam.services.lambda_ import execution_of
from .. import versions
from . import listing, starts

if TYPE_CHECKING:
    from .control_plane import ControlPlane

OPERATIONS = (
    "CheckpointDurableExecution GetDurableExecution GetDurableExecutionHistory GetDurableExecutionState "
    "ListDurableExecutionsByFunction SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat "
    "SendDurableExecutionCallbackSuccess StopDurableExecution"
)
EXCEPTIONS = {one.__name__: one for one in (InvalidParameterValueException, ResourceNotFoundException)}


def answer(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of OPERATIONS that answers for LocalStack's service, which has none of them."""
    serializer = create_serializer(context.service)
    response.update_from(
        serializer.serialize_to_response(
            answered(context, context.service_request), context.operation, context.request.headers, context.request_id
        )
    )
    chain.stop()


def answered(context: RequestContext, request: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the answer. Raises: AWS's errors."""
    operation = context.operation.name
    if operation == "ListDurableExecutionsByFunction":
        function, qualifier, arn = versions.find(context)
        if function is None:
            raise ResourceNotFoundException(f"Function not found: {arn}", Type="User")
        return listing.page(arn, qualifier, request)
    arn = request.get("DurableExecutionArn") or execution_of(request["CallbackId"])
    if not arn:
        raise InvalidParameterValueException("Invalid callback ID", Type="User")
    plane = starts.known_plane(arn.split(":")[4], arn.split(":")[3])
    if plane is None:
        raise ResourceNotFoundException(NOT_THERE.format(arn), Type="User")
    try:
        plane.get_execution(arn)  # the emulator would make a worker for one that is not there
        return _of_execution(plane, operation, arn, request)
    except Exception as error:  # the emulator's have an AWS error's name, and its status
        if not (status := getattr(error, "http_status_code", None)):
            raise
        code, said = type(error).__name__, NOT_THERE.format(arn) if status == 404 else str(error)
        if code in EXCEPTIONS:
            raise EXCEPTIONS[code](said, Type="User") from error
        raise CommonServiceException(code, said, status, status < 500) from error


NOT_THERE = "Durable execution not found: {}"


def _of_execution(plane: ControlPlane, operation: str, arn: str, request: Mapping[str, Any]) -> dict[str, Any]:
    said: Any
    match operation:
        case "GetDurableExecution":
            return listing.details(plane, arn, request)
        case "GetDurableExecutionHistory":
            return listing.history(plane, arn, request)
        case "GetDurableExecutionState":
            token, items = request["CheckpointToken"], request.get("MaxItems") or None
            said = plane.get_execution_state(arn, token, request.get("Marker") or None, items)
        case "CheckpointDurableExecution":
            said = plane.checkpoint(arn, request)
        case "StopDurableExecution":
            said = plane.stop(arn, request.get("Error"))
        case _:
            plane.send_callback(operation.removeprefix("SendDurableExecutionCallback"), request)
            return {}
    answer: dict[str, Any] = said.to_dict()
    return answer
