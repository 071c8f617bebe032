"""What is wrong with an event that is not JSON, in the words of Lambda's parser, Jackson.

Tokens and columns: github.com/alexcasalboni/aws-lambda-power-tuning/issues/148 (2021); names: LocalStack's snapshots of
event patterns (2024); what is cut: github.com/szymonmaszke/torchlambda/issues/13. Jackson has read the character that
it complains of, and what shows that a token is over.
"""

from __future__ import annotations

import json
import re

TOKEN = re.compile(r"[\w$]+")
SHOWN_BYTES = 500
VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"


def in_words(error: Exception) -> str:
    """Why a text is not JSON; of the rarer mistakes Python's words."""
    if not isinstance(error, json.JSONDecodeError) or error.pos >= len(error.doc):
        return str(error)
    wrong, column = error.doc[error.pos], error.colno + 1
    what = f"Unexpected character ('{wrong}' (code {ord(wrong)}))"
    if error.msg.startswith("Expecting property name"):
        said = f"{what}: was expecting double-quote to start field name"
    elif error.msg == "Expecting value" and (token := TOKEN.match(error.doc, error.pos)):
        said, column = f"Unrecognized token '{token[0]}': was expecting {VALUE}", error.colno + len(token[0])
        column += token.end() < len(error.doc)
    elif error.msg == "Expecting value":
        said = f"{what}: expected a valid value {VALUE}"
    else:
        return str(error)
    cut = len(error.doc.encode()) - SHOWN_BYTES
    source = error.doc.encode()[:SHOWN_BYTES].decode(errors="replace")
    more = f"[truncated {cut} bytes]" if cut > 0 else ""
    return f'{said}\n at [Source: (byte[])"{source}"{more}; line: {error.lineno}, column: {column}]'
