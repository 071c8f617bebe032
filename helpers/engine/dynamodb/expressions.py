"""What DynamoDB refuses of a request before it looks at a table: placeholders of nothing, values that are none.

Developer Guide, "Expression attribute names (aliases)" and "Data types" (2026-11). The texts: public reports, and the
tests that dynalite has run against AWS (2015 to 2023). moto answers some of them with an internal error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response

from ..iam.services import item_requests
from . import numbers

OPERATIONS = (
    "BatchGetItem BatchWriteItem DeleteItem GetItem PutItem Query Scan TransactGetItems TransactWriteItems UpdateItem"
)
NAME, VALUE = re.compile(r"#\w+"), re.compile(r":\w+")
SETS = ("SS", "NS", "BS")


def refuse_request(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before `OPERATIONS`. Raises: ValidationException (400)."""
    for _, part in item_requests.parts(context.service_request or {}):
        for why in _problems(part):
            raise CommonServiceException("ValidationException", why, 400, True)


def _problems(request: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a request, or with one of those of a batch or transaction."""
    for member in ("Item", "Key"):
        for value in (request.get(member) or {}).values():
            yield from _wrong(value)
    values = request.get("ExpressionAttributeValues") or {}
    for name, value in values.items():
        for why in _wrong(value):
            yield f"ExpressionAttributeValues contains invalid value: {why} for key {name}"
    for member in item_requests.EXPRESSIONS:
        if isinstance(expression := request.get(member), str):
            yield from _undefined(member, expression, request.get("ExpressionAttributeNames") or {}, values)


def _undefined(member: str, expression: str, names: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    for name in NAME.findall(expression):
        if name not in names:
            yield (
                f"Invalid {member}: An expression attribute name used in the document path is not defined; "
                f"attribute name: {name}"
            )
    for value in VALUE.findall(expression):
        if value not in values:
            yield (
                f"Invalid {member}: An expression attribute value used in expression is not defined; "
                f"attribute value: {value}"
            )


def _wrong(value: Any) -> Iterator[str]:
    """Yield what is wrong with the sets and numbers in an attribute's value."""
    if not isinstance(value, Mapping):
        return
    for kind, content in value.items():
        if kind == "M":
            for one in content.values():
                yield from _wrong(one)
        elif kind == "L":
            for one in content:
                yield from _wrong(one)
        elif kind in ("N", "NS") and (why := next(filter(None, map(numbers.problem, _members(content))), "")):
            yield why
        elif kind in SETS and len({*(map(numbers.text, content) if kind == "NS" else content)}) < len(content):
            # Of binary values AWS shows the text in Base64; here it is left out.
            shown = f" [{', '.join(content)}]" if kind == "SS" else ""
            invalid = "" if kind == "NS" else "One or more parameter values were invalid: "
            yield f"{invalid}Input collection{shown} contains duplicates{'' if kind == 'NS' else '.'}"


def _members(content: str | list[str]) -> list[str]:
    return [content] if isinstance(content, str) else content
