"""A real engine on a free port, and AWS clients as a learner would make them."""

import base64
import io
import json
import os
import socket
import time
import urllib.request
import uuid
import zipfile
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from helpers.backend import Engine, Record

ROLE = "arn:aws:iam::000000000000:role/function"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="session", params=["auto", "plain"])
def engine(request, tmp_path_factory) -> Record:
    """An engine with a folder of its own, shared by all tests: a fault in one must not reach the next.

    Once as this machine allows (Linux: namespaces), once as where it does not. Processor time is not shared out by
    memory: that has its own tests, and the others would wait for it.
    """
    home = tmp_path_factory.mktemp("lab")
    running = Engine(home=home, environ={"PATH": os.environ["PATH"], "LAB_ISOLATION": request.param, "LAB_CPU": "full"})
    record = running.up(free_port())
    yield record
    running.down()


@pytest.fixture(scope="session")
def client(engine):
    """`client("lambda")`: a boto3 client of the default account, without retries."""

    def make(service: str, key: str = "test"):
        return boto3.client(
            service,
            endpoint_url=engine.endpoint,
            region_name="us-east-1",
            aws_access_key_id=key,
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 0}, read_timeout=120, max_pool_connections=64),
        )

    make("iam").create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
    return make


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


@pytest.fixture
def function(client):
    """`function(source)` deploys it and returns a caller; deleted after the test."""
    lam = client("lambda")
    names = []

    def deploy(source, runtime="python3.13", handler=None, name=None, files=None, **configuration):
        name = name or f"f-{uuid.uuid4().hex[:10]}"
        names.append(name)
        if files is None:
            files = {
                "python": {"index.py": source},
                "nodejs": {"index.js": source},
                "provid": {"bootstrap": source},
            }[runtime[:6]]
        lam.create_function(
            FunctionName=name,
            Runtime=runtime,
            Handler=handler or "index.handler",
            Role=ROLE,
            Code={"ZipFile": zipped(files)},
            **configuration,
        )
        wait_until_active(lam, name)
        return caller(lam, name)

    yield deploy
    for name in names:
        try:
            lam.delete_function(FunctionName=name)
        except lam.exceptions.ResourceNotFoundException:
            pass


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
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def status(engine) -> dict:
    with urllib.request.urlopen(f"{engine.endpoint}/_lab/status", timeout=10) as response:
        return json.load(response)


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
