"""Filter patterns of CloudWatch Logs that consist of terms; LocalStack 4.9.2 lets every event pass.

| pattern | passes |
|---|---|
| `ERROR` | what has the term ERROR, upper and lower case told apart |
| `ERROR timeout` | what has both |
| `"out of paper"` | what has the phrase |
| `?ERROR ?WARN` | what has one of them |
| `ERROR -retry` | what has ERROR, but not retry |

Patterns for JSON (`{`), for columns (`[`) and regular expressions (`%`) still let everything pass, as in LocalStack.
Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax" (2026-11).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

TERM = re.compile(r'([?-]?)(?:"([^"]*)"|(\S+))')


def matcher(pattern: str) -> Callable[[str, dict[str, Any]], bool]:
    """Return a predicate that says whether a log event, {"message": …}, matches `pattern`."""
    if pattern.lstrip()[:1] in ("{", "[", "%"):
        return lambda _pattern, _event: True
    terms = [(sign, _term(phrase or word)) for sign, phrase, word in TERM.findall(pattern)]

    def passes(_pattern: str, event: dict[str, Any]) -> bool:
        found = [(sign, bool(term.search(event["message"]))) for sign, term in terms]
        optional = [there for sign, there in found if sign == "?"]
        return (
            all(there for sign, there in found if sign == "")
            and not any(there for sign, there in found if sign == "-")
            and (not optional or any(optional))
        )

    return passes


def _term(text: str) -> re.Pattern[str]:
    """Return an expression for a whole term: ERR does not match ERROR."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
