"""Members of requests that came after LocalStack 4.9.2, and so after its description of AWS's APIs, of October 2025.

LocalStack leaves out what it does not know: a version with `PublishTo`, or an alarm with `EvaluationCriteria`, would be
created without it, and nobody told. They are refused instead, and so are members that were never AWS's, which AWS
ignores. What this engine has of them is in `newer_lambda.json`, and so no longer unknown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import cbor2
from botocore.model import Shape
from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from .not_here import name_of, refusal

# By service ("": all): operations with members that AWS's own SDK knew in November 2026 and LocalStack does not.
OPERATIONS = {
    "apigateway": "CreateAuthorizer CreateDomainName CreateRestApi",
    "cloudformation": "ContinueUpdateRollback CreateChangeSet CreateStack DeleteStack RollbackStack UpdateStack",
    "cloudwatch": "PutMetricAlarm PutCompositeAlarm PutDashboard",
    "dynamodb": "CreateTable UpdateTable",
    "dynamodbstreams": "GetShardIterator",
    "iam": "SimulateCustomPolicy SimulatePrincipalPolicy",
    "kinesis": "",
    "lambda": (
        "AddPermission CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig PublishLayerVersion "
        "PublishVersion PutFunctionEventInvokeConfig UpdateEventSourceMapping UpdateFunctionCode "
        "UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig"
    ),
    "logs": "CreateLogGroup PutMetricFilter PutSubscriptionFilter StartQuery FilterLogEvents GetQueryResults",
    "scheduler": "CreateSchedule UpdateSchedule",
    "secretsmanager": "CreateSecret ListSecrets RotateSecret UpdateSecret",
    "stepfunctions": "TestState",
    "sts": "",
}
# What we read ourselves: `iam.function_urls`, and `logs.reading`.
OURS = frozenset({"InvokedViaFunctionUrl", "startFromHead"})


def refuse_members(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before operations that store. Raises: NotImplemented (501) for a member that LocalStack leaves out."""
    for member in unknown(body(context), context.operation.input_shape):
        raise absent(member, context)


def absent(member: str, context: RequestContext) -> Exception:
    """The refusal of a member."""
    operation, service = context.operation.name, name_of(context.service.service_name, context)
    why = "it is newer than October 2025, or not AWS's"
    return refusal(f"{member} of {operation} ({service}) is not part of this engine: {why}.")


def body(context: RequestContext) -> Any:
    """The request as it was sent, in whichever protocol; of AWS's Query API the names of its members only."""
    request, data = context.request, context.request.get_data()
    try:
        if "cbor" in (request.content_type or ""):
            return cbor2.loads(data)
        if "form-urlencoded" in (request.content_type or ""):
            names = {name.partition(".")[0] for name in request.form}
            return dict.fromkeys(names - {"Action", "Version"}, True)
        return json.loads(data or b"{}")
    except (ValueError, cbor2.CBORDecodeError):
        return {}  # the parser has its own answer


def unknown(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Paths of members that a request has and its shape has not, as in "PublishTo"."""
    if shape.type_name == "structure" and isinstance(value, dict):
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        for name, item in value.items():
            if name in members:
                yield from unknown(item, members[name], f"{path}{name}.")
            elif name not in OURS and item is not None:
                yield path + name
    elif shape.type_name == "list" and isinstance(value, list):
        for item in value:
            yield from unknown(item, shape.member, path)
