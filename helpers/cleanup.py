"""Remove what a lab made: a lab declares the names it owns, and each kind of thing has one function here.

A name may be a pattern (`lab05-*`). Order matters: functions before their roles and logs. To teach a
service that is not here yet, add a field to `Owns`, a function, and a line to `FINDERS`.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from helpers.ask import lab_status

BASIC_ROLE = "lab-basic-execution"  # shared by all labs, see Lab.role
LOG_SECONDS = 0.3  # our engine writes a log this long after the answer; AWS takes some seconds


@dataclass(frozen=True)
class Owns:
    """Names, or patterns of names, of everything a lab makes. Log groups of functions come with them."""

    functions: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    log_groups: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


def remove(
    client: Callable, owns: Owns, *, dry_run: bool = False, pause: float = 0, sleep=time.sleep
) -> dict[str, list[str]]:
    """Delete everything that `owns` names, and return it: {"functions": ["HelloWorld"], ...}, names sorted.

    `client` gives a boto3 client for a service name. Only services of which something is owned are asked.
    `dry_run`: find only. `pause`: seconds to wait before log groups are looked for, so that the log of an
    invocation that has just ended does not come after. Raises: what AWS answers, if it refuses a deletion.
    """
    removed = {}
    for kind, find in FINDERS.items():
        patterns = getattr(owns, kind)
        if kind == "log_groups":
            patterns += tuple(f"/aws/lambda/{name}" for name in owns.functions)
            sleep(pause if owns.functions else 0)
        if not patterns:
            continue
        found = {name: delete for name, delete in find(client) if _owned(name, patterns)}
        if not dry_run:
            for delete in found.values():
                delete()
        if found:
            removed[kind] = sorted(found)
    return removed


def in_words(removed: dict[str, list[str]]) -> str:
    """Return what was removed as one phrase: "functions HelloWorld, Picky; log groups /aws/lambda/HelloWorld"."""
    return "; ".join(f"{kind.replace('_', ' ')} {', '.join(names)}" for kind, names in removed.items())


def wait_until_idle(endpoint: str | None, owns: Owns, *, seconds: float = 10, sleep=time.sleep) -> None:
    """Wait, but no longer than `seconds`, for invocations of owned functions that still run in our engine.

    Such an invocation writes its log when it ends, and would bring back the log group that was just deleted.
    """
    waited = 0.0
    while endpoint and waited < seconds:
        environments = (lab_status(endpoint) or {}).get("environments", [])
        busy = [e for e in environments if e["state"] == "busy" and _owned(e["function"], owns.functions)]
        if not busy:
            break
        sleep(0.2)
        waited += 0.2
    if waited:
        sleep(LOG_SECONDS)


def remove_basic_role(client: Callable) -> None:
    """Delete the shared role, unless a function (of another lab) still uses it."""
    functions = _pages(client("lambda"), "list_functions", "Functions")
    if not any(function["Role"].endswith(f"/{BASIC_ROLE}") for function in functions):
        remove(client, Owns(roles=(BASIC_ROLE,)))


Found = Iterator[tuple[str, Callable[[], object]]]  # of everything of a kind: its name, and how to delete it


def _owned(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _functions(client) -> Found:
    api = client("lambda")
    for function in _pages(api, "list_functions", "Functions"):
        name = function["FunctionName"]
        yield name, lambda name=name: _delete_function(api, name)


def _delete_function(api, name: str) -> None:
    for mapping in _pages(api, "list_event_source_mappings", "EventSourceMappings", FunctionName=name):
        api.delete_event_source_mapping(UUID=mapping["UUID"])
    api.delete_function(FunctionName=name)


def _layers(client) -> Found:
    api = client("lambda")
    for layer in _pages(api, "list_layers", "Layers"):
        name = layer["LayerName"]
        yield name, lambda name=name: _delete_layer(api, name)


def _delete_layer(api, name: str) -> None:
    for version in list(_pages(api, "list_layer_versions", "LayerVersions", LayerName=name)):
        api.delete_layer_version(LayerName=name, VersionNumber=version["Version"])


def _roles(client) -> Found:
    api = client("iam")
    for role in _pages(api, "list_roles", "Roles"):
        name = role["RoleName"]
        yield name, lambda name=name: _delete_role(api, name)


def _delete_role(api, name: str) -> None:
    for policy in list(_pages(api, "list_attached_role_policies", "AttachedPolicies", RoleName=name)):
        api.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
    for policy in list(_pages(api, "list_role_policies", "PolicyNames", RoleName=name)):
        api.delete_role_policy(RoleName=name, PolicyName=policy)
    api.delete_role(RoleName=name)


def _policies(client) -> Found:
    api = client("iam")
    for policy in _pages(api, "list_policies", "Policies", Scope="Local"):
        yield policy["PolicyName"], lambda arn=policy["Arn"]: _delete_policy(api, arn)


def _delete_policy(api, arn: str) -> None:
    for version in list(_pages(api, "list_policy_versions", "Versions", PolicyArn=arn)):
        if not version["IsDefaultVersion"]:
            api.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    api.delete_policy(PolicyArn=arn)


def _log_groups(client) -> Found:
    api = client("logs")
    for group in _pages(api, "describe_log_groups", "logGroups"):
        name = group["logGroupName"]
        yield name, lambda name=name: api.delete_log_group(logGroupName=name)


def _buckets(client) -> Found:
    api = client("s3")
    for bucket in api.list_buckets()["Buckets"]:
        yield bucket["Name"], lambda name=bucket["Name"]: _delete_bucket(api, name)


def _delete_bucket(api, name: str) -> None:
    for page in api.get_paginator("list_object_versions").paginate(Bucket=name):
        entries = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        if entries:
            keys = [{"Key": entry["Key"], "VersionId": entry["VersionId"]} for entry in entries]
            api.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
    api.delete_bucket(Bucket=name)


def _queues(client) -> Found:
    api = client("sqs")
    for url in _pages(api, "list_queues", "QueueUrls"):
        yield url.rpartition("/")[2], lambda url=url: api.delete_queue(QueueUrl=url)


def _tables(client) -> Found:
    api = client("dynamodb")
    for name in _pages(api, "list_tables", "TableNames"):
        yield name, lambda name=name: api.delete_table(TableName=name)


def _pages(api, operation: str, key: str, **arguments) -> Iterable:
    for page in api.get_paginator(operation).paginate(**arguments):
        yield from page.get(key, [])


FINDERS = {
    "functions": _functions,
    "layers": _layers,
    "roles": _roles,
    "policies": _policies,
    "log_groups": _log_groups,
    "buckets": _buckets,
    "queues": _queues,
    "tables": _tables,
}
