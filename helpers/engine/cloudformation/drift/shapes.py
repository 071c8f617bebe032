"""What services write otherwise than templates: tags, names, values that are text, ARNs for names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Properties = dict[str, Any]


def pick(answer: Mapping[str, Any], *names: str) -> Properties:
    """Return the members of an answer that are properties by the same names; None for what is not there."""
    return {name: answer.get(name) for name in names}


def pascal(answer: Mapping[str, Any], *names: str) -> Properties:
    """Return the members of an answer that have the names of properties but for the first letter."""
    return {name: answer.get(name[0].lower() + name[1:]) for name in names}


def tags(found: Mapping[str, str] | Iterable[Mapping[str, str]] | None) -> list[dict[str, str]]:
    """Return tags as templates have them, without those that AWS gives itself."""
    pairs = found.items() if isinstance(found, Mapping) else ((one["Key"], one["Value"]) for one in found or ())
    return [{"Key": key, "Value": value} for key, value in pairs if not key.startswith("aws:")]


def plain(value: str | None) -> Any:
    """Return what a text says: a number, true or false, an object; or else the text."""
    try:
        return json.loads(value or "null")
    except ValueError:
        return value


def as_given(given: str | None, arn: str | None) -> str | None:
    """Return an ARN as the template writes it, by whose end it may be known: the name of a function or an event bus."""
    return given if arn and given and arn.endswith((f":{given}", f"/{given}")) else arn
