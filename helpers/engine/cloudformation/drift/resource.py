"""A resource whose properties are to be read, and that it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class DeletedError(Exception):
    """A list of its service's resources has it no more. (Other readers let the service's error through.)"""


@dataclass(frozen=True)
class Resource:
    """What its reader gets.

    `clients`: of the services; `given`: what the template sets; `model`: that, and what was learnt when it was made;
    `siblings`: the other resources of the stack, which may have attached something to it.
    """

    clients: Any
    given: Mapping[str, Any]
    model: Mapping[str, Any]
    siblings: Iterable[Mapping[str, Any]] = ()

    def attached(self, kind: str) -> list[Mapping[str, Any]]:
        """The properties of its siblings of a type. (On AWS too these are looked for in the stack, not beyond it.)"""
        return [one["Properties"] for one in self.siblings if one["Type"] == kind and one.get("Properties")]
