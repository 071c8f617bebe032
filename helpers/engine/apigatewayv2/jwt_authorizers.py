"""JWT authorizers: a token is good if its issuer signed it, for this audience, in this time.

In AWS's order (API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers", 2026-11): the token
comes from the identity source, with or without `Bearer `; its `kid` names a key of the issuer's, RSA only; `iss`, then
`aud` (or else `client_id`), `exp`, `nbf`, `iat`; of the route's scopes one has to be in `scope` or `scp`. Keys are kept
for two hours, but asked for again when a token names one that is not among them. The reason is in `www-authenticate`;
AWS documents one text of it, the audience's, the others are ours.

AWS asks the issuer when an authorizer is made, too. Here the first token does: the issuer may be a function of the
learner's own, which is not there yet.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import requests
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .apis import Fields
from .errors import forbidden, unauthorized
from .http_calls import Call
from .loopback_issuers import is_acceptable

ALGORITHMS = ["RS256", "RS384", "RS512"]
KEYS_SECONDS = 2 * 60 * 60
AGAIN_SECONDS = 1.0  # that an issuer is left alone after it was asked
ISSUER_SECONDS = 1.5  # that AWS waits for an issuer

_keys: dict[str, tuple[float, KeySet]] = {}  # by issuer; when they were read, and what they are
_lock = threading.Lock()


def authorize(call: Call, authorizer: Fields, scopes: Sequence[str]) -> dict[str, Any]:
    """`requestContext.authorizer` for a good token. Raises: ApiError (401, or 403 for too few scopes)."""
    token = call.lookup(authorizer["IdentitySource"][0].removeprefix("$"))
    if token[:7].lower() == "bearer ":
        token = token[7:]
    if not token.strip():
        raise unauthorized("Bearer")
    configuration = authorizer["JwtConfiguration"]
    claims = verified(token.strip(), configuration["Issuer"], configuration["Audience"], " ".join(scopes))
    given = _scopes(claims)
    if scopes and not set(scopes) & set(given):
        raise forbidden(_challenge(" ".join(scopes), "insufficient_scope", "the token has none of the required scopes"))
    return {"jwt": {"claims": {name: text(value) for name, value in claims.items()}, "scopes": given or None}}


def verified(token: str, issuer: str, audience: Sequence[str], scope: str) -> Mapping[str, Any]:
    """The claims of a token that this issuer gave to this audience. Raises: ApiError (401)."""

    def refuse(reason: str) -> Exception:
        return unauthorized(_challenge(scope, "invalid_token", reason))

    try:
        claims = jwt.decode(token, keys(issuer, key_id(token)), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):  # a header may hold anything
        raise refuse("signature validation failed") from None
    except requests.RequestException:
        raise refuse("the issuer's keys cannot be read") from None
    now = time.time()
    said = claims["aud"] if "aud" in claims else claims.get("client_id")
    moments = [claims.get(name) for name in ("exp", "nbf", "iat")]
    if claims.get("iss") != issuer:
        raise refuse("the token does not have a valid issuer")
    if not set(said if isinstance(said, list) else [said]) & set(audience):
        raise refuse("the token does not have a valid audience")
    if moments[0] is None or any(not isinstance(moment, int | float) for moment in moments if moment is not None):
        raise refuse("the token does not have valid times")
    if moments[0] <= now:
        raise refuse("the token has expired")
    if any(moment is not None and moment > now for moment in moments[1:]):
        raise refuse("the token is not valid yet")
    return claims


def key_id(token: str) -> str:
    """The `kid` of a token's header, not verified. Raises: JoseError."""
    return str(jws.extract_compact(token.encode()).headers().get("kid", ""))


def keys(issuer: str, kid: str) -> KeySet:
    """The issuer's public keys. Raises: RequestException, or ValueError or KeyError for what are none."""
    with _lock:
        read, found = _keys.get(issuer, (0.0, None))
    age = time.monotonic() - read
    known = found is not None and any(key.kid == kid for key in found.keys)
    if found is None or age > KEYS_SECONDS or (not known and age > AGAIN_SECONDS):
        address = _get(issuer.rstrip("/") + "/.well-known/openid-configuration")["jwks_uri"]
        found = KeySet.import_key_set(_get(address))
        with _lock:
            _keys[issuer] = time.monotonic(), found
    return found


def _get(url: str) -> Any:
    if not is_acceptable(url):
        raise ValueError(url)
    response = requests.get(url, timeout=ISSUER_SECONDS, allow_redirects=False)
    response.raise_for_status()
    return response.json()


def _scopes(claims: Mapping[str, Any]) -> list[str]:
    said = claims.get("scope", claims.get("scp")) or []
    return said.split() if isinstance(said, str) else list(said)


def text(value: Any) -> str:
    """A claim as events have it: every one is text, a list in brackets, an object as "map[a:1]"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{' '.join(text(each) for each in value)}]"
    if isinstance(value, dict):
        return f"map[{' '.join(f'{name}:{text(value[name])}' for name in sorted(value))}]"
    return str(value)


def _challenge(scope: str, error: str, description: str) -> str:
    return f'Bearer scope="{scope}" error="{error}" error_description="{description}"'
