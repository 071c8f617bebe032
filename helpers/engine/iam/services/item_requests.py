"""The items and attributes that a request to DynamoDB names, as the condition keys that fine-grained access uses.

`dynamodb:LeadingKeys`: partition keys; `dynamodb:Attributes`: attributes at the top of items. What a request does not
name it does not have, also where it is told all of an item: `dynamodb:Select` is for that. PartiQL is not looked at.
DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control" (2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..targets import ConditionKeys
from .service import Parameters

EXPRESSIONS = (
    "UpdateExpression",
    "ConditionExpression",
    "KeyConditionExpression",
    "FilterExpression",
    "ProjectionExpression",
)
LEGACY = ("AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter")  # by attribute
_NAME = re.compile(r"(?<![\w:.#])(?:#\w+|[A-Za-z_]\w*)(?!\w|\s*\()")  # no value, no step of a path, no function
_WORDS = frozenset("add and between delete in not or remove set".split())  # noqa: SIM905
_EQUAL = re.compile(r"([#\w.-]+)\s*=\s*(:\w+)|(:\w+)\s*=\s*([#\w.-]+)")


def by_table(request: Parameters) -> dict[str, list[Parameters]]:
    """The parts of a request that name items, by table: of a batch or a transaction there are several."""
    found: dict[str, list[Parameters]] = {}
    for name, part in parts(request):
        items = [{**part, "Key": key} for key in part["Keys"]] if "Keys" in part else [part]
        found.setdefault(name, []).extend(items)
    return found


def parts(request: Parameters) -> Iterator[tuple[str, Parameters]]:
    """Yield what a request says of one table or item, with the table's name: itself, or the parts of a batch or a
    transaction. BatchGetItem's have several `Keys`.
    """
    if name := request.get("TableName"):
        yield name, request
    for name, part in (request.get("RequestItems") or {}).items():
        if isinstance(part, Mapping):  # BatchGetItem
            yield name, part
        else:  # BatchWriteItem: {"PutRequest": {"Item": …}} and the like
            yield from ((name, inner) for one in part for inner in one.values())
    for item in request.get("TransactItems") or ():
        yield from ((inner.get("TableName") or "", inner) for inner in item.values())


def keys(hash_key: str, parts: list[Parameters]) -> ConditionKeys:
    """The condition keys of what is asked of one table, whose partition key is called `hash_key`."""
    found: ConditionKeys = {}
    leading = dict.fromkeys(value for part in parts for value in _leading(hash_key, part))
    attributes = dict.fromkeys(name for part in parts for name in _attributes(part))
    if leading:
        found["dynamodb:LeadingKeys"] = list(leading)
    if attributes:
        found["dynamodb:Attributes"] = list(attributes)
    return found


def _leading(hash_key: str, part: Parameters) -> Iterator[str]:
    for name in ("Key", "Item"):
        if hash_key in (item := part.get(name) or {}):
            yield _text(item[hash_key])
    names, values = part.get("ExpressionAttributeNames") or {}, part.get("ExpressionAttributeValues") or {}
    for left, right, value, name in _EQUAL.findall(part.get("KeyConditionExpression") or ""):
        if names.get(left or name, left or name) == hash_key and (right or value) in values:
            yield _text(values[right or value])
    for value in ((part.get("KeyConditions") or {}).get(hash_key) or {}).get("AttributeValueList") or ():
        yield _text(value)


def _text(value: Mapping[str, Any]) -> str:
    return str(next(iter(value.values())))


def _attributes(part: Parameters) -> Iterator[str]:
    for name in ("Key", "Item", *LEGACY):
        yield from part.get(name) or ()
    yield from part.get("AttributesToGet") or ()
    names = part.get("ExpressionAttributeNames") or {}
    for expression in EXPRESSIONS:
        for word in _NAME.findall(part.get(expression) or ""):
            if word.lower() not in _WORDS:
                yield names.get(word, word)
