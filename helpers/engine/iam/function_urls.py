"""Authorization of function URLs, with the second permission that they need since October 2025.

A request to a function URL must be allowed two actions: `lambda:InvokeFunctionUrl`, and `lambda:InvokeFunction` with
`lambda:InvokedViaFunctionUrl` true. AuthType NONE: to everybody, by the function's policy. AWS_IAM: to who signed it.
Sources: Lambda Developer Guide, "Control access to Lambda function URLs"; the body of the refusal from
github.com/awsdocs/aws-lambda-developer-guide/issues/494 (2026-05).

LocalStack 4.9.2 asks nobody and does not know `InvokedViaFunctionUrl` of `AddPermission`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.http import Request
from localstack.services.lambda_.invocation.models import lambda_stores

from .. import settings
from . import authentication, callers, decisions, request_contexts
from .targets import Target

FORBIDDEN = (
    "Forbidden. For troubleshooting Function URL authorization issues, see: "
    "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"
)
_via_url: ContextVar[bool] = ContextVar("_via_url", default=False)


def find(api_id: str, region: str) -> Any | None:
    """The configuration of a function URL, LocalStack's; None if there is none. A domain has no case."""
    for _, where, store in lambda_stores.iter_stores():
        if where != region:
            continue
        for function in list(store.functions.values()):
            for config in function.function_url_configs.values():
                if config.url_id.lower() == api_id.lower():
                    return config
    return None


def authorize(request: Request, config: Any, region: str) -> callers.Caller | None:
    """Who calls, if they may: the signer, or anybody. With LAB_IAM=off whoever is known may."""
    arn = config.function_arn
    account = arn.split(":")[4]
    context = request_contexts.make_context(request, "lambda", "InvokeFunctionUrl", region)
    caller = callers.ANONYMOUS
    if config.auth_type != "NONE":
        try:
            caller = _signer(context)
        except CommonServiceException:
            return None
    if not settings.current().iam:
        return caller if config.auth_type == "NONE" or caller is not callers.ANONYMOUS else None
    via_url = {"lambda:FunctionUrlAuthType": str(config.auth_type)}
    targets = [
        Target("lambda:InvokeFunctionUrl", arn, account, context=via_url),
        Target("lambda:InvokeFunction", arn, account, context={**via_url, "lambda:InvokedViaFunctionUrl": "true"}),
    ]
    return caller if all(decisions.permits(caller, context, target) for target in targets) else None


def _signer(context: RequestContext) -> callers.Caller:
    authentication.authenticate(context)
    return callers.identify(context) or callers.ANONYMOUS


def add_permission(original: Callable[..., Any], self: Any, context: RequestContext, request: Mapping[str, Any]) -> Any:
    """`AddPermission`, with the parameter that came in October 2025."""
    via_url = _via_url.get() or json.loads(context.request.get_data() or b"{}").get("InvokedViaFunctionUrl")
    token = _via_url.set(bool(via_url))
    try:
        return original(self, context, request)
    finally:
        _via_url.reset(token)


@contextmanager
def only_through_url() -> Iterator[None]:
    """Have AddPermission, which is called in this block, add the condition, as if it was asked to."""
    token = _via_url.set(True)
    try:
        yield
    finally:
        _via_url.reset(token)


def build_statement(original: Callable[..., dict[str, Any]], *arguments: Any, **options: Any) -> dict[str, Any]:
    """`api_utils.build_statement`, with that parameter's condition."""
    statement = original(*arguments, **options)
    if _via_url.get():
        statement.setdefault("Condition", {})["Bool"] = {"lambda:InvokedViaFunctionUrl": "true"}
    return statement
