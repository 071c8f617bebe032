"""Which actions an operation needs. Mostly its own name: `lambda:GetFunction` for GetFunction.

Source: Service Authorization Reference (2026-11).
"""

from __future__ import annotations

from localstack.aws.api import RequestContext

from .services import s3_actions

# A service's name in policies, where it is not the name that boto3 uses.
PREFIXES = {
    "apigatewayv2": "apigateway",
    "dynamodbstreams": "dynamodb",
    "resourcegroupstaggingapi": "tag",
    "s3control": "s3",
    "sesv2": "ses",
    "stepfunctions": "states",
}

ALIASES = {
    "dynamodb": {"ExecuteStatement": "PartiQLSelect", "BatchExecuteStatement": "PartiQLSelect"},
    "kms": {"ReEncrypt": "ReEncryptFrom"},
    "lambda": {
        "GetLayerVersionByArn": "GetLayerVersion",
        "Invoke": "InvokeFunction",
        "InvokeAsync": "InvokeFunction",
        "InvokeWithResponseStream": "InvokeFunction",
    },
    "sns": {"PublishBatch": "Publish"},
    "sqs": {
        "ChangeMessageVisibilityBatch": "ChangeMessageVisibility",
        "DeleteMessageBatch": "DeleteMessage",
        "SendMessageBatch": "SendMessage",
    },
}

TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
STATEMENTS = {"SELECT": "PartiQLSelect", "INSERT": "PartiQLInsert", "UPDATE": "PartiQLUpdate"}

# What needs no signature: who has the token in the link may follow it (SNS API Reference, 2026-11).
UNSIGNED = frozenset({("sns", "ConfirmSubscription"), ("sns", "Unsubscribe")})


def of(context: RequestContext) -> list[str]:
    """The actions, as in `["lambda:InvokeFunction"]`: nearly always one."""
    service, operation = context.service.service_name, context.operation.name
    if service == "s3":
        return s3_actions.of(operation, context.service_request)
    if service in ("apigateway", "apigatewayv2"):
        return [f"apigateway:{context.request.method}"]
    prefix = PREFIXES.get(service, service)
    if service == "dynamodb":
        if operation in ("TransactWriteItems", "TransactGetItems"):
            items = context.service_request["TransactItems"]
            return list(
                dict.fromkeys(f"dynamodb:{TRANSACTION.get(kind, 'GetItem')}" for item in items for kind in item)
            )
        if operation == "ExecuteStatement":
            verb = context.service_request["Statement"].split(maxsplit=1)[0].upper()
            return [f"dynamodb:{STATEMENTS.get(verb, 'PartiQLDelete')}"]
    return [f"{prefix}:{ALIASES.get(service, {}).get(operation, operation)}"]
