"""Deleting resources that need several calls: what belongs to them, or refers to them, goes first.

Each function takes a boto3 client and the resource as the client lists it.

Sources: the API references of the services, "Delete…" (2026-11).
"""

import time
from typing import Any

from botocore.exceptions import WaiterError

from helpers.backend import pages
from helpers.errors import BackendError

STACK_WAIT = {"Delay": 1, "MaxAttempts": 900}  # botocore's own delay is 30 s, ours is for a local backend
MAPPING_SECONDS = 120  # LocalStack needs about 1 to delete an event source mapping, AWS more


def stack(api: Any, stack: Any) -> None:
    """Delete a stack, a protected one too, and wait until its resources are gone.

    What refuses to be deleted with it, such as a bucket with objects, is left for its own type's turn.
    """
    which = {"StackName": stack["StackId"]}
    if stack.get("EnableTerminationProtection"):
        api.update_termination_protection(EnableTerminationProtection=False, **which)
    left: list[str] = []
    while True:
        api.delete_stack(**which, **({"RetainResources": left} if left else {}))
        try:
            api.get_waiter("stack_delete_complete").wait(**which, WaiterConfig=STACK_WAIT)
            return
        except WaiterError:
            resources = api.describe_stack_resources(**which)["StackResources"]
            failed = [one["LogicalResourceId"] for one in resources if one["ResourceStatus"] == "DELETE_FAILED"]
            if set(failed) <= set(left):
                raise
            left += failed


def mapping(api: Any, mapping: Any) -> None:
    """Delete an event source mapping and wait until it is gone: until then it cannot be created again."""
    uuid, waited = mapping["UUID"], 0.0
    if mapping["State"] != "Deleting":
        api.delete_event_source_mapping(UUID=uuid)
    while any(each["UUID"] == uuid for each in pages.collect(api, "list_event_source_mappings", "EventSourceMappings")):
        if waited >= MAPPING_SECONDS:
            raise BackendError(f"Event source mapping {uuid} is still being deleted: try again in a minute.")
        time.sleep(0.2)
        waited += 0.2


def rule(api: Any, rule: Any) -> None:
    """Delete a rule of the default event bus after its targets."""
    targets = [target["Id"] for target in pages.collect(api, "list_targets_by_rule", "Targets", Rule=rule["Name"])]
    if targets:
        api.remove_targets(Rule=rule["Name"], Ids=targets)
    api.delete_rule(Name=rule["Name"])


def schedule(api: Any, schedule: Any) -> None:
    """Delete a schedule of any group."""
    api.delete_schedule(Name=schedule["Name"], GroupName=schedule["GroupName"])


def state_machine(api: Any, machine: Any) -> None:
    """Stop the running executions of a state machine, then delete it."""
    arn = {"stateMachineArn": machine["stateMachineArn"]}
    # The machine would live as long as its executions. Those of express machines cannot be listed.
    if machine["type"] == "STANDARD":
        for execution in pages.collect(api, "list_executions", "executions", statusFilter="RUNNING", **arn):
            api.stop_execution(executionArn=execution["executionArn"])
    api.delete_state_machine(**arn)


def usage_plan(api: Any, plan: Any) -> None:
    """Detach a usage plan from its stages, then delete it."""
    stages = [f"{stage['apiId']}:{stage['stage']}" for stage in plan.get("apiStages", [])]
    if stages:
        remove = [{"op": "remove", "path": "/apiStages", "value": stage} for stage in stages]
        api.update_usage_plan(usagePlanId=plan["id"], patchOperations=remove)
    api.delete_usage_plan(usagePlanId=plan["id"])


def layer(api: Any, layer: Any) -> None:
    """Delete every version of a layer."""
    name = layer["LayerName"]
    for version in pages.collect(api, "list_layer_versions", "LayerVersions", LayerName=name):
        api.delete_layer_version(LayerName=name, VersionNumber=version["Version"])


def user(api: Any, user: Any) -> None:
    """Delete a user with access keys, memberships, password and policies."""
    name = {"UserName": user["UserName"]}
    for key in pages.collect(api, "list_access_keys", "AccessKeyMetadata", **name):
        api.delete_access_key(AccessKeyId=key["AccessKeyId"], **name)
    for group in pages.collect(api, "list_groups_for_user", "Groups", **name):
        api.remove_user_from_group(GroupName=group["GroupName"], **name)
    try:
        api.delete_login_profile(**name)
    except api.exceptions.NoSuchEntityException:
        pass  # most users have no password, and asking first would be one more call
    _identity(api, "user", name)


def group(api: Any, group: Any) -> None:
    """Delete a group with its policies; its members stay."""
    name = {"GroupName": group["GroupName"]}
    for user in pages.collect(api, "get_group", "Users", **name):
        api.remove_user_from_group(UserName=user["UserName"], **name)
    _identity(api, "group", name)


def role(api: Any, role: Any) -> None:
    """Delete a role with its policies."""
    _identity(api, "role", {"RoleName": role["RoleName"]})


def _identity(api: Any, kind: str, name: dict[str, str]) -> None:
    """Delete a user, group or role with its inline policies, after detaching managed ones (a boundary may stay)."""
    for policy in pages.collect(api, f"list_attached_{kind}_policies", "AttachedPolicies", **name):
        getattr(api, f"detach_{kind}_policy")(PolicyArn=policy["PolicyArn"], **name)
    for policy in pages.collect(api, f"list_{kind}_policies", "PolicyNames", **name):
        getattr(api, f"delete_{kind}_policy")(PolicyName=policy, **name)
    getattr(api, f"delete_{kind}")(**name)


def policy(api: Any, policy: Any) -> None:
    """Delete a policy with its older versions. What it is attached to has to be deleted before."""
    arn = {"PolicyArn": policy["Arn"]}
    for version in pages.collect(api, "list_policy_versions", "Versions", **arn):
        if not version["IsDefaultVersion"]:
            api.delete_policy_version(VersionId=version["VersionId"], **arn)
    api.delete_policy(**arn)


def bucket(api: Any, bucket: Any) -> None:
    """Delete a bucket with every version of every object."""
    name = bucket["Name"]
    for page in api.get_paginator("list_object_versions").paginate(Bucket=name):
        entries = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        if entries:
            keys = [{"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in entries]
            api.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
    api.delete_bucket(Bucket=name)
