"""JSONPath expressions of mapping templates and parameter mappings, as Jayway's JsonPath reads them on AWS.

LocalStack 4.9.2 has no filters, and gives what a wildcard finds without its list if that is one thing only. "When
evaluating a path you need to understand the concept of when a path is definite": one with `..`, `?(…)`, `*`, a slice or
several names selects a list (github.com/json-path/JsonPath, "What is Returned When?", 2026-11).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

DASHED = re.compile(r"""('[^']*'|"[^"]*")|(?<=\.)([A-Za-z_]\w*(?:-\w+)+)""")
INDEFINITE = re.compile(r"\.\.|\*|\?\s*\(|\[[^\]'\"]*[:,]|\[\s*'[^]]*'\s*,")


def extract(value: dict[str, Any] | list[Any], path: str) -> Any:
    """Replace `extract_jsonpath` of mapping templates: what a path selects, None for nothing.

    Raises: ValueError for a path with a regular expression, which could take the engine's time.
    """
    if "=~" in path:
        raise ValueError("Regular expressions in JSONPath are not part of this engine")
    found = [match.value for match in _parsed(path).find(value)]
    if INDEFINITE.search(re.sub(r"\['[^']*'\]", "", path) if "," not in path else path):
        return found
    return found[0] if found else None


@lru_cache(maxsize=256)
def _parsed(path: str) -> Any:
    from jsonpath_ng.ext import parse  # here: it builds a grammar

    quoted = DASHED.sub(lambda name: name[1] or f"'{name[2]}'", path)
    return parse(re.sub(r"\[\?\((.*?)\)\]", r"[?(\1)]", quoted))
