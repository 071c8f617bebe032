"""What a mapping template may ask of a value: methods of Java's String, List and Map, which templates use on AWS.

"API Gateway uses the Velocity Template Language engine" and its values are Java's (API Gateway Developer Guide,
"Mapping template transformations for REST APIs"; Java SE API, String, List and Map; 2026-11). Here they are Python's,
and these functions, by their names in Java, are all that there is: see `velocity`. The names that AWS's own answers
show (`$util`, `$input`) are in `velocity`, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from airspeed.operators import dict_to_string
from werkzeug.datastructures import Headers

from ..server.given_expressions import Given

Method = Callable[..., Any]
MAPS = (Mapping, Headers)
LARGEST = 10 * 1024 * 1024  # letters of a text, as many as a body may have
MOST = 100_000  # elements of a list


class TooLargeError(ValueError):
    """A template makes more than there is room for."""


class Entries(list[Any]):
    """Keys, values or entries of a map: as text, [a, b]."""

    def __str__(self) -> str:
        return f"[{', '.join(map(text, self))}]"


def text(value: Any) -> str:
    """A value as a template writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    return dict_to_string(value) if type(value) is dict else str(value)


def fitting(value: str) -> str:
    """The text. Raises: TooLargeError."""
    if len(value) > LARGEST:
        raise TooLargeError("A text is too large")
    return value


def _replace(self: str, old: Any, new: Any) -> str:
    old, new = str(old), str(new)
    if (self.count(old) if old else len(self) + 1) * len(new) > LARGEST:
        raise TooLargeError("A text is too large")
    return self.replace(old, new)


def _expanded(template: str) -> str:
    """Java's replacement, `$1` for a group, as `regex` has it."""
    return re.sub(r"\\(.)|\$(\d)|(\\)", lambda found: f"\\g<{found[2]}>" if found[2] else found[1] or "", template)


def _replace_all(self: str, pattern: str, by: str, count: int = 0) -> str:
    if (len(self) + 1) * len(by) > 4 * LARGEST:
        raise TooLargeError("A text is too large")
    return fitting(Given(pattern).replaced(_expanded(by), self, count))


def _split(self: str, pattern: str, limit: int = 0) -> Entries:
    parts = Given(pattern).parts(self, max(limit - 1, 0))
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return Entries(parts)


def _set(self: Any, key: Any, value: Any) -> Any:
    before = self.get(key) if isinstance(self, MAPS) else self[key]
    self[key] = value
    return before


def _add_all(self: list[Any], others: list[Any]) -> bool:
    if len(self) + len(others) > MOST:
        raise TooLargeError("A list is too large")
    self.extend(list(others))
    return True


def _add(self: list[Any], value: Any, *more: Any) -> bool:
    if more:
        self.insert(int(value), more[0])
    else:
        self.append(value)
    return True


def _compare(self: Any, other: Any) -> int:
    return int(self > other) - int(self < other)


EVERY: dict[str, Method] = {"toString": text, "equals": lambda self, other: self == other}
TEXT: dict[str, Method] = {
    **EVERY,
    "length": len,
    "isEmpty": lambda self: not self,
    "isBlank": lambda self: not self.strip(),
    "trim": lambda self: self.strip(),
    "strip": lambda self: self.strip(),
    "toLowerCase": lambda self: self.lower(),
    "toUpperCase": lambda self: self.upper(),
    "contains": lambda self, other: str(other) in self,
    "startsWith": lambda self, prefix, start=0: self.startswith(prefix, start),
    "endsWith": lambda self, suffix: self.endswith(suffix),
    "indexOf": lambda self, other, start=0: self.find(str(other), start),
    "lastIndexOf": lambda self, other: self.rfind(str(other)),
    "substring": lambda self, start, end=None: self[start:end],
    "charAt": lambda self, index: self[index],
    "concat": lambda self, other: fitting(self + str(other)),
    "replace": _replace,
    "replaceAll": _replace_all,
    "replaceFirst": lambda self, pattern, by: _replace_all(self, pattern, by, 1),
    "split": _split,
    "matches": lambda self, pattern: Given(pattern).matches(self),
    "equalsIgnoreCase": lambda self, other: self.lower() == str(other).lower(),
    "compareTo": _compare,
}
LIST: dict[str, Method] = {
    **EVERY,
    "size": len,
    "get": lambda self, index: self[index],
    "isEmpty": lambda self: not self,
    "contains": lambda self, value: value in self,
    "indexOf": lambda self, value: self.index(value) if value in self else -1,
    "add": _add,
    "addAll": _add_all,
    "set": _set,
    "remove": lambda self, index: self.pop(index),
    "subList": lambda self, start, end: Entries(self[start:end]),
}
MAP: dict[str, Method] = {
    **EVERY,
    "size": len,
    "get": lambda self, key: self.get(key),
    "getOrDefault": lambda self, key, value: self.get(key, value),
    "isEmpty": lambda self: not self,
    "containsKey": lambda self, key: key in self,
    "containsValue": lambda self, value: value in self.values(),
    "put": _set,
    "putAll": lambda self, others: self.update(others),
    "remove": lambda self, key: self.pop(key, None),
    "keySet": lambda self: Entries(self.keys()),
    "values": lambda self: Entries(self.values()),
    "entrySet": lambda self: Entries({"key": key, "value": value} for key, value in self.items()),
    # Of an entry, which is a map here.
    "getKey": lambda self: self.get("key"),
    "getValue": lambda self: self.get("value"),
}
NUMBER: dict[str, Method] = {
    **EVERY,
    "intValue": int,
    "longValue": int,
    "doubleValue": float,
    "compareTo": _compare,
}


def of(value: Any) -> dict[str, Method]:
    """The methods of a value."""
    for kind, methods in ((str, TEXT), (bool, EVERY), ((int, float), NUMBER), (MAPS, MAP), (list, LIST)):
        if isinstance(value, kind):
            return methods
    return {}
