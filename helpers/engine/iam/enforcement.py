"""Authorization: the handler in front of every service."""

from __future__ import annotations

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from .. import settings
from . import callers, decisions, execution_roles, trust
from .services import registry, s3


def authorize(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler of LocalStack's request chain: raise AWS's error for what is denied.

    With `LAB_IAM=off` whoever is known may do all.
    """
    if context.service is None or context.operation is None:
        return
    if _is_off(context):
        return
    caller = callers.identify(context)
    if caller is None:
        execution_roles.check_permissions(context)  # Lambda asks the role's rights whoever deploys
        return
    trust.check_session(caller, context)
    if caller is callers.ANONYMOUS and not registry.needs_signature(context):
        return
    targets = registry.targets_of(context)
    decisions.require(caller, context, targets)
    if context.service.service_name == "s3" and not caller.is_root:
        decisions.require(caller, context, s3.missing_object(context, targets))
    trust.check_given_role(context)
    trust.check_duration(caller, context)
    execution_roles.check_permissions(context)


def judged(context: RequestContext) -> callers.Caller | None:
    """The caller, for what is decided later, within a service; None for whoever may do all."""
    return None if _is_off(context) else callers.identify(context)


def _is_off(context: RequestContext) -> bool:
    return not settings.current().iam and bool(callers.access_key(context))
