"""Which issuers a JWT authorizer may name: AWS takes https only; here also http on this machine, a learner's own."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_acceptable(issuer: str) -> bool:
    """Whether the keys of this issuer may be asked for."""
    try:
        url = urlsplit(issuer)
        host = url.hostname or ""
    except ValueError:
        return False
    if url.scheme == "https":
        return bool(host)
    try:
        return url.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False
