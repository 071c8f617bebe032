"""HTTP and WebSocket APIs and what belongs to each, as this process keeps them.

`Fields` are what a call of boto3 answers with, by its names ({"RouteKey": "GET /items", …}). They are replaced as a
whole and never changed in place, so a `Snapshot` is a copy of dictionaries and no more: that is what a deployment is.

moto has a control plane for these APIs, too, but knows no deployments and no UpdateStage, and takes what AWS refuses;
the service is so regular that a table of resources (`resource_kinds`) says more in fewer lines.
"""

from __future__ import annotations

import secrets
import string
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]
Key = tuple[str, ...]  # the ids below the API: ("abc123",), and for a route's response ("abc123", "def456")
Resources = dict[str, dict[Key, Fields]]  # {"Route": {("abc123",): {…}}, …}

IDS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Snapshot:
    """An API's own fields and its resources at one moment."""

    fields: Fields
    resources: Mapping[str, Mapping[Key, Fields]]

    def all(self, kind: str) -> list[Fields]:
        """Every resource of a kind."""
        return list(self.resources.get(kind, {}).values())

    def get(self, kind: str, *key: str) -> Fields | None:
        """One resource; None if there is none."""
        return self.resources.get(kind, {}).get(key)


@dataclass(eq=False)
class Api:
    """One API. `snapshots` are its deployments' by their ids; `lock` is held while anything is changed."""

    account: str
    region: str
    fields: Fields
    resources: Resources = field(default_factory=dict)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def id(self) -> str:
        """Its id, ten characters."""
        return self.fields["ApiId"]

    @property
    def is_http(self) -> bool:
        """Whether it is an HTTP API; a WebSocket API otherwise."""
        return self.fields["ProtocolType"] == "HTTP"

    @property
    def arn(self) -> str:
        """What tags name it by."""
        return f"arn:aws:apigateway:{self.region}::/apis/{self.id}"

    def execute_arn(self, rest: str) -> str:
        """The ARN of something that can be called, as permissions and policies name it."""
        return f"arn:aws:execute-api:{self.region}:{self.account}:{self.id}/{rest}"

    def of_kind(self, kind: str) -> dict[Key, Fields]:
        """The resources of a kind, by their ids; may be changed."""
        return self.resources.setdefault(kind, {})

    def snapshot(self) -> Snapshot:
        """The API as it is now."""
        return Snapshot(self.fields, {kind: dict(found) for kind, found in self.resources.items()})

    def stage(self, name: str) -> Fields | None:
        """A stage by its name."""
        return self.of_kind("Stage").get((name,))

    def deployed(self, stage: Fields) -> Snapshot | None:
        """What a stage serves: its deployment's snapshot. None before it has one."""
        return self.snapshots.get(stage.get("DeploymentId", ""))


_apis: dict[str, Api] = {}


def add(api: Api) -> None:
    """Keep an API."""
    _apis[api.id] = api


def find(api_id: str) -> Api | None:
    """An API of any account and region."""
    return _apis.get(api_id)


def remove(api_id: str) -> None:
    """Forget an API and everything in it."""
    _apis.pop(api_id, None)


def of_account(account: str, region: str) -> Iterator[Api]:
    """The APIs of an account in a region, oldest first."""
    return (api for api in list(_apis.values()) if (api.account, api.region) == (account, region))


def new_id(length: int = 7) -> str:
    """An id as AWS makes them; an API's has ten characters."""
    return secrets.choice(string.ascii_lowercase) + "".join(secrets.choice(IDS) for _ in range(length - 1))
