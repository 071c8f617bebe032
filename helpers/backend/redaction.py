"""What may be written of a request and its response: what everybody may read already, and nothing else.

Not a list of secrets, which would lack the one that counts, but a list of what is known: words of the labs as they
are published, and values that AWS's own models name. Every other word becomes a mark, the same for the same word of
one recording, made with a random key that is never written: account ids, names, ids, keys, addresses, signatures.
A value that a model calls sensitive, or whose name says secret, goes as a whole, known word or not. Binary data is
written only if it is text or JSON, by the same rule; of addresses the query goes; times are marks.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

SECRET, TIME, NUMBER, BYTES, ADDRESS, LONG = "<secret>", "<time>", "<number>", "<bytes>", "<ip>", "<long>"
NAMES = re.compile(
    r"secret|passw|passphrase|passcode|\bpin$|token|credential|authorization(?!type|scopes)|cookie|signature|private"
    r"|api_?-?key|access_?-?key|^auth$|e-?mail|phone|certificate|session",
    re.IGNORECASE,
)
CHUNK = re.compile(r"([\s\"'`,;(){}\[\]<>|]+)")
TOKEN = re.compile(r"[A-Za-z0-9+/=_-]{16,}|[A-Za-z0-9_-]+|[^\x00-\x7f]+")
PIECES = re.compile(r"[+/=_-]+")
ODD = re.compile(r"[!$^~\\&*%#+=@]")  # of passwords, encodings and addresses: such a chunk goes as a whole
ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
IP = re.compile(r"(?<!\d)(?!127\.0\.0\.1)\d{1,3}([.-])\d{1,3}\1\d{1,3}\1\d{1,3}(?!\d)")  # its parts are known words
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
PLAIN = re.compile(r"[A-Za-z']{1,20}[.,:;?!]?")
LONGEST = 100_000  # characters of a text, of which a longer one is not written: that would take seconds
LARGEST = 10**9  # a larger number is a time, in seconds or milliseconds


class Redactor:
    """Redacts by `known` words and a secret `key`."""

    def __init__(self, known: Iterable[str], key: bytes):
        self.known = {*known, "time", "ip", "long"}
        self._key = key

    def value(self, value: Any, shape: Any = None, name: str = "") -> Any:
        """Return a value of a request or a response as JSON takes it; `shape`: botocore's, None within a body."""
        if value is None or isinstance(value, bool):
            return value
        if NAMES.search(name) or (shape is not None and shape.metadata.get("sensitive")):
            return _hidden(value, shape)
        if isinstance(value, Mapping):
            members = getattr(shape, "members", {}) if getattr(shape, "type_name", "") == "structure" else {}
            inner = getattr(shape, "value", None) if getattr(shape, "type_name", "") == "map" else None
            return {
                key if key in members else self._plain(str(key)): self.value(item, members.get(key, inner), str(key))
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(item, getattr(shape, "member", None), name) for item in value]
        if isinstance(value, date):
            return TIME
        if isinstance(value, bytes | bytearray):
            return self.body(bytes(value))
        if isinstance(value, int | float):
            return self._number(value, shape)
        if not isinstance(value, str):
            return BYTES  # a file, a stream
        return value if value in (getattr(shape, "enum", None) or ()) else self.text(value)

    def body(self, data: bytes) -> Any:
        """Return binary data: as text or JSON if it is that, else only that there is some."""
        try:
            return self.text(data.decode()) if len(data) <= LONGEST else LONG
        except UnicodeDecodeError:
            return BYTES

    def text(self, text: str) -> Any:
        """Return a text with marks for unknown words; JSON as {"<json>": …}, base64 of text as {"<base64>": …}."""
        if len(text) > LONGEST:
            return LONG
        if text.strip()[:1] in ("{", "["):
            try:
                return {"<json>": self.value(json.loads(text))}
            except ValueError:
                pass
        if BASE64.fullmatch(text) and (decoded := _decoded(text)) is not None:
            return {"<base64>": self.text(decoded)}
        return self._plain(text)

    def message(self, text: str, request: Any) -> str:
        """Return an error message of AWS: plain words stay, but those in quotes and those that the request had."""
        echoes = {word for said in _texts(request) for word in re.findall(r"\w+", said)} - self.known
        quoted = re.split(r"(\"[^\"]*\"|'[^']*'|`[^`]*`)", IP.sub(ADDRESS, text))
        return "".join(
            self._plain(part)
            if place % 2
            else "".join(
                chunk if PLAIN.fullmatch(chunk) and chunk.strip(".,:;?!") not in echoes else self._chunk(chunk)
                for chunk in CHUNK.split(part)
            )
            for place, part in enumerate(quoted)
        )

    def mark(self, word: str) -> str:
        """Return the mark of a word."""
        return f"<{hmac.new(self._key, word.encode(), hashlib.sha256).hexdigest()[:8]}>"

    def _plain(self, text: str) -> str:
        return "".join(self._chunk(chunk) for chunk in CHUNK.split(IP.sub(ADDRESS, ISO_TIME.sub(TIME, text))))

    def _number(self, value: int | float, shape: Any) -> int | float | str:
        if shape is None:
            return value if str(value) in self.known else NUMBER
        return TIME if value > LARGEST else value

    def _chunk(self, chunk: str) -> str:
        if not chunk or CHUNK.fullmatch(chunk):
            return chunk
        if len(chunk) >= 10 and chunk not in self.known and not _made_of_words(chunk):
            return self.mark(chunk)
        if chunk.startswith(("http://", "https://")):
            chunk, query, _ = chunk.partition("?")
            return TOKEN.sub(self._token, chunk) + ("?<query>" if query else "")
        if ODD.search(chunk) and not all(self._is_known(token) for token in TOKEN.findall(chunk)):
            return self.mark(chunk)
        return TOKEN.sub(self._token, chunk)

    def _token(self, found: re.Match[str]) -> str:
        return found[0] if self._is_known(found[0]) else self.mark(found[0])

    def _is_known(self, token: str) -> bool:
        return token in self.known or all(piece in self.known for piece in PIECES.split(token) if piece)


def words(texts: Iterable[str]) -> set[str]:
    """Return the words of published texts, each as it is and in its pieces."""
    found = {token for text in texts for token in TOKEN.findall(text)}
    return found | {piece for token in found for piece in PIECES.split(token) if piece}


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a request, names of map entries with them, but for long ones."""
    if isinstance(value, str) and len(value) <= LONGEST:
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for one in pair for text in _texts(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in _texts(one))


def _made_of_words(chunk: str) -> bool:
    """Tell whether most of a chunk is words; the pieces of a random text are short, and may happen to be known."""
    return sum(len(piece) for piece in re.findall(r"[^\W_]{3,}", chunk)) * 2 > len(chunk)


def _hidden(value: Any, shape: Any) -> Any:
    """Return a secret: of a structure the names of its members, which are AWS's."""
    if isinstance(value, Mapping) and getattr(shape, "type_name", "") == "structure":
        return {name: _hidden(item, shape.members[name]) for name, item in value.items() if name in shape.members}
    return SECRET


def _decoded(text: str) -> str | None:
    """Return what a base64 text says, None if it is no text."""
    padded = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        decoded = base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return decoded if decoded and all(char.isprintable() or char.isspace() for char in decoded) else None
