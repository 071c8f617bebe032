"""Amazon DynamoDB and its streams."""

from __future__ import annotations

import re
from typing import Any

from localstack.aws.api import RequestContext

from ..targets import ConditionKeys, Target
from . import item_requests
from .service import Parameters, Service, Tags, account_of

TRANSACTION = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
STATEMENTS = {"SELECT": "PartiQLSelect", "INSERT": "PartiQLInsert", "UPDATE": "PartiQLUpdate"}
PARTIQL_TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE)\s+"?([\w.-]+)"?', re.IGNORECASE)


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
    """Tables, their indexes and their streams; a table with the keys and attributes that the request names of it."""
    account = context.account_id
    prefix = f"arn:aws:dynamodb:{context.region}:{account}:table/"

    def table(name: str) -> str:
        return name if name.startswith("arn:") else prefix + name

    name, index = request.get("TableName"), request.get("IndexName")
    if name and context.service.service_name == "dynamodbstreams":
        return [Target(action, f"{table(name)}/stream/*", account)]
    if named := item_requests.by_table(request):
        found = []
        for called, parts in named.items():
            whole = table(called)
            keys = {**item_requests.keys(_hash_key(whole, index), parts), **_answer(context, request)}
            resource = f"{whole}/index/{index}" if index else whole
            found.append(Target(action, resource, account_of(whole), context=keys))
        return found
    if statement := request.get("Statement"):
        match = PARTIQL_TABLE.search(statement)
        arns = [table(match[1] if match else "*")]
    elif iterator := request.get("ShardIterator"):
        arns = [iterator.partition("|")[0]]
    elif arn := request.get("StreamArn") or request.get("ResourceArn") or request.get("TableArn"):
        arns = [arn]
    elif action == "dynamodb:ListStreams":
        arns = [f"{prefix}*/stream/*"]
    else:
        arns = [f"{prefix}*"] if action == "dynamodb:ListTables" else ["*"]
    return [Target(action, arn, account_of(arn) if arn.startswith("arn:") else account) for arn in arns]


def _hash_key(arn: str, index: str | None) -> str:
    """The partition key of a table, or of its index; "" if there is none of that name."""
    found = _table(arn)
    if found is None or not index:
        return str(found.hash_key_attr) if found else ""
    schemas = [one.schema for one in [*found.indexes, *found.global_indexes] if one.name == index]
    return next((key["AttributeName"] for schema in schemas for key in schema if key["KeyType"] == "HASH"), "")


def _table(arn: str) -> Any | None:
    """moto's table."""
    from moto.dynamodb import dynamodb_backends  # here: it takes 75 ms to load

    parts = arn.split(":", 5)
    name = parts[5].partition("/")[2]
    return dynamodb_backends[parts[4]][parts[3]].tables.get(name) if parts[4].isdecimal() else None


def _answer(context: RequestContext, request: Parameters) -> ConditionKeys:
    """What a request wants to be told."""
    keys: ConditionKeys = {}
    if context.operation.name in ("Query", "Scan"):
        some = request.get("ProjectionExpression") or request.get("AttributesToGet")
        whole = "ALL_PROJECTED_ATTRIBUTES" if request.get("IndexName") else "ALL_ATTRIBUTES"
        keys["dynamodb:Select"] = request.get("Select") or ("SPECIFIC_ATTRIBUTES" if some else whole)
    if context.operation.name in ("PutItem", "UpdateItem", "DeleteItem"):
        keys["dynamodb:ReturnValues"] = request.get("ReturnValues") or "NONE"
    return keys


def resource_tags(account: str, region: str, resource: str) -> Tags | None:
    """A table's tags, also for its indexes."""
    name = resource.split("/")[1]
    found = _table(f"arn:aws:dynamodb:{region}:{account}:table/{name}")
    return found.tags if found else None


SERVICE = Service(
    "dynamodb",
    actions=actions,
    targets=targets,
    resource_tags=resource_tags,
    tagged={"CreateTable": "TagResource"},
)
