"""Policy documents: parsed once, kept, and indexed by service."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from .errors import MalformedPolicyError
from .statements import Statement

VERSIONS = ("2008-10-17", "2012-10-17")


class Policy:
    """A compiled policy: its `name`, `version` and `statements`.

    Immutable, and the same object for the same text and name. `about_tags`: whether a condition or a variable speaks
    of the tags of a resource.
    """

    __slots__ = ("_any_service", "_by_service", "about_tags", "name", "statements", "version")

    def __init__(self, document: Mapping[str, Any], name: str) -> None:
        self.name = name
        self.version = document.get("Version", VERSIONS[0])
        if self.version not in VERSIONS:
            raise MalformedPolicyError(f"Policy {name} has the version {self.version!r}; use 2012-10-17.")
        statements = document.get("Statement")
        statements = [statements] if isinstance(statements, Mapping) else statements
        if not isinstance(statements, list):
            raise MalformedPolicyError(f"Policy {name} has no Statement.")
        self.statements = tuple(self._compile(statement, index) for index, statement in enumerate(statements))
        self.about_tags = any(":resourcetag/" in key for s in self.statements for key in s.context_keys)
        self._any_service = tuple(s for s in self.statements if s.services is None)
        self._by_service = {
            service: tuple(s for s in self.statements if s.services is None or service in s.services)
            for service in {service for s in self.statements for service in s.services or ()}
        }

    def __repr__(self) -> str:
        return f"<Policy {self.name}: {len(self.statements)} statements>"

    def about(self, service: str) -> Iterable[Statement]:
        """The statements that can concern a service ("lambda"), in their order."""
        return self._by_service.get(service, self._any_service)

    def _compile(self, statement: Any, index: int) -> Statement:
        if not isinstance(statement, Mapping):
            raise MalformedPolicyError(f"Statement {index} of policy {self.name} must be an object.")
        try:
            return Statement(statement, self.name, index, variables=self.version == VERSIONS[1])
        except MalformedPolicyError as error:
            raise MalformedPolicyError(f"Statement {index} of policy {self.name} is malformed: {error}") from None


def parse(document: str | Mapping[str, Any], name: str) -> Policy:
    """The policy in a JSON text, or in the object parsed from one; a text is faster, being looked up.

    Raises: MalformedPolicyError.
    """
    return _parse(document if isinstance(document, str) else json.dumps(document), name)


@lru_cache(maxsize=2048)
def _parse(text: str, name: str) -> Policy:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise MalformedPolicyError(f"Policy {name} is not JSON: {error}.") from None
    if not isinstance(document, Mapping):
        raise MalformedPolicyError(f"Policy {name} must be an object.")
    return Policy(document, name)
