"""The type of a `helpers.Lab` for what is imported by it."""

from typing import Protocol

from helpers.backend.session import Connection


class LabLike(Connection, Protocol):
    """A connection with what only a lab has: a role for functions, and the exercises solved since it began."""

    solved: set[str]

    @property
    def role(self) -> str:
        """ARN of a role that Lambda may assume and that may write logs."""
