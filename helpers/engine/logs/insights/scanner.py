"""Reading a query's text from left to right."""

from __future__ import annotations

import re
from typing import Any

from ...server.given_expressions import Given

_SPACE = re.compile(r"(?:\s|#[^\n]*)*")  # a comment begins with #
NUMBER = r"\d+(?:\.\d+)?(?![\w.])"
STRING = r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""
REGEX = r"/(?:[^/\\]|\\.)+/"
NAME = r"@?[A-Za-z_](?:[\w@]|\.(?=\w))*|`[^`]+`"
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z])")  # as Java writes it


class MalformedQueryError(ValueError):
    """The query is none: `start` and `end` are where in its text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start, self.end = start, end


class AbsentCommandError(ValueError):
    """A command that AWS has and this engine has not. Its text is the whole answer."""


class Scanner:
    """A place in a query. `take` and its kin move on past what they return."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.read_to = 0  # the end of what was read last, without the space behind it
        # The aggregate functions of the `stats` that is being read, by a name of their own; None outside.
        self.aggregates: dict[str, Any] | None = None
        self._skip()

    def take(self, pattern: str) -> str | None:
        """What matches here, None if nothing does."""
        match = re.compile(pattern, re.IGNORECASE).match(self.text, self.place)
        if match is None or not match[0]:
            return None
        self.place = self.read_to = match.end()
        self._skip()
        return match[0]

    def word(self, *words: str) -> str | None:
        """One of these keywords, in lower case."""
        found = self.take(rf"(?:{'|'.join(words)})(?![\w.@-])")
        return found and found.lower()

    def symbol(self, *symbols: str) -> str | None:
        """One of these operators; the longer ones first."""
        return self.take("|".join(map(re.escape, symbols)))

    def expect(self, pattern: str) -> str:
        """As `take`. Raises: MalformedQueryError if nothing matches."""
        if (found := self.take(pattern)) is None:
            raise self.error()
        return found

    def name(self) -> str:
        """The name of a field."""
        return self.expect(NAME).strip("`")

    def string(self) -> str | None:
        """A text between quotation marks."""
        found = self.take(STRING)
        return None if found is None else re.sub(r"\\(.)", _unescaped, found[1:-1])

    def regex(self) -> Given | None:
        """An expression between slashes."""
        start = self.place
        found = self.take(REGEX)
        return None if found is None else self.compiled(found[1:-1].replace(r"\/", "/"), start)

    def compiled(self, source: str, start: int) -> Given:
        """A regular expression. Raises: MalformedQueryError."""
        try:
            return Given(_NAMED_GROUP.sub("(?P<", source))
        except re.error:
            raise MalformedQueryError("Invalid regular expression", start, self.place) from None

    def at(self, symbol: str) -> bool:
        """Whether this stands here."""
        return self.text.startswith(symbol, self.place)

    @property
    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.place >= len(self.text)

    def error(self) -> MalformedQueryError:
        """That nothing of the language can stand here."""
        before = self.text[: self.place]
        line, position = before.count("\n") + 1, self.place - (before.rfind("\n") + 1)
        found = re.match(r"\w+|.|$", self.text[self.place :], re.DOTALL)
        symbol = found[0] if found and found[0] else "<EOF>"
        message = f"unexpected symbol found {symbol} at line {line} and position {position}"
        return MalformedQueryError(message, self.place, min(self.place + len(symbol), len(self.text)))

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.place)
        self.place = match.end() if match else self.place


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t"}.get(match[1], match[1] if match[1] in "\"'\\" else match[0])
