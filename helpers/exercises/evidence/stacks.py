"""Evidence from stacks of AWS CloudFormation: parameters, outputs, what was made for a logical id, and its answers."""

from typing import Any

import requests

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.exercises.evidence.rest_api import Reply


def described(lab: Connection, stack: str) -> dict[str, Any]:
    """Return a stack as DescribeStacks does. Raises: ClientError, ValidationError if there is none."""
    return lab.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]


def parameters(lab: Connection, stack: str) -> dict[str, str]:
    """Return {name: value} of the stack's parameters."""
    return {one["ParameterKey"]: one["ParameterValue"] for one in described(lab, stack).get("Parameters", [])}


def outputs(lab: Connection, stack: str) -> dict[str, str]:
    """Return {name: value} of the stack's outputs."""
    return {one["OutputKey"]: one["OutputValue"] for one in described(lab, stack).get("Outputs", [])}


def resources(lab: Connection, stack: str, type_: str) -> dict[str, str]:
    """Return {logical id: physical id} of the stack's resources of a type, those that were deleted left out."""
    found = lab.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
    return {
        one["LogicalResourceId"]: one["PhysicalResourceId"]
        for one in found
        if one["ResourceType"] == type_ and one["ResourceStatus"] != "DELETE_COMPLETE"
    }


def change_sets(lab: Connection, stack: str) -> list[str]:
    """Return the names of the stack's change sets that wait to be executed."""
    waiting = pages.collect(lab.client("cloudformation"), "list_change_sets", "Summaries", StackName=stack)
    return sorted(one["ChangeSetName"] for one in waiting if one["ExecutionStatus"] == "AVAILABLE")


def template(lab: Connection, stack: str) -> str:
    """Return the template that the stack was last made from, as it was sent."""
    return str(lab.client("cloudformation").get_template(StackName=stack, TemplateStage="Original")["TemplateBody"])


def was_deleted(lab: Connection, stack: str) -> bool:
    """Tell whether there was a stack of this name that is deleted by now."""
    listed = pages.collect(
        lab.client("cloudformation"), "list_stacks", "StackSummaries", StackStatusFilter=["DELETE_COMPLETE"]
    )
    return any(one["StackName"] == stack for one in listed)


def fetch(verb: str, url: str, body: Any = None) -> Reply:
    """Send a request to an address among a stack's outputs, with `body` as JSON. Raises: requests.RequestException."""
    return Reply.read(requests.request(verb, url, json=body, timeout=30))
