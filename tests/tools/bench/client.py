"""The clients of `make bench`: the same for the engine and for its peer."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import boto3

from helpers.backend.clients import client_config
from helpers.backend.credentials import read_secret, secret_access_key
from helpers.deployment import zip_code

ALLOW = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [ALLOW]})
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
EVENT = b'{"name": "bench"}'
ANSWER = {"hello": "bench"}  # who answers anything else has not run the function

PYTHON = 'def handler(event, context):\n    return {"hello": event["name"]}\n'
# Most handlers log something, and emulators differ in what a line costs, or the lack of one.
LOGGING = 'def handler(event, context):\n    print("Received", event)\n    return {"hello": event["name"]}\n'
WAITING = """import time

def handler(event, context):
    time.sleep(event.get("wait", 0))
    return {"hello": event["name"]}
"""
NODEJS = "exports.handler = async (event) => ({hello: event.name});\n"
FUNCTIONS = {
    "Python": ("python3.13", {"index.py": PYTHON}),
    "Python, logs a line": ("python3.13", {"index.py": LOGGING}),
    "Python, waits": ("python3.13", {"index.py": WAITING}),
    "Node.js": ("nodejs22.x", {"index.js": NODEJS}),
}


def own_secret(home: Path) -> str:
    """The secret access key of the account 000000000000 of the engine whose folder is `home`."""
    return secret_access_key(read_secret(home), "test")


class Server:
    """An emulator under test: boto3 clients for it, a role, and the functions deployed so far.

    `secret`: the secret access key of `test`; emulators take any.
    """

    def __init__(self, name: str, endpoint: str, secret: str = "test"):
        self.name, self.endpoint = name, endpoint
        self.prefix = f"bench-{secrets.token_hex(3)}"  # a peer may be in use: nothing there must clash
        boto = boto3.Session(aws_access_key_id="test", aws_secret_access_key=secret, region_name="us-east-1")
        config = client_config(local=True)
        self.api = boto.client("lambda", endpoint_url=endpoint, config=config)
        self.iam = boto.client("iam", endpoint_url=endpoint, config=config)
        self.logs = boto.client("logs", endpoint_url=endpoint, config=config)
        self.role = ""
        self.functions: list[str] = []

    def deploy(self, kind: str) -> str:
        """Create a function of one of the FUNCTIONS, wait until it is active, and return its name."""
        if not self.role:
            self.role = self.iam.create_role(RoleName=self.prefix, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
            self.iam.attach_role_policy(RoleName=self.prefix, PolicyArn=BASIC)  # or its functions write no log
        runtime, files = FUNCTIONS[kind]
        name = f"{self.prefix}-{len(self.functions)}"
        self.api.create_function(
            FunctionName=name,
            Runtime=runtime,
            Handler="index.handler",
            Role=self.role,
            Code={"ZipFile": zip_code(files)},
        )
        self.functions.append(name)
        self.api.get_waiter("function_active_v2").wait(
            FunctionName=name, WaiterConfig={"Delay": 0.02, "MaxAttempts": 1500}
        )
        return name

    def invoke(self, function: str, event: str | bytes = EVENT) -> None:
        response = self.api.invoke(FunctionName=function, Payload=event)
        expect(response["Payload"].read(), response.get("FunctionError"))

    def noop(self) -> None:
        self.api.get_account_settings()

    def plain(self, operation: str, call: Callable[[], object]) -> Callable[[], None]:
        """Return a function that sends the HTTP request of boto3's `call` again, on a connection of its own.

        The request is signed once, which holds for 15 minutes (SigV4, 2026-11): the rows of one are measured in less.
        """
        requests = []
        hook = f"before-send.lambda.{operation}"
        self.api.meta.events.register(hook, keep := lambda request, **_: requests.append(request))
        try:
            call()
        finally:
            self.api.meta.events.unregister(hook, keep)
        url = urlsplit(requests[0].url)
        texts = {True: bytes.decode, False: str}
        headers = {key: texts[isinstance(value, bytes)](value) for key, value in requests[0].headers.items()}
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)

        def send() -> None:
            connection.request(requests[0].method, url.path, requests[0].body, headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"HTTP {response.status}: {body[:300]!r}")
            if operation == "Invoke":
                expect(body, response.headers.get("X-Amz-Function-Error"))

        return send

    def plain_invoke(self, function: str) -> Callable[[], None]:
        return self.plain("Invoke", lambda: self.invoke(function))

    def clean_up(self) -> None:
        for name in self.functions:
            self.api.delete_function(FunctionName=name)
        if self.role:
            self.iam.detach_role_policy(RoleName=self.prefix, PolicyArn=BASIC)
            self.iam.delete_role(RoleName=self.prefix)


class RoleSession(Server):
    """The same, but its Lambda client signs as a session of a role with so many policies, the last of which allows
    the no-op call. The others speak of Lambda, too, so that none can be passed over.
    """

    def __init__(self, name: str, endpoint: str, secret: str, policies: int):
        super().__init__(name, endpoint, secret)
        boto = boto3.Session(aws_access_key_id="test", aws_secret_access_key=secret, region_name="us-east-1")
        sts = boto.client("sts", endpoint_url=endpoint, config=client_config(local=True))
        root = f"arn:aws:iam::{sts.get_caller_identity()['Account']}:root"
        trust = {"Effect": "Allow", "Principal": {"AWS": root}, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        arn = self.iam.create_role(RoleName=self.prefix, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        for index in range(policies):
            text = json.dumps({"Version": "2012-10-17", "Statement": _statements(index, index == policies - 1)})
            self.iam.put_role_policy(RoleName=self.prefix, PolicyName=f"p{index}", PolicyDocument=text)
        keys = sts.assume_role(RoleArn=arn, RoleSessionName="bench")["Credentials"]
        self.api = boto3.client(
            "lambda",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
            config=client_config(local=True),
        )


def _statements(index: int, last: bool) -> list[dict]:
    function = f"arn:aws:lambda:us-east-1:000000000000:function:{index}-*"
    return [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": f"arn:aws:s3:::bucket-{index}/*"},
        {"Effect": "Allow", "Action": ["dynamodb:*Item", "dynamodb:Query"], "Resource": "arn:aws:dynamodb:*:*:table/*"},
        {"Effect": "Allow", "Action": "lambda:GetAccountSettings", "Resource": "*"}
        if last
        else {"Effect": "Allow", "Action": ["lambda:Invoke*", "lambda:GetFunction"], "Resource": function},
    ]


def expect(body: bytes, error: str | None) -> None:
    """Raises: RuntimeError unless an invocation's answer is what the function returns."""
    if error or json.loads(body) != ANSWER:
        raise RuntimeError(f"the function did not answer {ANSWER}: {error or ''} {body[:300]!r}")


def timed(call: Callable[..., object], *arguments: object) -> float:
    """How long `call` takes, in seconds."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


@dataclass(frozen=True)
class Load:
    """What callers saw who called at the same time: calls per second, and how long each took, in seconds."""

    rate: float
    seconds: list[float]


def load(
    make: Callable[[], Callable[[], None]],
    clients: int,
    seconds: float,
    warm_up: float = 1.0,
    mark: Callable[[], None] = lambda: None,
) -> Load:
    """Let `clients` callers call for `seconds`, after `warm_up` seconds that do not count. `mark` is called when what
    counts begins, and when it has ended.

    The callers are threads here, not processes and not boto3: with a request signed beforehand a call costs
    the client about 0.2 ms of CPU (boto3: 0.8 ms), so that 500 calls/s keep its GIL busy for a tenth of the time and
    leave the cores of a small machine to the server and its functions. Sixteen boto3 processes would measure how
    they fight with the server for two cores.
    """
    calls = [make() for _ in range(clients)]
    took: list[list[float]] = [[] for _ in calls]
    errors: list[Exception] = []

    def work(index: int, deadline: float) -> None:
        try:
            while time.perf_counter() < deadline and not errors:
                took[index].append(timed(calls[index]))
        except Exception as error:
            errors.append(error)

    def run(duration: float) -> float:
        start = time.perf_counter()
        threads = [threading.Thread(target=work, args=(index, start + duration)) for index in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        return time.perf_counter() - start

    run(warm_up)  # every caller gets its execution environment: cold starts are a row of their own
    for times in took:
        times.clear()
    mark()
    elapsed = run(seconds)
    mark()
    together = [each for times in took for each in times]
    return Load(len(together) / elapsed, together)
