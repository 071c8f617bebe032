"""The body of a request in an event of payload format 2.0 or 1.0: of function URLs and of HTTP APIs.

Text where it is said to be text, JSON, XML or JavaScript, Base64 otherwise: so a form is Base64, and what has no type
(verified against AWS in github.com/ministackorg/ministack/pull/766 and LeanerCloud/CUDly#1483, 2026-06).
"""

from __future__ import annotations

import base64

TEXT = ("application/json", "application/javascript", "application/xml")


def body_and_encoding(data: bytes, content_type: str) -> tuple[str, bool]:
    """The body, and whether it is in Base64."""
    kind = content_type.partition(";")[0].strip().lower()
    if not data:
        return "", False
    if kind.startswith("text/") or kind in TEXT:
        try:
            return data.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(data).decode(), True
