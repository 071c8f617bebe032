"""ExecuteStatement: what a statement of PartiQL asks for, done.

Developer Guide, "PartiQL for DynamoDB" (2026-11): an UPDATE or a DELETE is of one item, by its whole key; an INSERT
replaces none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from botocore.exceptions import ClientError
from localstack.aws.api import CommonServiceException
from localstack.aws.api.dynamodb import DuplicateItemException

from .partiql import Statement, wrong


def execute(client: Any, text: str, parameters: Sequence[Any], options: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items of a statement. Raises: what DynamoDB answers."""
    statement = Statement(text, parameters)
    try:
        return _execute(client, statement, options)
    except ClientError as error:
        said = error.response["Error"]
        if statement.verb == "INSERT" and said["Code"] == "ConditionalCheckFailedException":
            raise DuplicateItemException("Duplicate primary key exists in table") from None
        if said["Code"] == "InternalError":  # moto, of an expression that is none
            raise wrong("Statement wasn't well formed, can't be processed") from None
        raise CommonServiceException(said["Code"], said["Message"], 400, True) from None


def _execute(client: Any, statement: Statement, options: dict[str, Any]) -> list[dict[str, Any]]:
    table = {"TableName": statement.table}
    placeholders = {"ExpressionAttributeNames": statement.names, "ExpressionAttributeValues": statement.values}
    expressions = {
        "IndexName": statement.index,
        "FilterExpression": statement.condition,
        "ProjectionExpression": statement.projection,
        **placeholders,
    }
    if statement.verb == "SELECT":
        request = {**table, **options, **{name: one for name, one in expressions.items() if one}}
        return [item for page in client.get_paginator("scan").paginate(**request) for item in page["Items"]]
    keys = [one["AttributeName"] for one in client.describe_table(**table)["Table"]["KeySchema"]]
    if statement.verb == "INSERT":
        there = {"ConditionExpression": "attribute_not_exists(#k)", "ExpressionAttributeNames": {"#k": keys[0]}}
        client.put_item(**table, Item=statement.item, **there)
        return []
    if not set(keys) <= set(statement.equal):
        raise wrong("Where clause does not contain a mandatory equality on all key attributes")
    key = {name: statement.equal[name] for name in keys}
    condition = {"ConditionExpression": statement.condition}
    if statement.verb == "UPDATE":
        expression = {"UpdateExpression": statement.changes}
        client.update_item(**table, Key=key, **expression, **condition, **placeholders)
    elif statement.only_equal and set(statement.equal) == set(keys):  # of an item that is not there it says nothing
        client.delete_item(**table, Key=key)
    else:
        client.delete_item(**table, Key=key, **condition, **placeholders)
    return []
