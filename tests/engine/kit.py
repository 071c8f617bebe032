"""What the engine's tests share beside their fixtures: deploying, calling, waiting, looking at processes."""

import base64
import io
import json
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from helpers.backend import credentials, health

ROLE = "arn:aws:iam::000000000000:role/function"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


@dataclass(frozen=True)
class Result:
    """An invocation as a caller sees it."""

    payload: object
    error: str | None
    log: str

    @property
    def error_type(self):
        return self.payload.get("errorType") if isinstance(self.payload, dict) else None

    @property
    def report(self) -> str:
        return next(line for line in self.log.splitlines() if line.startswith("REPORT"))


def caller(lam, name):
    def call(event=None, **options) -> Result:
        response = lam.invoke(FunctionName=name, Payload=json.dumps(event), LogType="Tail", **options)
        body = response["Payload"].read()
        return Result(
            json.loads(body) if body else None,
            response.get("FunctionError"),
            base64.b64decode(response.get("LogResult", "")).decode(),
        )

    call.name = name
    return call


def wait_until_active(lam, name):
    for _ in range(500):
        state = lam.get_function_configuration(FunctionName=name)
        if state["State"] != "Pending" and state.get("LastUpdateStatus") != "InProgress":
            return state
        time.sleep(0.02)
    raise AssertionError(f"{name} stays pending")


def zipped(files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            content, mode = content if isinstance(content, tuple) else (content, 0o755)
            entry.external_attr = mode << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def secret(engine, key="test") -> str:
    """The secret access key of an account of this engine."""
    return credentials.secret_access_key(owner_secret(engine), key)


def owner_secret(engine) -> str:
    return credentials.read_secret(Path(engine.log).parent)


def status(engine) -> dict:
    return health.lab_status(engine.endpoint, owner_secret(engine))


def owner(engine, path, method="GET") -> str:
    """An Authorization header of the engine's owner, for one path."""
    return f"Lab {credentials.proof(owner_secret(engine), method, path.partition('?')[0], time.time())}"


def peak_bytes(pid: int) -> int:
    """The most memory that a process ever had, in bytes; Linux."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) * 1024


def processes_with(marker: str) -> list[int]:
    """Ids of all processes on this machine whose command line or environment holds `marker`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if marker.encode() in text:
            found.append(int(folder.name))
    return found


def eventually(condition, seconds=5.0):
    """The first true answer of `condition`, asked again until `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(0.05)
    return condition()


def refusal(call, **request) -> tuple[str, str]:
    """The code and the message that a call is refused with."""
    with pytest.raises(ClientError) as refused:
        call(**request)
    said = refused.value.response["Error"]
    return said["Code"], said["Message"]
