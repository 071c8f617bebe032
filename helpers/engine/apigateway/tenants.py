"""The tenant that an integration of type AWS_PROXY names to a function that keeps tenants apart.

`requestParameters` maps it: `integration.request.header.X-Amz-Tenant-Id` from a header, a query parameter, a path or
an authorizer's context. What a client itself sends as `X-Amz-Tenant-Id` does not reach Lambda. A call without a tenant
is answered with 400 and Lambda's own words. An integration of type AWS sends mapped headers anyway, and HTTP APIs have
no way to. Sources: Lambda Developer Guide, "Invoking Lambda functions with tenant isolation" (2026-11); for the answer,
reports in public repositories (2025-12 to 2026-08).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from botocore.exceptions import ClientError
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext
from localstack.services.apigateway.next_gen.execute_api.gateway_response import Default4xxError
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import get_service_factory
from localstack.services.apigateway.next_gen.execute_api.parameters_mapping import ParametersMapper
from localstack.utils.aws.arns import extract_region_from_arn

from ..lambda_.tenancy import MISSING

HEADER = "integration.request.header.x-amz-tenant-id"
_tenant: ContextVar[str] = ContextVar("_tenant", default="")


class NoTenantError(Default4xxError):
    """400: the function keeps tenants apart, and the integration names none."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def is_missing(error: ClientError) -> bool:
    """Whether Lambda has refused a call for want of a tenant."""
    return bool(error.response["Error"].get("Message") == MISSING)


@contextmanager
def named(context: RestApiInvocationContext) -> Iterator[None]:
    """Meanwhile the function is called for the tenant that the integration names."""
    parameters = context.integration.get("requestParameters") or {}
    mapped = {name: value for name, value in parameters.items() if name.lower() == HEADER}
    found = (
        ParametersMapper().map_integration_request(
            request_parameters=mapped,
            invocation_request=context.invocation_request,
            context_variables=context.context_variables,
            stage_variables=context.stage_variables,
        )["header"]
        if mapped
        else {}
    )
    token = _tenant.set(next(iter(found.values()), ""))
    try:
        yield
    finally:
        _tenant.reset(token)


def call_lambda(
    original: Callable[..., bytes], function_arn: str, event: bytes, source_arn: str, credentials: str | None = None
) -> bytes:
    """Wrap `RestApiAwsProxyIntegration.call_lambda`."""
    if not (tenant := _tenant.get()):
        return original(function_arn, event, source_arn, credentials)
    lambda_ = get_service_factory(region_name=extract_region_from_arn(function_arn), role_arn=credentials).lambda_
    caller = lambda_.request_metadata(service_principal="apigateway", source_arn=source_arn)
    payload: bytes = caller.invoke(FunctionName=function_arn, Payload=event, TenantId=tenant)["Payload"].read()
    return payload
