"""Tenant isolation mode (November 2025): a function each of whose environments serves one tenant only.

| call | AWS |
|---|---|
| CreateFunction, with `TenancyConfig` | for as long as the function is there: no update has the member |
| Invoke of such a function, with `TenantId` | in an environment of that tenant, free or new; of events too |
| … without; or with it, of another function | InvalidParameterValueException |
| … of one tenant more than there is room for | TooManyRequestsException, "Rate exceeded" |
| CreateFunctionUrlConfig, PutProvisionedConcurrencyConfig, CreateEventSourceMapping | refused |

There may be 2,500 such environments, idle ones too, for every 1,000 concurrent executions that the function may have.
The runtime is told in a header of the Runtime API (awslambdaric 4.2), and the log, where its format is JSON.

Sources: Lambda Developer Guide, "Tenant isolation" and its pages (2026-11). Words: without a tenant, AWS Compute Blog,
"Building multi-tenant SaaS applications with AWS Lambda's new tenant isolation mode" (2025-11-20); of a function URL, a
report in a public repository (2025-12); the others no source has, and they are made like these. That event sources are
refused, and not left to fail: AWS CDK, "TenancyConfig" (2025-11).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack import config
from localstack.aws.api import RequestContext
from localstack.aws.api.lambda_ import InvalidParameterValueException, TooManyRequestsException
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_.invocation.assignment import AssignmentService
from localstack.services.lambda_.invocation.lambda_models import Function, FunctionVersion, Invocation
from localstack.services.lambda_.invocation.models import lambda_stores

from . import versions

MISSING = (
    "The invoked function is enabled with tenancy configuration. Add a valid tenant ID in your request and try again."
)
SUPERFLUOUS = (
    "The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try "
    "again."
)
NOT_TOGETHER = {
    "CreateFunctionUrlConfig": "Function URL",
    "PutProvisionedConcurrencyConfig": "Provisioned concurrency",
    "CreateEventSourceMapping": "Event source mapping",
    "UpdateEventSourceMapping": "Event source mapping",
}
OPERATIONS = " ".join(NOT_TOGETHER)


def create_function(
    original: Callable[..., Any], self: Any, context: RequestContext, request: dict[str, Any]
) -> dict[str, Any]:
    """Wrap `LambdaProvider.create_function`: keep `TenancyConfig`, in LocalStack's record of the function."""
    answer: dict[str, Any] = original(self, context, request)
    if tenancy := request.get("TenancyConfig"):
        function = lambda_stores[context.account_id][context.region].functions[answer["FunctionName"]]
        vars(function)["tenancy_config"] = answer["TenancyConfig"] = tenancy
    return answer


def map_config_out(
    original: Callable[..., dict[str, Any]], version: FunctionVersion, *more: Any, **named: Any
) -> dict[str, Any]:
    """Wrap `api_utils.map_config_out`: a configuration has the function's `TenancyConfig`."""
    answer = original(version, *more, **named)
    if (function := _function(version)) and (tenancy := tenancy_config(function)):
        answer["TenancyConfig"] = tenancy
    return answer


def tenancy_config(function: Function) -> Mapping[str, str] | None:
    """What the function was created with."""
    return vars(function).get("tenancy_config")


def refuse_combination(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before `OPERATIONS`. Raises: InvalidParameterValueException (400) for what isolation excludes."""
    if context.service_request.get("FunctionName"):
        function, *_ = versions.find(context)
        if function and tenancy_config(function):
            what = NOT_TOGETHER[context.operation.name]
            raise InvalidParameterValueException(
                f"{what} is not supported for functions enabled with tenancy configuration", Type="User"
            )


def keep_tenant(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Invoke: the tenant goes with the trace, which an event in a queue has too."""
    if tenant := context.service_request.get("TenantId"):
        context.trace_context["tenant_id"] = tenant


def tenant_of(function: Function, invocation: Invocation) -> str | None:
    """The tenant of an invocation, None if the function does not tell them apart.

    Raises: InvalidParameterValueException (400).
    """
    tenant: str | None = invocation.trace_context.get("tenant_id")
    if (tenant is None) is ("tenancy_config" not in vars(function)):
        return tenant
    raise InvalidParameterValueException(MISSING if tenant is None else SUPERFLUOUS, Type="User")


def check_room(service: AssignmentService, version: FunctionVersion) -> None:
    """Whether a function may have one more environment of a tenant. Raises: TooManyRequestsException (429)."""
    function, arn = _function(version), version.id.unqualified_arn()
    reserved = function.reserved_concurrent_executions if function else None
    executions = config.LAMBDA_LIMITS_CONCURRENT_EXECUTIONS if reserved is None else reserved
    there = sum(
        environment.function_version.id.unqualified_arn() == arn
        for environments in list(service.environments.values())
        for environment in list(environments.values())
    )
    if there >= executions * 2500 // 1000:
        raise TooManyRequestsException("Rate exceeded", Type="User")


def _function(version: FunctionVersion) -> Function | None:
    of = version.id
    return lambda_stores[of.account][of.region].functions.get(of.function_name)
