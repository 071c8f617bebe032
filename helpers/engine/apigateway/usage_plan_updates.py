"""UpdateUsagePlan: rates with a fraction, limits as numbers, and the throttle of a method of a stage.

Its path is /apiStages/{api:stage}/throttle/{resource path}/{method}/rateLimit (or burstLimit), the slashes of the
resource path as they are or as ~1 (Terraform's provider writes the former; API Gateway API Reference, "UpdateUsagePlan"
and "ThrottleSettings", 2026-11: `rateLimit` is a double, `burstLimit` and a quota's `limit` are integers). moto cuts
off fractions, keeps a quota's limit as text, and takes a method's throttle for the plan's. AWS's sentence about what is
no number is not known: it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from localstack.aws.api.apigateway import BadRequestException
from moto.apigateway.models import UsagePlan

from . import usage_plan_checks

NUMBERS: Mapping[str, Callable[[str], float]] = {
    "rateLimit": float,
    "burstLimit": int,
    "limit": int,
    "offset": int,
    "ttlInSeconds": int,
}
_PLAN = re.compile(r"/(throttle|quota)/(\w+)")
_METHOD = re.compile(r"/apiStages/([^/]+)/throttle(?:/(.+?))??(?:/(rateLimit|burstLimit))?")


def apply_patch_operations(
    original: Callable[..., None], self: UsagePlan, patch_operations: Sequence[Mapping[str, str]]
) -> None:
    """Change a usage plan: its numbers and its methods' throttles here, everything else in moto."""
    usage_plan_checks.check_quota({**(self.quota or {}), **_new_quota(patch_operations)})
    for operation in patch_operations:
        path, op = operation["path"], operation["op"]
        plan, method = _PLAN.fullmatch(path), _METHOD.fullmatch(path)
        if path == "/apiStages" and op == "remove":
            _remove(self, operation["value"])
        elif plan and plan[2] in NUMBERS and op in ("add", "replace"):
            getattr(self, plan[1])[plan[2]] = number(path, operation["value"])
        elif method:
            _change(self, operation, *method.groups())
        else:
            original(self, [operation])


def _new_quota(patch_operations: Sequence[Mapping[str, str]]) -> dict[str, float | str]:
    """What of the quota changes."""
    found: dict[str, float | str] = {}
    for operation in patch_operations:
        plan = _PLAN.fullmatch(operation["path"])
        if plan and plan[1] == "quota" and operation["op"] in ("add", "replace"):
            known = plan[2] in NUMBERS
            found[plan[2]] = number(operation["path"], operation["value"]) if known else operation["value"]
    return found


def number(path: str, value: str) -> float:
    """What the path of an operation ends with, as a number. Raises: BadRequestException."""
    kind = NUMBERS[path.rpartition("/")[2]]
    try:
        return kind(value)
    except ValueError:
        what = "an integer" if kind is int else "a number"
        raise BadRequestException(f"Invalid value specified for {path}: {value}. Must be {what}") from None


def _remove(plan: UsagePlan, place: str) -> None:
    """Take a stage off the plan, "id:stage", with the throttles of its methods, at which moto fails."""
    if place not in [f"{stage['apiId']}:{stage['stage']}" for stage in plan.api_stages]:
        raise BadRequestException("Invalid API Stage specified")
    plan.api_stages[:] = [stage for stage in plan.api_stages if f"{stage['apiId']}:{stage['stage']}" != place]


def _change(plan: UsagePlan, operation: Mapping[str, str], place: str, method: str | None, limit: str | None) -> None:
    for stage in plan.api_stages:
        if f"{stage['apiId']}:{stage['stage']}" != place:
            continue
        throttles = stage.setdefault("throttle", {})
        name = "/" + (method or "").replace("~1", "/").lstrip("/")
        if operation["op"] == "remove":
            throttles.pop(name, None)
            if not method:
                throttles.clear()
        elif method and limit:
            throttles.setdefault(name, {})[limit] = number(operation["path"], operation["value"])
