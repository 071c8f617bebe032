"""Amazon EventBridge."""

from __future__ import annotations

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, account_of, no_resource, present


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


SERVICE = Service(
    "events",
    targets=targets,
    condition_keys=condition_keys,
    passed_roles={"PutRule": ("RoleArn",), "PutTargets": ("Targets", "RoleArn")},
)
