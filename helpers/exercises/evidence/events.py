"""Events in a function's log, as Python, Node.js or JSON write them."""

import re
from collections.abc import Collection, Iterator

from helpers.backend.session import Connection
from helpers.exercises.evidence.answers import logged
from helpers.exercises.near_misses import near_miss

ENTRY = re.compile(r"""\s*(["']?)([^"'{}:]+)\1\s*:\s*(.*?)\s*""", flags=re.DOTALL)
TEXT = re.compile(r"""(["'`])(.*)\1""")


def entries(line: str) -> dict[str, str]:
    """Return the keys and values of the event in a line, values as written; not what is within a value.

    An event that Node.js spreads over several lines has one key in each, two spaces from the left.
    """
    inside = line[2:].rstrip(",") if re.match("  [^ ]", line) else line.partition("{")[2].rpartition("}")[0]
    found = [ENTRY.fullmatch(part) for part in _parts(inside)]
    return {entry[2]: entry[3] for entry in found if entry}


def _parts(text: str) -> Iterator[str]:
    """Split at the commas that are neither in brackets nor in quotation marks."""
    depth, quote, part = 0, "", ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'`":
            quote = character
        else:
            depth += (character in "{[(") - (character in ")]}")
        if character == "," and not quote and depth == 0:
            yield part
            part = ""
        else:
            part += character
    yield part


def name_in(line: str) -> str | None:
    """Return the text under the key `name` of the event in a line; None if there is none, or a blank one."""
    text = TEXT.fullmatch(entries(line).get("name", ""))
    return (text[2].strip() or None) if text else None


def new_name(lab: Connection, function: str, known: Collection[str] = ()) -> tuple[str | None, str | None]:
    """Return the first name in the events that `function` logged, unless it is `known`; if there is none, a near miss.

    `known`: in small letters.
    """

    def new(line: str) -> str | None:
        name = name_in(line)
        return name if name and name.casefold() not in known else None

    if lines := logged(lab, function, new):
        return new(lines[0]), None
    keys = {key for line in logged(lab, function, entries, seconds=0) for key in entries(line)}
    if "name" in keys:
        return None, "a name that is empty, or no text" if not known else None
    return None, near_miss("key", "name", sorted(keys))
