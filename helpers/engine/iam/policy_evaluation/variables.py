"""Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`, `${?}`, `${$}`.

Only in documents of version 2012-10-17; in older ones they are literal text. In an ARN only after the fifth colon.
A variable whose key the request does not have, or has with several values, has no value: "there is no equal or like
value", so nothing matches it, and a negated operator does.

Source: IAM User Guide, "IAM policy elements: Variables and tags" (2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from . import wildcards

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_WITH_DEFAULT = re.compile(r"\s*([^,]+?)\s*,\s*'(.*)'\s*", re.DOTALL)
_CHARACTERS = ("*", "?", "$")

Context = Mapping[str, Sequence[str]]


class Template:
    """A text of a policy, with wildcards and variables.

    `fixed` is its pattern if it has no variables, else None.
    """

    __slots__ = ("_literals", "_variables", "fixed")

    def __init__(self, text: str, *, variables: bool, wildcard: bool = True) -> None:
        convert = wildcards.pattern if wildcard else str
        # re.split gives literal, variable, literal, …, literal.
        literals, self._variables = [text], []
        if variables and "${" in text:
            pieces = _VARIABLE.split(text)
            literals, self._variables = pieces[::2], [_parse(name) for name in pieces[1::2]]
        self._literals = [convert(literal) for literal in literals]
        self.fixed = None if self._variables else self._literals[0]

    @property
    def keys(self) -> list[str]:
        """The context keys that the variables name, in lower case."""
        return [key for key, _ in self._variables if key not in _CHARACTERS]

    def resolve(self, context: Context) -> str | None:
        """The pattern with the variables' values put in; None if one has no value."""
        if self.fixed is not None:
            return self.fixed
        pattern = self._literals[0]
        for (key, default), literal in zip(self._variables, self._literals[1:], strict=True):
            value = key if key in _CHARACTERS else _value(context, key, default)
            if value is None:
                return None
            pattern += value + literal
        return pattern


def _parse(inside: str) -> tuple[str, str | None]:
    if match := _WITH_DEFAULT.fullmatch(inside):
        return match[1].lower(), match[2].replace("''", "'")
    return inside.strip().lower(), None


def _value(context: Context, key: str, default: str | None) -> str | None:
    values = context.get(key)
    return values[0] if values and len(values) == 1 else default
