"""What AWS checks of every request to Lambda: lengths, ranges, patterns and sets of values, from its own description.

LocalStack checks few members. Those are left to it, because its answers were compared with AWS's; of all others the
constraints are in the service's model. The words are AWS's, as its answers of 2025 have them (LocalStack's tests,
`tests/aws/services/lambda_`): "1 validation error detected: Value 'a' at 'deadLetterConfig.targetArn' failed to satisfy
constraint: Member must …". What differs is a pattern now and then: the model that is published is looser.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.services.lambda_ import api_utils

from ..server.constraints import constrained, lower, of_members, refuse, sentences, violated
from ..server.required import NULL, required

# Checked by LocalStack, by `limits` or below.
CHECKED_ELSEWHERE = frozenset(
    {
        "AdditionalVersionWeights",
        "Architectures",
        "Arn",
        "CompatibleArchitecture",
        "CompatibleArchitectures",
        "CompatibleRuntime",
        "CompatibleRuntimes",
        "Destination",
        "FunctionName",
        "FunctionVersion",
        "InvokeMode",
        "MemorySize",
        "Name",
        "ProvisionedConcurrentExecutions",
        "Qualifier",
        "RecursiveLoop",
        "Resource",
        "Runtime",
        "StartingPosition",
        "StatementId",
        "Timeout",
    }
)


LISTS = frozenset({"CompatibleArchitectures", "CompatibleRuntimes"})


def refuse_violations(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before Lambda. Raises: ValidationException (400) for members that violate their constraints.

    It comes before authorization: what is malformed has no ARN to be judged by.
    """
    request = _without_lists_that_are_not_there(context.service_request or {}, context.operation)
    names = constrained(context.operation, CHECKED_ELSEWHERE)
    found = of_members(request, context.operation.input_shape, names, CHECKED_ELSEWHERE)
    malformed = _malformed_name(request, context.operation.name)
    refuse(_missing(request, context.operation) + malformed + sentences(found) + _too_long(request, context.operation))


def _without_lists_that_are_not_there(request: Mapping[str, Any], operation: OperationModel) -> Mapping[str, Any]:
    """A request without what LocalStack's parser makes of a list that could be in the query: an empty one."""
    empty = [name for name, value in request.items() if value == []]
    members = operation.input_shape.members if empty else {}
    absent = {name for name in empty if members[name].serialization.get("location") == "querystring"}
    return {name: value for name, value in request.items() if name not in absent} if absent else request


def _missing(request: Mapping[str, Any], operation: OperationModel) -> list[str]:
    """The members that a request must have and has not: SDKs other than boto3 send it all the same."""
    return [NULL.format(lower(name)) for name in required(operation) if request.get(name) is None]


def _too_long(request: Mapping[str, Any], operation: OperationModel) -> list[str]:
    """The violations of lists of which LocalStack looks at the items only."""
    if not LISTS.isdisjoint(request):
        shape = operation.input_shape
        found = (
            (lower(name), f" '[{', '.join(request[name])}]'", rule)
            for name in LISTS & request.keys()
            for rule in violated(request[name], shape.members[name])
        )
        return sentences(found)
    return []


def _malformed_name(request: Mapping[str, Any], operation: str) -> list[str]:
    """The violations of a name or ARN that is none, and of its qualifier; of others LocalStack finds them itself."""
    name = request.get("FunctionName")
    if name is None or api_utils.AWS_FUNCTION_NAME_REGEX.match(name):
        return []
    qualifier = api_utils.validate_qualifier(request.get("Qualifier") or "$LATEST")
    return [*qualifier, *api_utils.validate_function_name(name, operation)]
