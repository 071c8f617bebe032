"""A function's response and log, and what the policies of a role allow."""

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError

from helpers import logs
from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection
from helpers.deployment import WAIT
from helpers.errors import NotThereError
from helpers.exercises.evidence.waiting import until
from helpers.iam import policies as identity_policies
from helpers.iam.policies import BOUNDARY, allowing, listed

CONSTANT = "but not the same for another name"


def random_name() -> str:
    """Return a random name in small letters, for which no function can have a constant answer: "tomira", say."""
    return "".join(random.choice("bdfgklmnprstvz") + random.choice("aeiou") for _ in range(4))


def greets_anybody(lab: Connection, function: str, greeting: str) -> bool:
    """Tell whether `function` answers an event with a random name by `greeting`, "Hello {}", with that name."""
    name = random_name()
    return invoke(lab, function, {"name": name}).payload == greeting.format(name)


def invoke(lab: Connection, function: str, event: object) -> FunctionResponse:
    """Invoke `function` synchronously with `event` and return its response; if it was made just now, when it is ready.

    Raises: botocore.exceptions.ClientError, ResourceNotFoundException if there is no such function.
    """
    api, payload = lab.client("lambda"), json.dumps(event)
    try:
        return FunctionResponse.read(api.invoke(FunctionName=function, Payload=payload))
    except ClientError as error:
        if "state: Pending" not in error.response["Error"]["Message"]:
            raise
    api.get_waiter("function_active_v2").wait(FunctionName=function, WaiterConfig=WAIT)
    return FunctionResponse.read(api.invoke(FunctionName=function, Payload=payload))


def logged(
    lab: Connection,
    function: str,
    matches: Callable[[str], object],
    *,
    seconds: float = 2,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> list[str]:
    """Return the lines of the function's log for which `matches(line)`; wait up to `seconds` for the first."""

    def found() -> list[str]:
        return [line for line in logs.fetch(lab, function, reports=0) if matches(line)]

    return until(found, seconds, pause=0.1, sleep=sleep, clock=clock)


def reported(lab: Connection, function: str, event: object) -> tuple[FunctionResponse, logs.Report]:
    """Invoke `function` synchronously with `event`; return its response, and the REPORT of that very invocation."""
    response = lab.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event), LogType="Tail")
    return FunctionResponse.read(response), logs.Report.parse(logs.tail(response))


@contextmanager
def with_new_environments(lab: Connection, function: str) -> Iterator[None]:
    """Run the block with new execution environments: a change of configuration, undone afterwards, ends the others."""
    api = lab.client("lambda")
    before = api.get_function_configuration(FunctionName=function).get("Description", "")
    with _changed(api, function, {"Description": "being checked"}, {"Description": before}):
        yield


def variables_of(configured: Mapping[str, Any]) -> dict[str, str]:
    """Return the environment variables in a function's configuration."""
    variables: dict[str, str] = configured.get("Environment", {}).get("Variables", {})
    return variables


@contextmanager
def with_variables(lab: Connection, function: str, variables: dict[str, str]) -> Iterator[None]:
    """Run the block with other environment variables of the function; afterwards it has its own again."""
    api = lab.client("lambda")
    before = variables_of(api.get_function_configuration(FunctionName=function))
    now, then = ({"Environment": {"Variables": some}} for some in (variables, before))
    with _changed(api, function, now, then):
        yield


@contextmanager
def _changed(api: Any, function: str, now: dict[str, Any], then: dict[str, Any]) -> Iterator[None]:
    _configure(api, function, now)
    try:
        yield
    finally:
        _configure(api, function, then)


def _configure(api: Any, function: str, settings: dict[str, Any]) -> None:
    api.update_function_configuration(FunctionName=function, **settings)
    api.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig=WAIT)


def function_exists(lab: Connection, function: str) -> bool:
    """Tell whether the function exists."""
    api = lab.client("lambda")
    try:
        api.get_function_configuration(FunctionName=function)
    except api.exceptions.ResourceNotFoundException:
        return False
    return True


def given(lab: Connection, function: str) -> None:
    """Do nothing if the function is there that the notebook's own cells make for an exercise.

    Raises: NotThereError if it is not, as after a restart of the kernel: nothing can be said about the learner's work.
    """
    if not function_exists(lab, function):
        raise NotThereError(f"There is no function {function}: run the cells above, beginning with the first.")


def allowed_resources(lab: Connection, role: str, prefix: str) -> set[str]:
    """Return the resources for which the role's own policies allow an action that begins with `prefix`, or any."""
    return {
        resource
        for statement in allowing_statements(lab, role)
        if any(action == "*" or action.startswith(prefix) for action in listed(statement.get("Action", [])))
        for resource in listed(statement.get("Resource", []))
    }


def allowed_actions(lab: Connection, role: str, prefix: str) -> set[str]:
    """Return the actions that begin with `prefix` and are allowed by name, without wildcards, in its own policies."""
    named = {action for statement in allowing_statements(lab, role) for action in listed(statement.get("Action", []))}
    return {action for action in named if action.startswith(prefix) and not set("*?") & set(action)}


def allowing_statements(lab: Connection, role: str) -> list[dict[str, Any]]:
    """Return the statements that allow something in the role's own policies; a boundary allows nothing."""
    policies = identity_policies.read(lab.client("iam"), "role", role)
    return [one for policy in policies if policy.kind != BOUNDARY for one in allowing(policy.document)]


def allowed(lab: Connection, role: str, actions: list[str], resource: str) -> list[str]:
    """Return those of `actions` on `resource` that the role's own policies allow, as IAM's simulator decides."""
    api = lab.client("iam")
    answer = api.simulate_principal_policy(
        PolicySourceArn=api.get_role(RoleName=role)["Role"]["Arn"], ActionNames=actions, ResourceArns=[resource]
    )
    return [found["EvalActionName"] for found in answer["EvaluationResults"] if found["EvalDecision"] == "allowed"]


def principals(statement: Mapping[str, Any]) -> set[str]:
    """Return the principals of a statement: ARNs, accounts, services, or "*" for anybody."""
    named = statement["Principal"]
    return {one for value in (named.values() if isinstance(named, dict) else [named]) for one in listed(value)}
