"""Looking whether resources have drifted, with the rights of whoever asks or of the stack's role.

Who may not read a resource cannot have its drift detected (User Guide, "Considerations when detecting drift"). That of
a nested stack is detected by asking for it, not for the stack that it is in. The form of a failed detection's reason:
aws-cloudformation/cloudformation-coverage-roadmap#801 (2021), of one in progress Sceptre/sceptre#1170 (2021).
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to
from localstack.services.cloudformation.v2.entities import Stack

from .. import failures
from . import current_properties, differences, results, secrets
from .resource import DeletedError, Resource

IN_PROGRESS = "DETECTION_IN_PROGRESS"


def begin(stack: Stack, names: Collection[str] | None, rights: Any) -> dict[str, Any]:
    """Begin to look at the resources of a stack that can be read, or at those in `names`. Returns the detection.

    `rights`: a context manager.
    """
    now = datetime.now(tz=UTC)
    detection = {
        "StackId": stack.stack_id,
        "StackDriftDetectionId": str(uuid.uuid4()),
        "DetectionStatus": IN_PROGRESS,
        "DetectionStatusReason": "User Initiated",
        "Timestamp": now,
    }
    results.of(stack).checked = now
    results.record(stack, detection)

    def run() -> None:
        with rights:
            _detect(stack, names, detection)

    threading.Thread(target=run, name=f"drift-{stack.stack_name}", daemon=True).start()
    return detection


def is_in_progress(stack: Stack) -> bool:
    """Return whether a detection of the stack goes on."""
    return any(one["DetectionStatus"] == IN_PROGRESS for one in list(results.of(stack).detections.values()))


def _detect(stack: Stack, names: Collection[str] | None, detection: dict[str, Any]) -> None:
    resources = stack.resolved_resources
    failed: dict[str, str] = {}
    drifted = 0
    for name, resource in list(resources.items()):
        if resource["Type"] in current_properties.READERS and (names is None or name in names):
            drift = look_at(stack, resource)
            drifted += drift["StackResourceDriftStatus"] in results.DRIFTED
            if drift["StackResourceDriftStatus"] == "UNKNOWN":
                failed[name] = drift["DriftStatusReason"]
    if names is None:
        results.of(stack).resources = resources
    ended = {name: value for name, value in detection.items() if name != "DetectionStatusReason"}
    ended["DetectionStatus"] = "DETECTION_FAILED" if failed else "DETECTION_COMPLETE"
    if failed:
        found = [{"Resource": name, "FailureReason": why} for name, why in failed.items()]
        summary = f"Failed to detect drift on resources [{','.join(failed)}]"
        ended["DetectionStatusReason"] = differences.text({"Summary": summary, "Failures": found})
    results.record(stack, {**ended, "StackDriftStatus": results.status(stack), "DriftedStackResourceCount": drifted})


def look_at(stack: Stack, resource: Mapping[str, Any]) -> results.Drift:
    """Look at one resource, and keep what was found. Returns its StackResourceDrift."""
    drift: results.Drift = {
        "StackId": stack.stack_id,
        "LogicalResourceId": resource["LogicalResourceId"],
        "PhysicalResourceId": resource.get("PhysicalResourceId") or "",
        "ResourceType": resource["Type"],
        "Timestamp": datetime.now(tz=UTC),
    }
    try:
        secret = secrets.paths(stack, resource["LogicalResourceId"])
        given, actual = resource.get("Given") or {}, _read(stack, resource)
        drift |= _compared(secrets.without(given, secret), secrets.without(actual, secret))
    except Exception as error:
        if isinstance(error, DeletedError) or failures.handler_code(error) == "NotFound":
            drift["StackResourceDriftStatus"] = "DELETED"
        else:
            said = error.response["Error"].get("Message", "") if isinstance(error, ClientError) else str(error)
            drift |= {"StackResourceDriftStatus": "UNKNOWN", "DriftStatusReason": said or type(error).__name__}
    results.keep(stack, resource, drift)
    return drift


def _read(stack: Stack, resource: Mapping[str, Any]) -> Mapping[str, Any]:
    clients = connect_to(aws_access_key_id=stack.account_id, region_name=stack.region_name)
    siblings = [one for one in stack.resolved_resources.values() if one is not resource]
    asked = Resource(clients, resource.get("Given") or {}, resource["Properties"], siblings)
    return current_properties.READERS[resource["Type"]](asked)


def _compared(given: Mapping[str, Any], actual: Mapping[str, Any]) -> dict[str, Any]:
    """What an object's drift has of its properties: of those that the template sets and that can be read."""
    expected = {name: differences.typed(value, actual[name]) for name, value in given.items() if name in actual}
    found = differences.find(expected, actual)
    return {
        "ExpectedProperties": _document(expected),
        "ActualProperties": _document({name: actual[name] for name in expected if actual[name] not in (None, "")}),
        "PropertyDifferences": found,
        "StackResourceDriftStatus": "MODIFIED" if found else "IN_SYNC",
    }


def _document(properties: Mapping[str, Any]) -> str:
    return json.dumps(properties, separators=(",", ":"), sort_keys=True, default=str)
