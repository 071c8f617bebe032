"""What drift detection has found out about stacks.

A result is about a resource as it was deployed: once a resource is updated it has not been checked. (What AWS keeps
after an update is not documented.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from localstack.services.cloudformation.v2.entities import Stack

DRIFTED = ("MODIFIED", "DELETED")
MOST_DETECTIONS = 20  # of a stack are kept; on AWS how many "may vary"
Drift = dict[str, Any]  # a StackResourceDrift


@dataclass
class Results:
    """What was found of one stack.

    `drifts`: by logical id, each with the resource that it is about; `resources`: those of the stack when all of them
    were checked; `checked`: when the last check began; `detections`: what DescribeStackDriftDetectionStatus answers, by
    id.
    """

    drifts: dict[str, tuple[Mapping[str, Any], Drift]] = field(default_factory=dict)
    resources: Mapping[str, Any] | None = None
    checked: datetime | None = None
    detections: dict[str, dict[str, Any]] = field(default_factory=dict)


_results: WeakKeyDictionary[Stack, Results] = WeakKeyDictionary()


def of(stack: Stack) -> Results:
    """Return what is known of a stack."""
    return _results.setdefault(stack, Results())


def keep(stack: Stack, resource: Mapping[str, Any], drift: Drift) -> None:
    """Keep what was found of a resource."""
    of(stack).drifts[resource["LogicalResourceId"]] = (resource, drift)


def drifts(stack: Stack) -> dict[str, Drift]:
    """Return what was found of a stack's resources, as they are deployed now."""
    now, found = stack.resolved_resources, list(of(stack).drifts.items())  # a detection may be adding to them
    return {name: drift for name, (resource, drift) in found if now.get(name) is resource}


def status(stack: Stack) -> str:
    """Return a stack's drift status."""
    found = {drift["StackResourceDriftStatus"] for drift in drifts(stack).values()}
    if found & {*DRIFTED}:
        return "DRIFTED"
    if of(stack).resources is not stack.resolved_resources:
        return "NOT_CHECKED"
    return "UNKNOWN" if "UNKNOWN" in found else "IN_SYNC"


def of_stack(stack: Stack) -> dict[str, Any]:
    """Return the DriftInformation of a stack."""
    checked = of(stack).checked
    return {"StackDriftStatus": status(stack), **({"LastCheckTimestamp": checked} if checked else {})}


def of_resource(drift: Drift | None) -> dict[str, Any]:
    """Return the DriftInformation of a resource, from what was found of it."""
    if drift is None:
        return {"StackResourceDriftStatus": "NOT_CHECKED"}
    return {"StackResourceDriftStatus": drift["StackResourceDriftStatus"], "LastCheckTimestamp": drift["Timestamp"]}


def record(stack: Stack, detection: dict[str, Any]) -> None:
    """Keep a detection, as it begins and as it has ended; the oldest go."""
    kept = of(stack).detections
    kept[detection["StackDriftDetectionId"]] = detection
    for old in list(kept)[:-MOST_DETECTIONS]:
        del kept[old]
