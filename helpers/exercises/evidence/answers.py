"""What checks ask the backend: an invocation's answer, a function's log, what a role allows."""

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass

from helpers import logs
from helpers.deployment import WAIT
from helpers.iam import policies as identity_policies
from helpers.iam.policies import BOUNDARY, allowing, listed


@dataclass(frozen=True)
class Answer:
    """What an invocation gave: the decoded payload, the kind of error (None: none), AWS's request id."""

    payload: object
    error: str | None
    request_id: str

    @property
    def error_type(self) -> str | None:
        """The function error's type, None if there is no error. A handler may not pass one off as its answer."""
        return self.payload.get("errorType") if self.error and isinstance(self.payload, dict) else None

    def __str__(self) -> str:
        """Return the payload as JSON, or the error without its stack trace."""
        if self.error and isinstance(self.payload, dict):
            message = BOTO3.sub("", str(self.payload.get("errorMessage", "")))
            return f'the error {self.error_type} ("{_short(message, 350)}")'  # who, what and on which fit in
        if isinstance(self.payload, NoJson):
            return str(self.payload)
        return _short(json.dumps(self.payload, ensure_ascii=False))


# What boto3 puts before AWS's own words (botocore.exceptions.ClientError.MSG_TEMPLATE, 1.40).
BOTO3 = re.compile(r"An error occurred \(\S+\) when calling the \w+ operation[^:]*: ")


@dataclass(frozen=True)
class NoJson:
    """What a function answered that is not JSON: a custom runtime passes on what its handler prints."""

    text: str

    def __str__(self) -> str:
        """Return it in words."""
        return f"an answer that is not JSON: {_short(self.text.strip())}" if self.text.strip() else "an empty answer"


def _short(text: str, most: int = 120) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def invoke(lab, function: str, event: object) -> Answer:
    """Invoke `function` synchronously with `event` and return its answer.

    Raises: botocore.exceptions.ClientError, ResourceNotFoundException if there is no such function.
    """
    response = lab.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    text = response["Payload"].read().decode("utf-8", errors="replace")
    try:
        payload = json.loads(text)
    except ValueError:
        payload = NoJson(text)
    return Answer(payload, response.get("FunctionError"), response["ResponseMetadata"]["RequestId"])


def logged(lab, function: str, matches, *, seconds: float = 2, sleep=time.sleep, clock=time.monotonic) -> list[str]:
    """Return the lines of the function's log for which `matches(line)`; wait up to `seconds` for the first."""
    deadline = clock() + seconds
    while True:
        found = [line for line in logs.fetch(lab, function, reports=0) if matches(line)]
        if found or clock() >= deadline:
            return found
        sleep(0.1)


@contextmanager
def renewed(lab, function: str):
    """Give `function` new environments: a change of its configuration, undone afterwards, ends the others."""
    api = lab.client("lambda")
    before = api.get_function_configuration(FunctionName=function).get("Description", "")
    _describe(api, function, "being checked")
    try:
        yield
    finally:
        _describe(api, function, before)


def _describe(api, function: str, text: str) -> None:
    api.update_function_configuration(FunctionName=function, Description=text)
    api.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig=WAIT)


def exists(lab, function: str) -> bool:
    """Tell whether the function exists."""
    api = lab.client("lambda")
    try:
        api.get_function_configuration(FunctionName=function)
    except api.exceptions.ResourceNotFoundException:
        return False
    return True


def resources(lab, role: str, prefix: str) -> set[str]:
    """Return the resources for which the role's own policies allow an action that begins with `prefix`, or any."""
    return {
        resource
        for statement in allowing_statements(lab, role)
        if any(action == "*" or action.startswith(prefix) for action in listed(statement.get("Action", [])))
        for resource in listed(statement.get("Resource", []))
    }


def actions(lab, role: str, prefix: str) -> set[str]:
    """Return the actions that begin with `prefix` and are allowed by name, without wildcards, in its own policies."""
    named = {action for statement in allowing_statements(lab, role) for action in listed(statement.get("Action", []))}
    return {action for action in named if action.startswith(prefix) and not set("*?") & set(action)}


def allowing_statements(lab, role: str) -> list[dict]:
    """Return the statements that allow something in the role's own policies; a boundary allows nothing."""
    policies = identity_policies.read(lab.client("iam"), "role", role)
    return [one for policy in policies if policy.kind != BOUNDARY for one in allowing(policy.document)]


def allowed(lab, role: str, actions: list[str], resource: str) -> list[str]:
    """Return those of `actions` on `resource` that the role's own policies allow, as IAM's simulator decides."""
    api = lab.client("iam")
    answer = api.simulate_principal_policy(
        PolicySourceArn=api.get_role(RoleName=role)["Role"]["Arn"], ActionNames=actions, ResourceArns=[resource]
    )
    return [found["EvalActionName"] for found in answer["EvaluationResults"] if found["EvalDecision"] == "allowed"]


def principals(statement: dict) -> set[str]:
    """Return whom a statement names: ARNs, accounts, services; "*" is anybody."""
    named = statement["Principal"]
    return {one for value in (named.values() if isinstance(named, dict) else [named]) for one in listed(value)}
