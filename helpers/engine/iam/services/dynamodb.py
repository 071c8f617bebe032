"""Amazon DynamoDB and its streams."""

from __future__ import annotations

import re

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from .service import Parameters, Service, account_of

TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
STATEMENTS = {"SELECT": "PartiQLSelect", "INSERT": "PartiQLInsert", "UPDATE": "PartiQLUpdate"}
PARTIQL_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)"?', re.IGNORECASE)
_KEY_CONDITION = re.compile(r"([#\w.-]+)\s*=\s*(:\w+)")


def actions(context: RequestContext, request: Parameters) -> list[str]:
    """A transaction needs the action of each of its items, PartiQL one for its verb."""
    match context.operation.name:
        case "TransactWriteItems" | "TransactGetItems":
            kinds = [kind for item in request["TransactItems"] for kind in item]
            return list(dict.fromkeys(TRANSACTION.get(kind, "GetItem") for kind in kinds))
        case "ExecuteStatement":
            return [STATEMENTS.get(request["Statement"].split(maxsplit=1)[0].upper(), "PartiQLDelete")]
        case "BatchExecuteStatement":
            return ["PartiQLSelect"]
    return [context.operation.name]


def targets(context: RequestContext, request: Parameters, action: str) -> list[Target]:
    """Tables, their indexes and their streams."""
    account = context.account_id
    prefix = f"arn:aws:dynamodb:{context.region}:{account}:table/"

    def table(name: str) -> str:
        return name if name.startswith("arn:") else prefix + name

    if name := request.get("TableName"):
        index = request.get("IndexName")
        if context.service.service_name == "dynamodbstreams":
            return [Target(action, f"{table(name)}/stream/*", account)]
        arns = [f"{table(name)}/index/{index}" if index else table(name)]
    elif items := request.get("RequestItems"):
        arns = [table(name) for name in items]
    elif items := request.get("TransactItems"):
        arns = list(dict.fromkeys(table(inner["TableName"]) for item in items for inner in item.values()))
    elif statement := request.get("Statement"):
        found = PARTIQL_TABLE.search(statement)
        arns = [table(found[1] if found else "*")]
    elif iterator := request.get("ShardIterator"):
        arns = [iterator.partition("|")[0]]
    elif arn := request.get("StreamArn") or request.get("ResourceArn") or request.get("TableArn"):
        arns = [arn]
    elif action == "dynamodb:ListStreams":
        arns = [f"{prefix}*/stream/*"]
    else:
        arns = [f"{prefix}*"] if action == "dynamodb:ListTables" else ["*"]
    return [Target(action, arn, account_of(arn) if arn.startswith("arn:") else account) for arn in arns]


def condition_keys(context: RequestContext, request: Parameters) -> ConditionKeys:
    """`dynamodb:LeadingKeys`: the partition keys of the items that a request names."""
    from moto.dynamodb import dynamodb_backends  # here: it takes 75 ms to load

    name = request.get("TableName")
    table = dynamodb_backends[context.account_id][context.region].tables.get(name) if name else None
    if table is None:
        return {}
    hash_key = table.hash_key_attr
    items = [request[part] for part in ("Key", "Item") if request.get(part)]
    found = [next(iter(item[hash_key].values())) for item in items if hash_key in item]
    if expression := request.get("KeyConditionExpression"):
        names = request.get("ExpressionAttributeNames") or {}
        values = request.get("ExpressionAttributeValues") or {}
        for attribute, value in _KEY_CONDITION.findall(expression):
            if names.get(attribute, attribute) == hash_key and value in values:
                found.append(next(iter(values[value].values())))
    return {"dynamodb:LeadingKeys": [str(key) for key in found]} if found else {}


SERVICE = Service("dynamodb", actions=actions, targets=targets, condition_keys=condition_keys)
