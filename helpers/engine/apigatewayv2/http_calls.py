"""One request to an HTTP API: what the client sent, and what the API makes of it.

Paths are decoded, in the path parameters too ("API Gateway HTTP APIs deliver the request path url-decoded, for payload
format 1.0 `path` and 2.0 `rawPath` alike", github.com/middleapi/standard-server/pull/93, with recordings; 2026-09); a
named stage is part of them (github.com/aws-powertools/powertools-lambda-python/issues/621). The query is not decoded
in `rawQueryString`.
"""

from __future__ import annotations

import base64
import os
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from localstack.http import Request

from .addresses import local_path
from .apis import Api, Fields, Snapshot
from .parameter_mapping import Pairs, in_body

HOP_BY_HOP = ("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade")


@dataclass
class Called:
    """What is known of the call of an integration: its `status`, how long it took, Lambda's request id."""

    is_function: bool = False
    answered: bool = False
    status: int | None = None
    milliseconds: int | None = None
    request_id: str | None = None


@dataclass
class Call:
    """A request; `path` is without the stage, `stage_path` with it. `authorizer` is what authorization has found."""

    api: Api
    snapshot: Snapshot
    stage: Fields
    request: Request
    method: str
    path: str
    headers: Pairs
    query_string: str
    body: bytes
    host: str
    source_ip: str
    route: Fields = field(default_factory=dict)
    path_parameters: dict[str, str] = field(default_factory=dict)
    authorizer: dict[str, Any] = field(default_factory=dict)
    integration_error: str = ""
    error: str = ""
    integration: Called = field(default_factory=Called)
    request_id: str = field(default_factory=lambda: new_request_id())
    seconds: float = field(default_factory=time.time)
    trace: str = field(default_factory=lambda: f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)}")

    def __post_init__(self) -> None:
        self.trace = self.header("x-amzn-trace-id") or self.trace

    @property
    def stage_name(self) -> str:
        """The stage's name."""
        return self.stage["StageName"]

    @property
    def stage_path(self) -> str:
        """The path with the stage that leads to it; $default does not."""
        return self.path if self.stage_name == "$default" else f"/{self.stage_name}{self.path}"

    @property
    def query(self) -> Pairs:
        """The query, decoded."""
        return parse_qsl(self.query_string, keep_blank_values=True)

    @property
    def moment(self) -> str:
        """When it came, as logs write it."""
        return datetime.fromtimestamp(self.seconds, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")

    @property
    def milliseconds(self) -> int:
        """When it came, since 1970."""
        return int(self.seconds * 1000)

    def header(self, name: str) -> str:
        """A header's values, with commas between them; "" without any."""
        return ",".join(value for other, value in self.headers if other.lower() == name.lower())

    @property
    def execute_arn(self) -> str:
        """What policies call it by."""
        return self.api.execute_arn(f"{self.stage_name}/{self.method}{self.path}")

    def lookup(self, name: str) -> str:
        """A variable of parameter mappings, identity sources and logs: "request.header.x", "context.routeKey", …"""
        source, _, rest = name.partition(".")
        if source == "stageVariables":
            return self.stage["StageVariables"].get(rest, "")
        if source == "context":
            return str(self.variables().get(rest, ""))
        kind, _, key = rest.partition(".")
        match kind:
            case "header":
                return self.header(key)
            case "querystring":
                return ",".join(value for other, value in self.query if other == key)
            case "path":
                return self.path_parameters.get(key, "") if key else self.path
            case "body":
                return in_body(self.body, key)
        return ""

    def variables(self) -> dict[str, Any]:
        """`$context` variables, by their names without it."""
        claims = (self.authorizer.get("jwt") or {}).get("claims") or {}
        given = self.authorizer.get("lambda") or {}
        return {
            "accountId": self.api.account,
            "apiId": self.api.id,
            "domainName": self.host,
            "domainPrefix": self.host.partition(".")[0],
            "extendedRequestId": self.request_id,
            "httpMethod": self.method,
            "identity.sourceIp": self.source_ip,
            "identity.userAgent": self.header("user-agent"),
            "path": self.stage_path,
            "protocol": "HTTP/1.1",
            "requestId": self.request_id,
            "requestTime": self.moment,
            "requestTimeEpoch": self.milliseconds,
            "routeKey": self.route.get("RouteKey", ""),
            "stage": self.stage_name,
            "integrationErrorMessage": self.integration_error or "-",
            **{f"authorizer.claims.{name}": value for name, value in claims.items()},
            **{f"authorizer.{name}": value for name, value in given.items()},
        }


def new_request_id() -> str:
    """An id of a request, of a connection or of a message, as in "JKJaXmPLvHcESHA="."""
    return base64.urlsafe_b64encode(os.urandom(11)).decode()


def read(api: Api, request: Request) -> tuple[str, list[str], str, Pairs]:
    """Path and host of what was asked of an API: the decoded path, its segments, the host, the headers."""
    raw_path = (request.environ.get("RAW_URI") or request.path).partition("?")[0]
    if not raw_path.startswith("/"):  # as a proxy is asked: http://host/path
        raw_path = "/" + raw_path.partition("://")[2].partition("/")[2]
    path = unquote(local_path(raw_path, api.id))
    said = request.headers.get("Host", "").partition(":")[0]
    # By its path here, an API has the name that it has on AWS.
    host = said if said.startswith(f"{api.id}.") else f"{api.id}.execute-api.{api.region}.amazonaws.com"
    headers = [(name, value) for name, value in request.headers if name.lower() not in HOP_BY_HOP]
    return path, path.split("/"), host, headers
