"""What is within an event, also within JSON that is only a text there, or Base64; and the code that gets at it."""

import json
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

JSON_TEXT, BASE64 = "JSON in a text", "JSON in Base64"


@dataclass(frozen=True)
class Opened:
    """What a text was found to hold, and how it was packed: "JSON in a text" or "JSON in Base64"."""

    value: Any
    packed: str

    def code(self, path: str) -> str:
        """Return the code that opens what the code `path` gets."""
        return f"json.loads({path})" if self.packed == JSON_TEXT else f"json.loads(b64decode({path}))"


def opened(text: str) -> Opened | None:
    """Return what a text holds, if that is a JSON object or array; None if it is just a text."""
    try:
        if text[:1] in ("{", "["):
            return Opened(json.loads(text), JSON_TEXT)
        if text.startswith(("ey", "ew", "W")):  # {" and {, and [ in Base64
            return Opened(json.loads(b64decode(text, validate=True)), BASE64)
    except (ValueError, Error):
        pass
    return None


def says(value: object, wanted: str) -> bool:
    """Tell whether a value of an event is `wanted`, as it is or URL-encoded."""
    return str(value) == wanted or (isinstance(value, str) and unquote_plus(value) == wanted)


def find(value: Any, wanted: str, path: str = "event") -> Iterator[str]:
    """Yield the code for each place in `value`, which the code `path` gets, where `wanted` is written."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from find(part, wanted, f"{path}[{json.dumps(key)}]")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from find(part, wanted, f"{path}[{number}]")
    elif isinstance(value, str) and (within := opened(value)):
        yield from find(within.value, wanted, within.code(path))
    elif says(value, wanted):
        yield path if str(value) == wanted else f"unquote_plus({path})"
