"""Signature Version 4: reading a request's signature, and calculating the one it should have. Without I/O.

Sources: IAM User Guide, "Create a signed AWS API request" and "Authenticating requests (query parameters)"; Amazon S3
API Reference, "Authenticating Requests (AWS Signature Version 4)" (2026-11). Everything is computed from the bytes that
arrived: what a client has encoded stays as it encoded it. Paths are normalized by botocore's own function.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import parse_qs, quote

from botocore.utils import normalize_url_path

ALGORITHM = "AWS4-HMAC-SHA256"
FORMAT = "%Y%m%dT%H%M%SZ"
PARTS = ("Credential", "Signature", "SignedHeaders")
_CREDENTIAL = re.compile(r"^AWS4-HMAC-SHA256\s.*\bCredential=([^/,\s]+)/", re.IGNORECASE)
_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+")
PATH_SAFE = "/~"  # botocore.auth.SigV4Auth._normalize_url_path

Headers = Mapping[bytes, list[bytes]]  # by lower-case name, values as received


class IncompleteSignatureError(Exception):
    """An Authorization header of version 4 that cannot be read; the message is AWS's."""


@dataclass(frozen=True, slots=True)
class AuthorizationHeader:
    """An Authorization header: the `access_key` that it names, "" without; its `fields`, by `PARTS`; `mistake`: why it
    cannot be read, in AWS's words, else "".
    """

    access_key: str
    fields: Mapping[str, str]
    mistake: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A request's signature: `scope` is (date, region, service, "aws4_request"), `moment` as in 20261128T231223Z.

    `expires` is the validity of a presigned request in seconds, None for one that is signed in its header. `token`: the
    session token, "" without.
    """

    access_key: str
    scope: tuple[str, ...]
    signed_headers: tuple[str, ...]
    value: str
    moment: str
    token: str = ""
    expires: int | None = None

    @property
    def service(self) -> str:
        """The service that the signature is for, as it names itself in signatures ("execute-api")."""
        return self.scope[2]

    def signed_at(self) -> datetime:
        """When it was signed. Raises `IncompleteSignatureError` for a date in another form."""
        try:
            return _time(self.moment)
        except ValueError:
            raise IncompleteSignatureError(
                f"Date must be in ISO-8601 'basic format'. Got '{self.moment}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ) from None


@lru_cache(maxsize=128)  # a request asks twice, and many are of the same second
def _time(moment: str) -> datetime:
    return datetime.strptime(moment, FORMAT).replace(tzinfo=UTC)


@lru_cache(maxsize=128)
def read_header(authorization: str) -> AuthorizationHeader:
    """Parse an Authorization header: once, though several modules need it within a request."""
    named = _CREDENTIAL.search(authorization)
    fields, mistake = {}, ""
    try:
        fields = _fields(authorization)
    except IncompleteSignatureError as error:
        mistake = str(error)
    return AuthorizationHeader(named[1] if named else "", fields, mistake)


def in_header(authorization: str, headers: Headers) -> Signature:
    """The signature in an Authorization header. Raises: IncompleteSignatureError, in AWS's words."""
    header = read_header(authorization)
    if header.mistake:
        raise IncompleteSignatureError(header.mistake)
    fields = header.fields
    moment = _first(headers, b"x-amz-date")
    missing = [f"Authorization header requires '{part}' parameter." for part in PARTS if not fields.get(part)]
    if not moment:
        missing.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    if missing:
        raise IncompleteSignatureError(f"{' '.join(missing)} Authorization={authorization.partition('Signature=')[0]}")
    return _signature(
        fields["Credential"],
        fields["SignedHeaders"],
        fields["Signature"],
        moment,
        _first(headers, b"x-amz-security-token"),
        None,
    )


def in_query(query: str) -> Signature:
    """The signature in the query of a presigned request. Raises: IncompleteSignatureError, in AWS's words."""
    given = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    try:
        return _signature(
            given["X-Amz-Credential"],
            given["X-Amz-SignedHeaders"],
            given["X-Amz-Signature"],
            given["X-Amz-Date"],
            given.get("X-Amz-Security-Token", ""),
            int(given.get("X-Amz-Expires", "300")),
        )
    except KeyError as error:
        raise IncompleteSignatureError(f"AWS query-string parameters must include {error}.") from None
    except ValueError:
        raise IncompleteSignatureError("X-Amz-Expires should be a number") from None


def _signature(
    credential: str, signed_headers: str, value: str, moment: str, token: str, expires: int | None
) -> Signature:
    access_key, *scope = credential.split("/")
    if len(scope) != 4 or scope[3] != "aws4_request":
        raise IncompleteSignatureError(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
            f"got '{credential}'"
        )
    names = tuple(signed_headers.lower().split(";"))
    if not all(map(_NAME.fullmatch, names)):
        raise IncompleteSignatureError(f"'SignedHeaders' must be a list of header names, got '{signed_headers}'")
    return Signature(access_key, tuple(scope), names, value, moment, token, expires)


def _fields(authorization: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in authorization.removeprefix(ALGORITHM).split(","):
        name, equals, value = field.strip().partition("=")
        if not equals and name:
            raise IncompleteSignatureError(
                f"'{name}' not a valid key=value pair (missing equal-sign) in Authorization header."
            )
        if name in found or (name and name not in PARTS):  # LocalStack might read another one than we do
            raise IncompleteSignatureError(f"'{name}' is given twice, or is no parameter of an Authorization header.")
        found[name] = value.strip()
    return found


def _first(headers: Headers, name: bytes) -> str:
    return headers.get(name, [b""])[0].decode("latin-1")


def calculate(signature: Signature, secret: str, method: str, target: str, headers: Headers, payload_hash: str) -> str:
    """The signature that the request should have.

    `secret`: the secret access key; `target`: path and query as on the request line; `payload_hash`: hexadecimal
    SHA-256 of the body, or what S3 lets stand for it (UNSIGNED-PAYLOAD, STREAMING-…).
    """
    canonical = canonical_request(signature, method, target, headers, payload_hash)
    digest = hashlib.sha256(canonical).hexdigest()
    to_sign = "\n".join((ALGORITHM, signature.moment, "/".join(signature.scope), digest))
    return hmac.new(signing_key(secret, *signature.scope), to_sign.encode(), "sha256").hexdigest()


def canonical_request(signature: Signature, method: str, target: str, headers: Headers, payload_hash: str) -> bytes:
    """The canonical request, of the signed headers alone."""
    path, _, query = target.partition("?")
    if signature.service != "s3":
        path = quote(normalize_url_path(path), safe=PATH_SAFE)
    lines = [method.encode(), (path or "/").encode(), canonical_query(query, signature.expires is not None).encode()]
    for name in signature.signed_headers:
        values = (b" ".join(value.split()) for value in headers.get(name.encode(), ()))
        lines.append(name.encode() + b":" + b",".join(values))
    return b"\n".join([*lines, b"", ";".join(signature.signed_headers).encode(), payload_hash.encode()])


def canonical_query(query: str, presigned: bool) -> str:
    """The query's parameters in order, as they were encoded."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    kept = sorted((name, value) for name, _, value in pairs if not (presigned and name == "X-Amz-Signature"))
    return "&".join(f"{name}={value}" for name, value in kept)


@lru_cache(maxsize=4096)
def signing_key(secret: str, date: str, region: str, service: str, term: str) -> bytes:
    """The key that signs: the same for a day, a region and a service, so it is kept."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, term):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
