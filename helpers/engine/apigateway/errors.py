"""API Gateway answers and explains itself as AWS does, where LocalStack 4.9.2 says less.

- The log of a test invocation gives the reason of a failure ("Malformed Lambda proxy response"): LocalStack leaves it
  empty. Sentences: AWS re:Post, "How do I resolve HTTP 502 errors from API Gateway REST APIs with Lambda proxy
  integration?" and "How do I resolve 'Invalid permissions on Lambda function' errors" (2026-11).
- The same log shows no credentials of ours.
- "If the Lambda API rejects the invocation request, API Gateway returns a 500 error code. If the function runs but
  returns an error, or returns a response in the wrong format, API Gateway returns a 502 […] API Gateway does not retry
  any Lambda invocations" (Lambda Developer Guide, "Handling Lambda errors with an API Gateway API", 2026-11).
  LocalStack answers 502 to a function that is gone or throttled, after retries of 7 s, and without a proxy takes
  Lambda's refusal for the function's result. A role that cannot be assumed is 500, too.
- A stage that is not there is 403 Forbidden: LocalStack answers 404, in words of its own.
- GetDeployment gives the summary that `embed=apisummary` asks for: which methods a deployment holds.
"""

from __future__ import annotations

import functools
import json
import re

from botocore.config import Config
from botocore.exceptions import ClientError
from localstack.aws.connect import connect_to
from localstack.http import Response
from localstack.services.apigateway.models import apigateway_stores
from localstack.services.apigateway.next_gen.execute_api import router, test_invoke
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    ApiConfigurationError,
    BaseGatewayException,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler
from localstack.services.apigateway.next_gen.execute_api.integrations import aws
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import (
    RestApiAwsIntegration,
    RestApiAwsProxyIntegration,
)
from localstack.utils.aws.client_types import ServicePrincipal
from moto.apigateway.responses import APIGatewayResponse

CONFIGURATION = "Execution failed due to configuration error: "
UNSAID = re.compile(r"^(.* : )Execution failed due to : $", re.MULTILINE)
REFUSALS = (403, 404, 429)  # not permitted, not there, throttled: a function that runs answers 200
OURS = re.compile(r", (Authorization|x-localstack-data)=.*?(?=, [A-Za-z-]+=|}$)", re.MULTILINE)


def install() -> None:
    """Replace what LocalStack answers."""
    router.ApiGatewayEndpoint.create_not_found_response = staticmethod(_forbidden)
    _keep_the_failure()
    _keep_what_the_function_returned()
    _notice_refusals()
    aws.get_service_factory = clients_without_retries
    for name in ("log_template", "log_failed_template"):
        _explain(name)
    _summarise_deployments()


def reason(failure: BaseGatewayException) -> str:
    """Return the sentence that AWS logs for a failed execution."""
    cause = failure.__cause__
    if answer := getattr(failure, "refused_by_lambda", None):
        if answer["status_code"] == 403:
            return f"{CONFIGURATION}Invalid permissions on Lambda function"
        return f"{CONFIGURATION}{_message(answer['body'])}"
    if isinstance(cause, ClientError):
        match cause.response["Error"]["Code"], cause.operation_name:
            case (("AccessDenied" | "AccessDeniedException"), "AssumeRole"):
                return f"{CONFIGURATION}API Gateway does not have permission to assume the provided role"
            case (("AccessDenied" | "AccessDeniedException"), "Invoke"):
                return f"{CONFIGURATION}Invalid permissions on Lambda function"
        return f"{CONFIGURATION}{cause.response['Error']['Message']}"
    if (returned := getattr(failure, "returned", None)) is not None:
        if b'"errorMessage"' in returned:
            return "Lambda execution failed with status 200 due to customer function error"
        return f"{CONFIGURATION}Malformed Lambda proxy response"
    return f"Execution failed: {failure.message}"


@functools.lru_cache(maxsize=64)
def clients_without_retries(region_name: str, role_arn: str | None):
    """`get_service_factory` of LocalStack's integrations, whose clients ask Lambda once."""
    config = Config(retries={"max_attempts": 0})
    if not role_arn:
        return connect_to(region_name=region_name, config=config)
    return connect_to.with_assumed_role(
        role_arn=role_arn,
        region_name=region_name,
        service_principal=ServicePrincipal.apigateway,
        session_name="BackplaneAssumeRoleSession",
        config=config,
    )


def _forbidden(api_id: str) -> Response:
    response = Response(status=403, headers={"x-amzn-ErrorType": "ForbiddenException"})
    response.set_json({"message": "Forbidden"})
    return response


def _message(body: bytes) -> str:
    """What Lambda says in a refusal: {"message": …} or {"Message": …}."""
    said = json.loads(body)
    return said.get("message") or said.get("Message") or said.get("__type", "")


def _keep_the_failure() -> None:
    """What ended the execution is kept with its context: the log is written later."""
    stock = GatewayExceptionHandler.set_error_context

    def set_error_context(exception, context):
        context.failure = exception
        cause = exception.__cause__
        if isinstance(cause, ClientError) and cause.operation_name in ("AssumeRole", "Invoke"):
            exception.status_code = 500  # the function did not run; LocalStack: 502
        stock(exception, context)

    GatewayExceptionHandler.set_error_context = staticmethod(set_error_context)


def _keep_what_the_function_returned() -> None:
    stock = RestApiAwsProxyIntegration.parse_lambda_response

    def parse_lambda_response(self, payload: bytes):
        try:
            return stock(self, payload)
        except BaseGatewayException as error:
            error.returned = payload
            raise

    RestApiAwsProxyIntegration.parse_lambda_response = parse_lambda_response


def _notice_refusals() -> None:
    stock = RestApiAwsIntegration.invoke

    def invoke(self, context):
        try:
            answer = stock(self, context)
        except ClientError as error:  # of AssumeRole
            raise ApiConfigurationError("Internal server error") from error
        if answer["status_code"] in REFUSALS and ":lambda:path/" in context.integration_request["uri"]:
            failure = ApiConfigurationError("Internal server error")
            failure.refused_by_lambda = answer
            raise failure
        return answer

    RestApiAwsIntegration.invoke = invoke


def _explain(name: str) -> None:
    stock = getattr(test_invoke, name)

    def log(context, *arguments) -> str:
        text = OURS.sub("", stock(context, *arguments))
        failure = getattr(context, "failure", None)
        if failure is None:
            return text
        returned = getattr(failure, "returned", None)
        lines = [reason(failure)]
        if returned is not None:
            lines.insert(0, f"Endpoint response body before transformations: {returned.decode(errors='replace')}")
        return UNSAID.sub(lambda found: "\n".join(found[1] + line for line in lines), text)

    setattr(test_invoke, name, log)


def _summarise_deployments() -> None:
    stock = APIGatewayResponse.get_deployment

    def get_deployment(self) -> str:
        answer = json.loads(stock(self))
        if "apisummary" in self.querystring.get("embed", []):
            _, _, api_id, _, deployment_id = self.path.split("/")[:5]
            store = apigateway_stores[self.current_account][self.region]
            frozen = store.internal_deployments.get(api_id.lower(), {}).get(deployment_id)
            answer["apiSummary"] = {} if frozen is None else _summary(frozen.rest_api.resources.values())
        return json.dumps(answer)

    APIGatewayResponse.get_deployment = get_deployment


def _summary(resources) -> dict[str, dict[str, dict]]:
    """{path: {verb: {"authorizationType": "NONE", "apiKeyRequired": False}}}, as in AWS's API reference."""
    return {
        resource["path"]: {
            verb: {
                "authorizationType": method.get("authorizationType", "NONE"),
                "apiKeyRequired": bool(method.get("apiKeyRequired")),
            }
            for verb, method in resource["resourceMethods"].items()
        }
        for resource in resources
        if resource.get("resourceMethods")
    }
