"""CreateUsagePlan and DeleteUsagePlan: stages that are not there, and stages that are; offsets of a quota.

"API Stage not found: id:stage" (aws/serverless-application-model/issues/1560), "Cannot delete Usage Plan … because
there are API Stages associated with it, including id:stage" (aws/aws-sdk-js/issues/3841; 2026-11). LocalStack 4.9.2
checks neither. CloudFormation takes the stages off before it deletes a plan; here it may delete it as it is.
Offsets: Terraform's provider refuses them likewise, and in these words (validUsagePlanQuotaSettings, 2026-11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.api.apigateway import BadRequestException, NotFoundException
from localstack.services.apigateway.helpers import get_moto_backend

from ..iam import internal_calls

LAST_OFFSETS = {"DAY": 0, "WEEK": 6, "MONTH": 27}


def create_usage_plan(original: Callable[..., Any], self: Any, context: RequestContext, name: str, **more: Any) -> Any:
    """`CreateUsagePlan`. Raises: NotFoundException for a stage that is not there; BadRequestException."""
    check_quota(more.get("quota") or {})
    for stage in more.get("api_stages") or ():
        if not _exists(context, stage):
            raise NotFoundException(f"API Stage not found: {stage.get('apiId')}:{stage.get('stage')}")
    return original(self, context, name, **more)


def check_quota(quota: Mapping[str, Any]) -> None:
    """Raise BadRequestException for an offset that the period has not."""
    period, offset = quota.get("period"), quota.get("offset") or 0
    last = LAST_OFFSETS.get(str(period))
    if last is not None and not 0 <= offset <= last:
        which = f"between 0 and {last} inclusive" if last else "zero"
        raise BadRequestException(f"Usage Plan quota offset must be {which} in the {period} period")


def delete_usage_plan(
    original: Callable[..., Any], self: Any, context: RequestContext, usage_plan_id: str, **more: Any
) -> Any:
    """`DeleteUsagePlan`. Raises: BadRequestException for a plan with stages."""
    plan = get_moto_backend(context.account_id, context.region).usage_plans.get(usage_plan_id)
    stages = [stage for stage in (plan.api_stages if plan else ()) if _exists(context, stage)]
    if stages and not internal_calls.is_internal(context.request):
        raise BadRequestException(
            f"Cannot delete Usage Plan {usage_plan_id} because there are API Stages associated with it, "
            f"including {stages[0]['apiId']}:{stages[0]['stage']}"
        )
    return original(self, context, usage_plan_id, **more)


def delete_usage_plan_key(
    original: Callable[..., Any], self: Any, context: RequestContext, usage_plan_id: str, key_id: str, **more: Any
) -> Any:
    """`DeleteUsagePlanKey`, at which moto fails without the key. Raises: NotFoundException."""
    keys = get_moto_backend(context.account_id, context.region).usage_plan_keys.get(usage_plan_id) or {}
    if key_id not in keys:
        raise NotFoundException("Invalid Usage Plan Key identifier specified")
    return original(self, context, usage_plan_id, key_id, **more)


def _exists(context: RequestContext, stage: Mapping[str, Any]) -> bool:
    api = get_moto_backend(context.account_id, context.region).apis.get(stage.get("apiId"))
    return bool(api and stage.get("stage") in api.stages)
