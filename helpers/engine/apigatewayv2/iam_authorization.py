"""IAM authorization of routes: the signer needs `execute-api:Invoke` on the stage, method and path.

"The client must use Signature Version 4 to sign their requests", with the service name execute-api; everybody else
gets 403 {"message":"Forbidden"} (API Gateway Developer Guide, "Control access to HTTP APIs with IAM authorization",
2026-11).
"""

from __future__ import annotations

from typing import Any

from localstack.aws.api import CommonServiceException
from localstack.http import Request

from .. import settings
from ..iam import authentication, callers, decisions, request_contexts
from ..iam.targets import Target
from .apis import Api
from .errors import forbidden


def authorize(api: Api, request: Request, action: str, arn: str) -> dict[str, Any]:
    """`requestContext.authorizer` for a signer who may. Raises: ApiError (403)."""
    context = request_contexts.make_context(request, "execute-api", action, api.region)
    try:
        authentication.authenticate(context)
        caller = callers.identify(context)
    except CommonServiceException:
        raise forbidden() from None
    if caller is None or caller is callers.ANONYMOUS:
        raise forbidden()
    target = Target(f"execute-api:{action}", arn, api.account)
    if settings.current().iam and not decisions.permits(caller, context, target):
        raise forbidden()
    return {"iam": callers.iam_authorizer(caller, callers.key_in(request))}
