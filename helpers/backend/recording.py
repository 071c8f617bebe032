"""`LAB_RECORD=folder`: every call of a lab, redacted, in `folder/recording.jsonl`; for somebody with an AWS account to
send, so that the engine can be compared with AWS (`make compare`).

A line for each call, of notebooks and of `!aws`:

    {"service": "lambda", "operation": "Invoke", "request": {…}, "status": 200, "response": {…}}

with the request's parameters and the response's members as boto3 has them. No header, no signature, no credential is
ever looked at: `redaction` says what is written of the rest. A call that cannot be redacted is written without both.
"""

import io
import json
import os
import secrets
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

from helpers.backend.redaction import BYTES, Redactor, words
from helpers.errors import LabError
from helpers.state.home import ROOT

FOLDER, KEY = "LAB_RECORD", "LAB_RECORD_KEY"
FILE = "recording.jsonl"
LARGEST = 6 * 1024**2  # of a response's body, in bytes


def record_all(events: Any, environ: MutableMapping[str, str] = os.environ) -> None:
    """Have the calls of a client recorded, if LAB_RECORD says where; `events`: its own, or its session's.

    `!aws` gets the key for marks with the environment, so that they are the same there.
    """
    if not (folder := environ.get(FOLDER)):
        return
    key = environ.setdefault(KEY, secrets.token_hex(32))
    recorder = Recorder(Path(folder), Redactor(published(), bytes.fromhex(key)))
    events.register("before-parameter-build", recorder.asked, unique_id="lab-recording-request")
    events.register("after-call", recorder.answered, unique_id="lab-recording-response")


@cache
def published() -> frozenset[str]:
    """Return the words of the labs as they are published: of their cells and their solutions, not of their outputs."""
    notebooks = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "labs").glob("*.ipynb"))]
    cells = ["".join(cell["source"]) for notebook in notebooks for cell in notebook["cells"]]
    solutions = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "labs" / "solutions").glob("*.py"))]
    return frozenset(words([*cells, *solutions]))


class Recorder:
    """Writes the calls of clients into a folder."""

    def __init__(self, folder: Path, redactor: Redactor):
        self.folder, self.redactor = folder, redactor

    def asked(self, params: Any, model: Any, context: dict[str, Any], **_: object) -> None:
        """Keep a call's parameters until its response is there."""
        context["lab_recording"] = params

    def answered(
        self, http_response: Any, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any
    ) -> None:
        """Write a call."""
        call = {
            "service": model.service_model.service_name,
            "operation": model.name,
            "status": http_response.status_code,
        }
        try:
            call |= self.redacted(model, context.pop("lab_recording", {}), parsed)
        except Exception as error:
            call["not_recorded"] = type(error).__name__
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with open(file, "a", encoding="utf-8") as opened:
                opened.write(json.dumps(call) + "\n")
        except OSError as error:
            raise LabError(f"The call cannot be recorded ({error}): set {FOLDER} to a folder of yours.") from error

    def redacted(self, model: Any, request: Any, parsed: dict[str, Any]) -> dict[str, Any]:
        """Return request and response, redacted."""
        asked = self.redactor.value(request, model.input_shape)
        answer = {name: value for name, value in parsed.items() if name not in ("ResponseMetadata", "Error")}
        response = self.redactor.value(_read(parsed, answer), model.output_shape)
        if error := parsed.get("Error"):
            message = self.redactor.message(error.get("Message", ""), request)
            response = {"Error": {"Code": error.get("Code"), "Message": message}}
        return {"request": asked, "response": response}


def _read(parsed: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Read streams, so that they can be recorded, and put new ones in their place for whoever made the call."""
    from botocore.response import StreamingBody

    for name, value in answer.items():
        if isinstance(value, StreamingBody):
            size = int(getattr(value._raw_stream, "headers", {}).get("Content-Length") or LARGEST + 1)
            answer[name] = BYTES
            if size <= LARGEST:
                data = value.read()
                parsed[name] = StreamingBody(io.BytesIO(data), len(data))
                answer[name] = data
    return answer
