"""Near misses: what somebody meant who wrote another name than the goal says."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from helpers.backend import pages
from helpers.backend.function_names import function_name
from helpers.backend.session import Connection

ALIKE = 0.85  # of get_close_matches: one letter in seven; HelloPython is no HelloStrictPython
MISSING = re.compile(r"(?:Function not found|Cannot find alias arn): (arn:\S+)")


def near_miss(kind: str, wanted: str, names: Iterable[str]) -> str | None:
    """Return what was found in place of `wanted`, "the key Name, the goal says name"; None if nothing is like it.

    `kind`: what they are the names of. Alike are names that differ in case, in what is neither letter nor digit, or by
    a slip of the pen.
    """
    found = list(names)
    if wanted in found:
        return None
    alike = [name for name in found if _letters(name) == _letters(wanted)]
    alike += get_close_matches(wanted, found, n=1, cutoff=ALIKE)
    return f"the {kind} {alike[0]}, the goal says {wanted}" if alike else None


def of_what_is_missing(lab: Connection, error: Exception) -> str | None:
    """Return the near miss of the function or alias that AWS's `error` says is not there; None if there is none."""
    missing = MISSING.search(str(getattr(error, "response", {}).get("Error", {}).get("Message", "")))
    if missing is None:
        return None
    arn, api = missing[1], lab.client("lambda")
    function, names = function_name(arn), _names(api, "list_functions", "Functions", "FunctionName")
    if function not in names:
        return near_miss("function", function, names)
    alias = arn.partition(f":function:{function}:")[2]
    return near_miss("alias", alias, _names(api, "list_aliases", "Aliases", "Name", FunctionName=function))


def _names(api: Any, operation: str, key: str, name: str, **arguments: str) -> list[str]:
    return [one[name] for one in pages.collect(api, operation, key, **arguments)]


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
