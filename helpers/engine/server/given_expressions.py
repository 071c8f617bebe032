"""Regular expressions that somebody gives: of filter patterns and queries, of REST APIs and their mapping templates.

Python's `re` holds the lock of the whole engine while it searches: for hours, with `(a+)+$` and a message of 40
letters. `regex`, which LocalStack brings with it, lets others run and gives up after `SECONDS`.
"""

from __future__ import annotations

import re
from typing import Any

SECONDS = 1.0  # for one text; in what takes longer nothing is found


class Given:
    """A compiled expression. Raises: `re.error`."""

    def __init__(self, source: str, ascii_only: bool = False) -> None:
        import regex  # here: few need it

        try:
            self._compiled = regex.compile(source, regex.ASCII if ascii_only else 0)
        except regex.error as error:
            raise re.error(str(error)) from None

    @property
    def groupindex(self) -> dict[str, int]:
        """The numbers of named groups."""
        return dict(self._compiled.groupindex)

    def search(self, text: str) -> Any:
        """The match in a text; None without one."""
        try:
            return self._compiled.search(text, concurrent=True, timeout=SECONDS)
        except TimeoutError:
            return None

    def matches(self, text: str) -> bool:
        """Whether it describes the whole text."""
        try:
            return self._compiled.fullmatch(text, concurrent=True, timeout=SECONDS) is not None
        except TimeoutError:
            return False

    def replaced(self, by: str, text: str, most: int = 0) -> str:
        """The text with what it finds replaced, everywhere or so many times. Raises: TimeoutError."""
        return str(self._compiled.sub(by, text, count=most, concurrent=True, timeout=SECONDS))

    def parts(self, text: str, most: int = 0) -> list[str]:
        """The text between what it finds. Raises: TimeoutError."""
        return list(self._compiled.split(text, maxsplit=most, concurrent=True, timeout=SECONDS))
