"""What an Authorization header says of itself, before anybody has verified it: access key and region.

LocalStack 4.9.2 has regular expressions that try every place of a header where none fits: a token of 16 KB, as a
JWT authorizer may be given, took the loop 1.6 s.
"""

from __future__ import annotations

from collections.abc import Mapping

FIELD = "Credential="


def access_key(headers: Mapping[str, str]) -> str | None:
    """Replace `extract_access_key_id_from_auth_header`: of signature version 4 or 2."""
    said = headers.get("Authorization") or ""
    if said.startswith("AWS4-"):
        return _scope(said)[0] or None
    if said.startswith("AWS "):
        return said.removeprefix("AWS ").partition(":")[0]
    return None


def region(headers: Mapping[str, str]) -> str | None:
    """Replace `extract_region_from_auth_header`."""
    return _scope(headers.get("Authorization") or "")[1] or None


def _scope(said: str) -> tuple[str, str]:
    """Access key and region of `Credential=KEY/DATE/REGION/…`; both empty without it."""
    _, found, scope = said.rpartition(FIELD)
    parts = scope.split("/", 3)
    return (parts[0], parts[2]) if found and len(parts) == 4 and all(parts[:3]) else ("", "")
