"""A learner: an account on the engine, clients for it, and how long each call took."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import boto3

from helpers.backend.clients import make_client
from helpers.backend.credentials import secret_access_key
from helpers.deployment import deploy
from helpers.lab import BASIC_POLICY, TRUST_LAMBDA

SERVICES = ("lambda", "iam", "logs", "sqs", "sns", "dynamodb", "stepfunctions")
NODE = {"Runtime": "nodejs24.x", "Handler": "index.handler"}
PYTHON = {"Runtime": "python3.13", "Handler": "index.handler"}


@dataclass(frozen=True)
class Call:
    """One call of AWS's API, and the seconds that it took."""

    operation: str
    seconds: float


class Learner:
    """Has what `helpers.deployment` and `helpers.logs` ask of a lab: `client(service)` and `role`."""

    def __init__(self, endpoint: str, secret: str, account: str):
        """`secret`: the engine's. `account`: 12 digits."""
        boto = boto3.Session(account, secret_access_key(secret, account), region_name="us-east-1")
        self._clients = {name: make_client(boto, name, local=True, endpoint_url=endpoint) for name in SERVICES}
        self.calls: list[Call] = []
        self.role = ""
        for client in self._clients.values():
            client.meta.events.register("before-call", self._began)
            client.meta.events.register("after-call", self._ended)

    def client(self, service: str) -> Any:
        """The client of a service: "lambda"."""
        return self._clients[service]

    def _began(self, context: dict[str, Any], **_: object) -> None:
        context["learner began"] = time.perf_counter()

    def _ended(self, model: Any, context: dict[str, Any], **_: object) -> None:
        operation = f"{model.service_model.service_name} {model.name}"
        self.calls.append(Call(operation, time.perf_counter() - context["learner began"]))

    def make_role(self, name: str, trust: dict[str, Any] = TRUST_LAMBDA) -> str:
        """A role that may write logs; return its ARN."""
        iam = self.client("iam")
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]
        iam.attach_role_policy(RoleName=name, PolicyArn=BASIC_POLICY)
        return role["Arn"]

    def allow(self, role: str, name: str, action: str | list[str], resource: str | list[str]) -> None:
        """Give a role an inline policy."""
        document = {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}],
        }
        self.client("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))

    def deploy(self, name: str, code: str | dict[str, str], **settings: Any) -> str:
        """Deploy a function and return its ARN."""
        suffix = "py" if settings["Runtime"].startswith("python") else "mjs" if "export const" in str(code) else "js"
        files = code if isinstance(code, dict) else {f"index.{suffix}": code}
        return deploy(self, name, files, **settings)["FunctionArn"]

    def configure(self, function: str, **settings: Any) -> None:
        """Change a function and wait until it is changed."""
        self.client("lambda").update_function_configuration(FunctionName=function, **settings)
        self.wait(function)

    def wait(self, function: str) -> None:
        """Wait until a change is made."""
        waiter = self.client("lambda").get_waiter("function_updated_v2")
        waiter.wait(FunctionName=function, WaiterConfig={"Delay": 0.1, "MaxAttempts": 600})

    def call(self, function: str, event: object, **how: Any) -> Any:
        """Invoke a function: what it returned, or {"errorType": …, "errorMessage": …}."""
        response = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event), **how)
        return json.loads(response["Payload"].read() or b"null")

    def make_queue(self, name: str, **attributes: str) -> Any:
        """A queue: its `url` and `arn`."""
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return SimpleNamespace(url=url, arn=found["Attributes"]["QueueArn"])

    def receive(self, queue: Any) -> dict[str, Any]:
        """Take the next message of a queue out of it."""
        sqs = self.client("sqs")
        question = {"QueueUrl": queue.url, "WaitTimeSeconds": 5, "MessageAttributeNames": ["All"]}
        message = wait_for(lambda: sqs.receive_message(**question).get("Messages"))[0]
        sqs.delete_message(QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])
        return message


def wait_for(found: Callable[[], Any], seconds: float = 300) -> Any:
    """Ask until there is an answer, as the labs do; return it. Raises: AssertionError after `seconds`."""
    until = time.monotonic() + seconds
    while not (answer := found()):
        require(time.monotonic() < until, f"there was nothing within {seconds} s")
        time.sleep(0.1)
    return answer


def require(right: bool, what: object) -> None:
    """Raises: AssertionError: an answer is not the one that a lab shows."""
    if not right:
        raise AssertionError(what)
