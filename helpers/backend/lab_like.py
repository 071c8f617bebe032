"""What helpers read of a `helpers.Lab`, as a type: a stand-in with these attributes will do."""

from collections.abc import Mapping
from typing import Any, Protocol


class LabLike(Protocol):
    """The backend ("embedded", "docker", "endpoint" or "aws"), its endpoint (None for aws), and clients for it."""

    backend: str
    endpoint: str | None
    account: str
    region: str
    solved: set[str]

    def client(self, service: str, credentials: Mapping[str, str] | None = None) -> Any:
        """Return the boto3 client for `service`."""

    @property
    def role(self) -> str:
        """ARN of a role that Lambda may assume and that may write logs."""
