"""What checks ask the backend: an invocation's answer, a function's log, what a role allows."""

import json
import time
from contextlib import contextmanager

from helpers import logs
from helpers.backend.function_response import FunctionResponse
from helpers.deployment import WAIT
from helpers.iam import policies as identity_policies
from helpers.iam.policies import BOUNDARY, allowing, listed


def invoke(lab, function: str, event: object) -> FunctionResponse:
    """Invoke `function` synchronously with `event` and return its response.

    Raises: botocore.exceptions.ClientError, ResourceNotFoundException if there is no such function.
    """
    return FunctionResponse.read(lab.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event)))


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
