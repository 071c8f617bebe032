"""Selectors of JSON: `$.users[0].id`, `$['a.b']`, `$.list[*].name`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

SELECTOR = r"""\$(?:\.[\w@-]+|\.?\[(?:\d+|\*|'[^']*'|"[^"]*")\]|\.\*)+"""
_STEP = re.compile(r"""\.([\w@-]+|\*)|\.?\[(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\]""")


def find(document: Any, selector: str) -> list[Any]:
    """Everything at a selector, [] if there is nothing."""
    found = [document]
    for name, index, star, single, double in _STEP.findall(selector[1:]):
        found = [item for value in found for item in _step(value, name or single or double, index, bool(star))]
    return found


def _step(value: Any, name: str, index: str, star: bool) -> Iterable[Any]:
    if isinstance(value, list):
        if star:
            return value
        return value[int(index) : int(index) + 1] if index else []
    if isinstance(value, dict):
        if name == "*":
            return value.values()
        return [value[name]] if name in value else []
    return []
