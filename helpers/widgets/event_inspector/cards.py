"""An event as a card: where it came from, the code that finds a value, and its JSON, opened, with the value marked."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from helpers.widgets.event_inspector import envelopes, sources

LONGEST = 56  # of a text that is shown; signatures and receipt handles have hundreds of letters
STEP = "  "


def card(source: str, event: Any, wanted: str) -> str:
    """Return the card of an event, in which `wanted` is marked; "" marks nothing."""
    how = "Lambda polls" if source in sources.POLLED else "pushed"
    found = "".join(f"<code>{escape(path)}</code>" for path in paths(event, wanted)[:1])
    missing = "<em>not in it</em>" if wanted and not found else ""
    body = "\n".join(_lines(event, wanted))
    name = escape(source)
    return (
        f'<section class="lab-event" aria-label="{name}"><strong>{name}</strong> <small>{how}</small>'
        f"<p>{found or missing}</p><pre>{body}</pre></section>"
    )


def paths(event: Any, wanted: str) -> list[str]:
    """Return the code for each place in an event where `wanted` is written, the shortest first."""
    return sorted(envelopes.find(event, wanted), key=len) if wanted else []


def _lines(value: Any, wanted: str, indent: str = "", before: str = "") -> Iterator[str]:
    """Yield the lines of a value as HTML, without parts that do not say `wanted`; `before` begins the first line."""
    start = f"{indent}{before}"
    within = envelopes.opened(value) if isinstance(value, str) else None
    if wanted and indent and isinstance(value, dict | list) and value and not any(envelopes.find(value, wanted)):
        yield f"{start}{'{…}' if isinstance(value, dict) else '[…]'}"  # so that what was looked for is in view
    elif within:
        yield from _lines(within.value, wanted, indent, f"{before}<i>{within.packed}:</i> ")
    elif isinstance(value, dict | list) and value:
        marks = "{}" if isinstance(value, dict) else "[]"
        parts = value.items() if isinstance(value, dict) else (("", part) for part in value)
        yield f"{start}{marks[0]}"
        for key, part in parts:
            yield from _lines(part, wanted, indent + STEP, f"<b>{escape(key)}</b>: " if key else "")
        yield f"{indent}{marks[1]}"
    else:
        yield f"{start}{_leaf(value, wanted)}"


def _leaf(value: Any, wanted: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    shown = escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…", quote=False)
    return f"<mark>{shown}</mark>" if wanted and envelopes.says(value, wanted) else shown
