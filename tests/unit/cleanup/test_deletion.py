"""Deleting a stack: what refuses to go with it is left for its own type's turn."""

import pytest
from botocore.exceptions import WaiterError

from helpers.cleanup import deletion


class CloudFormation:
    """A stack with resources that cannot be deleted until they are retained."""

    def __init__(self, stubborn, retains=True):
        self.stubborn, self.retains, self.calls = set(stubborn), retains, []

    def delete_stack(self, RetainResources=(), **_):  # noqa: N803 (AWS's spelling)
        self.calls.append(list(RetainResources))
        self.stubborn -= set(RetainResources) if self.retains else set()

    def update_termination_protection(self, **asked):
        self.calls.append(asked["EnableTerminationProtection"])

    def get_waiter(self, _):
        return self

    def wait(self, **_):
        if self.stubborn:
            raise WaiterError("StackDeleteComplete", "DELETE_FAILED", {})

    def describe_stack_resources(self, **_):
        gone = {"LogicalResourceId": "Role", "ResourceStatus": "DELETE_COMPLETE"}
        failed = [{"LogicalResourceId": name, "ResourceStatus": "DELETE_FAILED"} for name in sorted(self.stubborn)]
        return {"StackResources": [gone, *failed]}


def test_what_cannot_be_deleted_is_retained_and_the_stack_goes():
    api = CloudFormation(["Files"])
    deletion.stack(api, {"StackId": "id"})
    assert api.calls == [[], ["Files"]]


def test_a_protected_stack_goes_too():
    api = CloudFormation([])
    deletion.stack(api, {"StackId": "id", "EnableTerminationProtection": True})
    assert api.calls == [False, []]


def test_a_stack_that_stays_for_another_reason_is_an_error():
    with pytest.raises(WaiterError):
        deletion.stack(CloudFormation(["Files"], retains=False), {"StackId": "id"})
