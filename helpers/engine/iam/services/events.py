"""Amazon EventBridge."""

from __future__ import annotations

import json
from typing import Any

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, Tags, account_of, no_resource, present


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Event buses and rules."""
    account, prefix = context.account_id, f"arn:aws:events:{context.region}:{context.account_id}:"

    def bus(name: str | None) -> str:
        return name if name and name.startswith("arn:") else f"{prefix}event-bus/{name or 'default'}"

    if action == "events:PutEvents":
        buses = dict.fromkeys(bus(entry.get("EventBusName")) for entry in request["Entries"])
        return [Target(action, arn, account_of(arn)) for arn in buses]
    if arn := request.get("ResourceARN"):
        return [Target(action, arn, account)]
    if "EventBus" in action and action != "events:ListEventBuses":
        return [Target(action, bus(request.get("Name")), account)]
    if name := request.get("Rule") or (request.get("Name") if "Rule" in action else None):
        where = (request.get("EventBusName") or "default").rpartition("/")[2]
        return [Target(action, f"{prefix}rule/{f'{where}/' if where != 'default' else ''}{name}", account)]
    if action == "events:ListRules":
        return [Target(action, f"{prefix}rule/*", account)]
    return no_resource(context, request, action)


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """The sources and types of events that are sent."""
    entries = request.get("Entries") or ()
    return present(
        {
            "events:source": [entry["Source"] for entry in entries if entry.get("Source")],
            "events:detail-type": [entry["DetailType"] for entry in entries if entry.get("DetailType")],
        }
    )


def resource_policy(account: str, region: str, resource: str) -> str | None:
    """An event bus's policy. `PutPermission` writes its statements, with a condition in a form of its own."""
    from localstack.services.events.models import events_stores  # here: who has no bus of his own does not pay for it

    kind, _, name = resource.partition("/")
    bus = events_stores[account][region].event_buses.get(name) if kind == "event-bus" else None
    if bus is None or not bus.policy:
        return None
    return json.dumps({**bus.policy, "Statement": [_statement(given) for given in bus.policy["Statement"]]})


def _statement(given: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in given.items() if value is not None}
    if "Key" in (condition := kept.get("Condition") or {}):
        kept["Condition"] = {condition["Type"]: {condition["Key"]: condition["Value"]}}
    return kept


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """The tags of an event bus or a rule."""
    from localstack.services.events.models import events_stores  # here: likewise

    return events_stores[account][region].TAGS.tags.get(f"arn:aws:events:{region}:{account}:{resource}")


SERVICE = Service(
    "events",
    targets=targets,
    condition_keys=condition_keys,
    resource_policy=resource_policy,
    resource_tags=resource_tags,
    tagged={"CreateEventBus": "TagResource", "PutRule": "TagResource"},
    passed_roles={"PutRule": ("RoleArn",), "PutTargets": ("Targets", "RoleArn")},
)
