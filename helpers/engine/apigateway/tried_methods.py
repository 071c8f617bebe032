"""What TestInvokeMethod calls an integration with: a stage, an address and a key that are named so, no stage's.

As in events of functions that people have published (2021 and 2024): `requestContext` says `test-invoke-stage`, the
resource's path, `testPrefix.testDomainName`, and who called TestInvokeMethod with which program; headers are those that
were given, null without. A function's policy is asked for the same stage (arn:…:id/test-invoke-stage/GET/path).
LocalStack 4.9.2 has no stage (None), and headers of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.apigateway.next_gen.execute_api.context import RestApiInvocationContext

from ..iam import callers
from . import signed_callers

STAGE = "test-invoke-stage"
IDENTITY = {
    "apiKey": "test-invoke-api-key",
    "apiKeyId": "test-invoke-api-key-id",
    "sourceIp": "test-invoke-source-ip",
}
DOMAIN = {"domainName": "testPrefix.testDomainName", "domainPrefix": "testPrefix"}
BY = "by"  # in a request that is tried: what is known of who tries it


def test_invoke_method(original: Callable[..., Any], self: Any, context: RequestContext, request: Any) -> Any:
    """`TestInvokeMethod`, of a caller who is known."""
    try:
        caller = callers.identify(context)
    except CommonServiceException:  # nobody's key, which LAB_IAM=off lets in
        caller = None
    by = signed_callers.identity(caller) if caller else {}
    return original(self, context, {**request, BY: {**by, "userAgent": context.request.headers.get("User-Agent")}})


def invocation(original: Callable[..., Any], test_request: Mapping[str, Any], deployment: Any) -> Any:
    """`create_test_invocation_context`: with the stage and who calls. TestInvokeAuthorizer has a stage of its own."""
    made: RestApiInvocationContext = original(test_request, deployment)
    made.stage, variables = STAGE, made.context_variables
    variables.pop("deploymentId", None)
    variables |= {"stage": STAGE, "path": made.resource["path"], **DOMAIN}
    variables["identity"] |= {**IDENTITY, **test_request.get(BY, {})}
    return made


def is_tried(context: RestApiInvocationContext) -> bool:
    """Whether a request is TestInvokeMethod's."""
    return context.stage == STAGE and not context.deployment_id


def event(context: RestApiInvocationContext, made: dict[str, Any]) -> dict[str, Any]:
    """The event of a proxy integration, whose headers are those that were given."""
    if not is_tried(context):
        return made
    given = context.invocation_request["headers"]
    many = {name: given.getlist(name) for name, _ in given}
    return {
        **made,
        "headers": {name: last[-1] for name, last in many.items()} or None,
        "multiValueHeaders": many or None,
    }
