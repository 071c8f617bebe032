"""Stacks for tests: made under a name of their own, deleted afterwards."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from kit import eventually
from template_kit import body

IAM = ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]


@dataclass
class Stacks:
    """Makes and watches stacks."""

    api: Any
    made: list[str] = field(default_factory=list)

    def name(self) -> str:
        self.made.append(f"s-{uuid.uuid4().hex[:8]}")
        return self.made[-1]

    def create(self, template, name=None, **options) -> dict:
        """Create a stack, and return it once it is settled."""
        name = name or self.name()
        self.api.create_stack(StackName=name, TemplateBody=body(template), Capabilities=IAM, **options)
        return self.settled(name)

    def update(self, name, template, **options) -> dict:
        self.api.update_stack(StackName=name, TemplateBody=body(template), Capabilities=IAM, **options)
        return self.settled(name)

    def delete(self, name, **options) -> dict:
        stack = self.describe(name)["StackId"]
        self.api.delete_stack(StackName=name, **options)
        return self.settled(stack)

    def describe(self, name) -> dict:
        return self.api.describe_stacks(StackName=name)["Stacks"][0]

    def settled(self, name) -> dict:
        """The stack once nothing is in progress."""
        assert eventually(lambda: not self.describe(name)["StackStatus"].endswith("IN_PROGRESS"), 60), self.events(name)
        return self.describe(name)

    def events(self, name) -> list[tuple]:
        """(logical id, status, reason) of each event, the oldest first."""
        found = self.api.describe_stack_events(StackName=name)["StackEvents"][::-1]
        return [(e["LogicalResourceId"], e["ResourceStatus"], e.get("ResourceStatusReason")) for e in found]

    def failures(self, name) -> list[tuple]:
        """The events that say why something failed."""
        return [event for event in self.events(name) if event[2] and "FAILED" in event[1]]

    def outputs(self, name) -> dict[str, str]:
        return {o["OutputKey"]: o["OutputValue"] for o in self.describe(name).get("Outputs", [])}


@pytest.fixture
def stacks(client):
    yield from stacks_of(client)


@pytest.fixture(scope="module")
def shared_stacks(client):
    """For stacks that a module's tests look at together."""
    yield from stacks_of(client)


def stacks_of(client):
    made = Stacks(client("cloudformation"))
    yield made
    for stack in made.api.describe_stacks()["Stacks"]:
        if stack["StackName"] in made.made:
            made.api.update_termination_protection(EnableTerminationProtection=False, StackName=stack["StackId"])
            made.api.delete_stack(StackName=stack["StackId"])
