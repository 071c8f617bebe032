"""The differences of two responses, member by member."""

import re
from collections.abc import Iterator
from typing import Any

# What is measured, by the name of its member; and in a text: "20.09 ms".
BY_NATURE = re.compile(r"((?<!memory)size|bytes|duration|latency|timestamp|progress)s?$", re.IGNORECASE)
MEASURED = re.compile(r"(?:\d[\d.]*(?:<[0-9a-z]+>)?|<[0-9a-z]+>) ?(?:ms|s|MB|KB|bytes)\b")
MARK = re.compile(r"<[0-9a-z]+>")
REGION = re.compile(r"\b[a-z]{2}(-[a-z]+)+-\d\b")


def differences(theirs: Any, ours: Any, where: str = "") -> Iterator[str]:
    """Yield a line for each member that one lacks, or that differs other than by nature: "State: 'Pending', here …"."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in [*theirs, *(name for name in ours if name not in theirs)]:
            inner = f"{where}.{name}" if where else name
            if name not in ours:
                yield f"{inner}: missing here"
            elif name not in theirs:
                yield f"{inner}: only here"
            else:
                yield from differences(theirs[name], ours[name], inner)
    elif isinstance(theirs, list) and isinstance(ours, list):
        if len(theirs) != len(ours):
            yield f"{where}: {len(theirs)} items, here {len(ours)}"
        for first, second in zip(theirs, ours, strict=False):
            yield from differences(first, second, f"{where}[]")
    elif type(theirs) is not type(ours) and not (_marked(theirs) or _marked(ours)):
        yield f"{where}: a {_kind(theirs)}, here a {_kind(ours)}"
    elif theirs != ours and not _by_nature(where) and not _alike(theirs, ours):
        yield f"{where}: {theirs!r}, here {ours!r}"


def _by_nature(where: str) -> bool:
    return BY_NATURE.search(re.split(r"[.\[\]]+", where.rstrip("[]"))[-1]) is not None


def _alike(theirs: Any, ours: Any) -> bool:
    """Whether two values are the same but for measures, regions, and marks, which stand for any word."""
    if not (isinstance(theirs, str) and isinstance(ours, str)):
        return _marked(theirs) or _marked(ours)
    first, second = (MEASURED.sub("<1>", REGION.sub("<2>", text)) for text in (theirs, ours))
    return any(re.fullmatch(_pattern(one), other) for one, other in ((first, second), (second, first)))


def _pattern(text: str) -> str:
    return r"[^\s:/]+".join(map(re.escape, MARK.split(text)))


def _marked(value: Any) -> bool:
    """Whether a value is one mark, and no more: what it was is not known."""
    return isinstance(value, str) and MARK.fullmatch(value) is not None


def _kind(value: Any) -> str:
    names = {dict: "structure", list: "list", str: "text", bool: "truth value", int: "number", float: "number"}
    return names.get(type(value), "nothing")
