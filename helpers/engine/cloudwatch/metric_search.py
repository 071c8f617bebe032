"""SEARCH: the metrics that an expression finds, as in `{AWS/Lambda,FunctionName} MetricName="Errors"`.

CloudWatch User Guide, "CloudWatch search expression syntax" (2026-11):

    search = [ "{" namespace { "," dimension } "}" ] [ either ]      the schema: exactly these dimensions
    either = both { "OR" both }
    both   = one { [ "AND" ] one }
    one    = "NOT" one | "(" either ")" | name "=" ( text | "(" text { "OR" text } ")" ) | text

A text alone is found in names and values, without regard to case; between quotation marks, and behind `=`, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .metric_listing import Metric

MOST = 500  # series of one expression

Test = Callable[[Metric], bool]

_TOKEN = re.compile(r'\s*(?:"([^"]*)"|([(){},=])|([^\s"(){},=]+))')
_PARTS = re.compile(r"[A-Za-z]+|[0-9]+")
Token = tuple[str, bool]  # its text, and whether it was quoted


def find(search: str, metrics: Iterable[Metric]) -> list[Metric]:
    """The metrics that a search finds, 500 at most. Raises: ValueError for what is none."""
    tokens = _tokens(search)
    namespace, dimensions = _schema(tokens)
    test = _either(tokens) if tokens else lambda metric: True
    if tokens:
        raise ValueError(search)
    found = (
        metric
        for metric in metrics
        if namespace in (None, metric.namespace)
        and (dimensions is None or dimensions == {name for name, _ in metric.dimensions})
        and test(metric)
    )
    return [metric for metric, _ in zip(found, range(MOST), strict=False)]


def labels(found: list[Metric]) -> list[str]:
    """What tells the metrics apart: names and values that not all of them have."""
    parts = [(metric.name, *(value for _, value in metric.dimensions)) for metric in found]
    shared = set.intersection(*map(set, parts)) if len(parts) > 1 else set()
    return [" ".join(part for part in own if part not in shared) or own[0] for own in parts]


def _tokens(search: str) -> list[Token]:
    tokens, place = [], 0
    search = search.rstrip()
    while place < len(search):
        match = _TOKEN.match(search, place)
        if match is None:
            raise ValueError(search)
        quoted, sign, word = match.groups()
        tokens.append((quoted, True) if quoted is not None else (sign or word, False))
        place = match.end()
    return tokens


def _schema(tokens: list[Token]) -> tuple[str | None, set[str] | None]:
    if not _accept(tokens, "{"):
        return None, None
    names = [_text(tokens)]
    while _accept(tokens, ","):
        names.append(_text(tokens))
    _expect(tokens, "}")
    return names[0], set(names[1:])


def _either(tokens: list[Token]) -> Test:
    tests = [_both(tokens)]
    while _accept(tokens, "OR"):
        tests.append(_both(tokens))
    return lambda metric: any(test(metric) for test in tests)


def _both(tokens: list[Token]) -> Test:
    tests = [_one(tokens)]
    while tokens and tokens[0] not in ((")", False), ("OR", False)):
        _accept(tokens, "AND")
        tests.append(_one(tokens))
    return lambda metric: all(test(metric) for test in tests)


def _one(tokens: list[Token]) -> Test:
    if _accept(tokens, "NOT"):
        inner = _one(tokens)
        return lambda metric: not inner(metric)
    if _accept(tokens, "("):
        inner = _either(tokens)
        _expect(tokens, ")")
        return inner
    quoted = bool(tokens) and tokens[0][1]
    text = _text(tokens)
    if not _accept(tokens, "="):
        return lambda metric: any(_has(part, text, quoted) for part in _texts(metric))
    values = [_text(tokens)] if not _accept(tokens, "(") else _several(tokens)
    return lambda metric: any(value in values for value in _named(metric, text))


def _several(tokens: list[Token]) -> list[str]:
    values = [_text(tokens)]
    while _accept(tokens, "OR"):
        values.append(_text(tokens))
    _expect(tokens, ")")
    return values


def _named(metric: Metric, name: str) -> list[str]:
    """What a metric has of a name: `MetricName`, `Namespace` or a dimension."""
    own = {"MetricName": metric.name, "Namespace": metric.namespace}
    return [own[name]] if name in own else [value for its, value in metric.dimensions if its == name]


def _texts(metric: Metric) -> list[str]:
    return [metric.namespace, metric.name, *(text for pair in metric.dimensions for text in pair)]


def _has(part: str, text: str, exactly: bool) -> bool:
    """Whether a text is in a part of a metric: as a whole word, or in all of its letters and digits."""
    if exactly:
        return text.lower() in part.lower()
    return {piece.lower() for piece in _PARTS.findall(text)} <= {piece.lower() for piece in _pieces(part)}


def _pieces(part: str) -> list[str]:
    """The words of a part, `ReadOps` as read, ops and readops."""
    return [*_PARTS.findall(part), *re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", part)]


def _text(tokens: list[Token]) -> str:
    if not tokens or (not tokens[0][1] and tokens[0][0] in "(){},="):
        raise ValueError("a name or a value is missing")
    return tokens.pop(0)[0]


def _accept(tokens: list[Token], sign: str) -> bool:
    found = bool(tokens) and tokens[0] == (sign, False)
    if found:
        tokens.pop(0)
    return found


def _expect(tokens: list[Token], sign: str) -> None:
    if not _accept(tokens, sign):
        raise ValueError(f"{sign} is missing")
