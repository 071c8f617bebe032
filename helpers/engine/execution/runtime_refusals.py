"""How the Runtime API answers calls that nobody waits for.

As AWS's runtime interface emulator has it (`rapi/router.go`, `rapi/rendering` and `core/states.go` of
aws/aws-lambda-runtime-interface-emulator, read 2026-11): the identifier of a request comes first, then whether the
runtime may make such a call now; what is no route of the API is not found.
"""

from __future__ import annotations

import json

from .runtime_connection import Call

ACCEPTED = b'{"status":"OK"}\n'
MOVES = {"response": "InvocationResponse", "error": "InvocationErrorResponse", "init_error": "InitError"}


def accept(call: Call) -> None:
    """Answer a call that is as it should be."""
    call.connection.answer("202 Accepted", ACCEPTED)


def refuse(call: Call, request_id: str, answered: bool) -> None:
    """Answer a call that is not; `request_id` is that of the invocation that runs, "" for none."""
    if call.kind == "unknown":
        not_found(call)
    elif call.kind == "init_error" or (request_id and call.request_id == request_id):
        state = "RuntimeResponseSentState" if answered else "Running"
        said = f"State transition from {state} to {MOVES.get(call.kind, call.kind)} failed for runtime. "
        _error(call, "403 Forbidden", said + "Error: State transition is not allowed", "InvalidStateTransition")
    else:
        _error(call, "400 Bad Request", "Invalid request ID", "InvalidRequestID")


def not_found(call: Call) -> None:
    """Answer what is no call of the API; `GET ping` is kept for those who always called it."""
    if call.route == "GET /2018-06-01/ping":
        call.connection.answer("200 OK", b"pong")
    else:
        call.connection.answer("404 Not Found", b"404 page not found\n")


def _error(call: Call, status: str, message: str, error_type: str) -> None:
    body = {"errorMessage": message, "errorType": error_type}
    call.connection.answer(status, json.dumps(body, separators=(",", ":")).encode() + b"\n")
