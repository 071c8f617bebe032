"""Removal of what a lab made, by the names that it declares; `resource_types` says how each type is deleted.

A name may be a pattern (`lab05-*`).
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any

from helpers.backend import own_engine, pages
from helpers.cleanup.resource_types import RESOURCE_TYPES

BASIC_ROLE = "lab-basic-execution"  # shared by all labs, see Lab.role
LOG_SECONDS = 0.3  # our engine writes a log this long after the answer; AWS takes some seconds


@dataclass(frozen=True)
class Owns:
    """Names, or patterns of names, of everything a lab makes, by type of resource.

    With functions come their event source mappings and log groups, with state machines their log groups.
    Code signing configurations have no names and are known by their description.
    """

    functions: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    log_groups: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()  # of Kinesis
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()  # of the default event bus
    schedules: tuple[str, ...] = ()
    event_source_mappings: tuple[str, ...] = ()  # names of functions that are not the lab's own
    rest_apis: tuple[str, ...] = ()
    http_apis: tuple[str, ...] = ()  # and WebSocket APIs
    usage_plans: tuple[str, ...] = ()
    api_keys: tuple[str, ...] = ()
    state_machines: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    dashboards: tuple[str, ...] = ()
    code_signing_configs: tuple[str, ...] = ()
    stacks: tuple[str, ...] = ()

    def patterns(self, resource_type: str) -> tuple[str, ...]:
        """Return the names that are owned of a type, with those that follow from what else is owned."""
        names: tuple[str, ...] = getattr(self, resource_type)
        if resource_type == "event_source_mappings":
            names += self.functions
        if resource_type == "log_groups":
            names += tuple(f"/aws/lambda/{name}" for name in self.functions)
            # Where the console suggests that a state machine logs.
            names += tuple(f"/aws/vendedlogs/states/{name}-Logs" for name in self.state_machines)
        return names

    def shares(self, other: "Owns") -> bool:
        """Tell whether something of a type has the same name, or pattern, in both."""
        return any(set(getattr(self, one.name)) & set(getattr(other, one.name)) for one in fields(self))


def remove(
    client: Callable[[str], Any],
    owns: Owns,
    *,
    dry_run: bool = False,
    pause: float = 0,
    sleep: Callable[[float], object] = time.sleep,
) -> dict[str, list[str]]:
    """Delete everything that `owns` names, and return it: {"functions": ["HelloWorld"], ...}, names sorted.

    `client` returns a boto3 client for a service name. Only services of which something is owned are called.
    `dry_run`: find only. `pause`: seconds to wait before log groups are looked for, so that the log of an
    invocation that has just ended does not come after. Raises: what AWS answers, if it refuses a deletion.
    """
    removed = {}
    for name_of_type, resource_type in RESOURCE_TYPES.items():
        patterns = owns.patterns(name_of_type)
        if name_of_type == "log_groups":
            sleep(pause if owns.functions else 0)
        if not patterns:
            continue
        api = client(resource_type.service)
        found = [(name, resource) for name, resource in resource_type.named(api) if owned(name, patterns)]
        if not dry_run:
            for _, resource in found:
                resource_type.delete(api, resource)
        if found:
            removed[name_of_type] = sorted({name for name, _ in found})
    return removed


def in_words(removed: dict[str, list[str]]) -> str:
    """Return what was removed as one phrase: "functions HelloWorld, Picky; log groups /aws/lambda/HelloWorld"."""
    return "; ".join(f"{kind.replace('_', ' ')} {', '.join(names)}" for kind, names in removed.items())


def wait_until_idle(
    endpoint: str | None, owns: Owns, *, seconds: float = 10, sleep: Callable[[float], object] = time.sleep
) -> None:
    """Wait, but no longer than `seconds`, for invocations of owned functions that are still running in our engine.

    Such an invocation writes its log when it ends, which would create the deleted log group again.
    """
    waited = 0.0
    while endpoint and waited < seconds:
        environments = (own_engine.status(endpoint) or {}).get("environments", [])
        busy = [e for e in environments if e["state"] == "busy" and owned(e["function"], owns.functions)]
        if not busy:
            break
        sleep(0.2)
        waited += 0.2
    if waited:
        sleep(LOG_SECONDS)


def remove_basic_role(client: Callable[[str], Any]) -> None:
    """Delete the shared role, unless a function (of another lab) still uses it."""
    if not basic_role_is_used(client):
        remove(client, Owns(roles=(BASIC_ROLE,)))


def basic_role_is_used(client: Callable[[str], Any]) -> bool:
    """Tell whether a function has the shared role."""
    functions = pages.collect(client("lambda"), "list_functions", "Functions")
    return any(function["Role"].endswith(f"/{BASIC_ROLE}") for function in functions)


def owned(name: str, patterns: Iterable[str]) -> bool:
    """Tell whether a name, which is not empty, matches one of these."""
    return name != "" and any(fnmatchcase(name, pattern) for pattern in patterns)
