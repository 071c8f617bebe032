"""The Extensions API: what an extension calls, and how it is answered.

Routes (AWS Lambda Developer Guide, "Using the Lambda Extensions API to create extensions", 2026-11), below
`/2020-01-01/extension`: `POST register`, `GET event/next`, `POST init/error`, `POST exit/error`. Refusals are those of
AWS's runtime interface emulator (`rapi/handler` in aws/aws-lambda-runtime-interface-emulator, read 2026-11). The Logs
and the Telemetry API would have this engine send events to an address that a function names: both are refused.
"""

from __future__ import annotations

import json
import uuid

from .extensions import EVENTS, MOST, Extension, Extensions
from .runtime_connection import Call

API = "/2020-01-01/extension/"


def handle(extensions: Extensions, call: Call) -> None:
    """Answer a call, or keep it until there is an event."""
    extensions.has_news = True
    match call.route.split(" "):
        case _ if call.too_large:
            pass  # answered already
        case ["POST", url] if url == f"{API}register":
            _register(extensions, call)
        case ["GET", url] if url == f"{API}event/next":
            _next(extensions, call)
        case ["POST", url] if url in (f"{API}init/error", f"{API}exit/error"):
            _error(extensions, call, "InitError" if "init" in url else "ExitError")
        case ["PUT", url] if "/logs" in url or "/telemetry" in url:
            name = "Logs" if "/logs" in url else "Telemetry"
            refuse(call, f"{name}.NotSupported", f"The {name} API is not here: read the function's log group instead.")
        case _:
            call.connection.answer("404 Not Found", b"")


def _register(extensions: Extensions, call: Call) -> None:
    name = _header(call, "lambda-extension-name")
    if not name:
        return refuse(call, "Extension.InvalidExtensionName", "Empty extension name")
    try:
        events = json.loads(call.body)["events"] or []
        if not isinstance(events, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        return refuse(call, "InvalidRequestFormat", "The body has to be a JSON object with a list of events")
    one = extensions.all.get(name)
    external = bool(one and one.external)
    for event in events:
        if event not in EVENTS:
            return refuse(call, "Extension.InvalidEventType", f"{event}: ErrorInvalidEventType")
        if event == "SHUTDOWN" and not external:
            said = f"{event}: ShutdownEventNotSupportedForInternalExtension"
            return refuse(call, "Extension.InvalidEventType", said)
    if not external:
        if not extensions.open:
            return refuse(call, "Extension.RegistrationClosed", "Extension registration closed already")
        if one:
            return refuse(call, "Extension.InvalidExtensionState", "Extension with this name already registered")
        if len(extensions.all) >= MOST:
            return refuse(call, "Extension.TooManyExtensions", f"Extension limit ({MOST}) reached")
        one = extensions.all[name] = Extension(name, external=False)
    assert one
    if one.state != "Started":
        return _refuse_move(call, one, "Registered", one.name)
    one.state, one.events = "Registered", tuple(event for event in EVENTS if event in events)
    about = dict(extensions.about)
    if "accountId" not in [feature.strip() for feature in _header(call, "lambda-extension-accept-feature").split(",")]:
        about.pop("accountId")
    call.connection.answer("200 OK", json.dumps(about).encode(), {"Lambda-Extension-Identifier": one.id})


def _next(extensions: Extensions, call: Call) -> None:
    if one := _caller(extensions, call):
        if one.state not in ("Registered", "Running"):
            return _refuse_move(call, one, "Ready", one.id)
        one.state, one.waiting = "Ready", call.connection


def _error(extensions: Extensions, call: Call, state: str) -> None:
    if not (one := _caller(extensions, call)):
        return
    error_type = _header(call, "lambda-extension-function-error-type")
    if not error_type:
        said = "Lambda-Extension-Function-Error-Type not found"
        return refuse(call, "Extension.MissingHeader", said)
    if one.state not in (state, "Registered", *(("Ready", "Running") if state == "ExitError" else ())):
        return _refuse_move(call, one, "InitError" if state == "InitError" else "Exited", one.id)
    if one.state != state:  # only the first is kept
        one.fail(state, error_type)
    call.connection.answer("202 Accepted", b'{"status":"OK"}\n')


def _caller(extensions: Extensions, call: Call) -> Extension | None:
    """The extension that calls, by its identifier; refused if there is none."""
    said = _header(call, "lambda-extension-identifier")
    if not said:
        refuse(call, "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header")
        return None
    try:
        id = str(uuid.UUID(said))
    except ValueError:
        refuse(call, "Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier")
        return None
    found = next((one for one in extensions.all.values() if one.id == id and one.state != "Started"), None)
    if not found:
        refuse(call, "Extension.UnknownExtensionIdentifier", f"Unknown extension {id}")
    return found


def refuse(call: Call, error_type: str, message: str) -> None:
    """Answer as AWS refuses calls of extensions: 403, and the reason."""
    body = {"errorMessage": message, "errorType": error_type}
    call.connection.answer("403 Forbidden", json.dumps(body).encode())


def _refuse_move(call: Call, one: Extension, to: str, name: str) -> None:
    said = f"State transition from {one.state} to {to} failed for extension {name}. "
    refuse(call, "Extension.InvalidExtensionState", said + "Error: State transition is not allowed")


def _header(call: Call, name: str) -> str:
    return call.headers.get(name.encode(), b"").decode("latin-1")
