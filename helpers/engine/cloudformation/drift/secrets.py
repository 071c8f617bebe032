"""What is neither compared nor shown: dynamic references and parameters with NoEcho.

CloudFormation detects no drift on dynamic references (User Guide, "Using dynamic references to specify template
values", as of 2023), and shows no NoEcho parameter when stacks are described ("Parameters section structure", 2026-11).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from localstack.services.cloudformation.v2.entities import Stack

from .. import dependencies

REFERENCE = "{{resolve:"
Path = tuple[str, ...]


def paths(stack: Stack, name: str) -> list[Path]:
    """Return where the template sets such values in the properties of a resource; a list with one counts whole."""
    given = stack.resolved_parameters.items()
    hidden = {one for one, value in given if value.get("no_echo") or REFERENCE in str(value.get("given_value"))}
    resource = (stack.processed_template or {}).get("Resources", {}).get(name) or {}
    return list(_paths(resource.get("Properties"), hidden))


def without(properties: Mapping[str, Any], secret: Collection[Path]) -> dict[str, Any]:
    """Return properties without what is at these paths."""
    left = dict(properties)
    for first, *rest in secret:
        if not rest:
            left.pop(first, None)
        elif isinstance(left.get(first), Mapping):
            left[first] = without(left[first], [tuple(rest)])
    return left


def _paths(value: Any, hidden: Collection[str]) -> Iterator[Path]:
    if isinstance(value, Mapping) and not any(name == "Ref" or name.startswith("Fn::") for name in value):
        for name, one in value.items():
            yield from ((name, *path) for path in _paths(one, hidden))
    elif isinstance(value, (Mapping, list, str)) and (
        REFERENCE in json.dumps(value, default=str) or {*hidden} & {*dependencies.references(value)}
    ):
        yield ()
