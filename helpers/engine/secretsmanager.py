"""AWS Secrets Manager: what DeleteSecret refuses, in AWS's words.

API Reference, "DeleteSecret" (2026-11). moto's text reaches a caller as the JSON that it is in.
"""

from __future__ import annotations

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

DAYS = range(7, 31)


def refuse_window(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before DeleteSecret. Raises: InvalidParameterException (400)."""
    request = context.service_request or {}
    days = request.get("RecoveryWindowInDays")
    if days is not None and request.get("ForceDeleteWithoutRecovery"):
        why = "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
    elif days is not None and days not in DAYS:
        why = "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
    else:
        return
    raise CommonServiceException("InvalidParameterException", why, 400, True)
