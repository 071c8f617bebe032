"""Evidence from a REST API: requests to it, as any caller sends them, and its integrations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from helpers.backend import pages
from helpers.backend.execute_api import route, stage_url
from helpers.backend.session import Connection
from helpers.errors import NotThereError


@dataclass(frozen=True)
class Reply:
    """An HTTP response: status, headers (names in any case), body as text."""

    status: int
    headers: Mapping[str, str]
    text: str

    @classmethod
    def read(cls, response: requests.Response) -> "Reply":
        """Return what matters of a response."""
        return cls(response.status_code, response.headers, response.text)

    @property
    def json(self) -> object:
        """The body read as JSON, None if it is not JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    @property
    def from_backend(self) -> bool:
        """Whether a function or an AWS service answered: only then API Gateway adds the header `X-Amzn-Trace-Id`.

        It adds none to its own responses (a mock, a refusal), nor to those of HTTP_PROXY. (On AWS, X-Ray, if enabled
        for the stage, adds it to more responses.)
        """
        return "X-Amzn-Trace-Id" in self.headers


def api_id(lab: Connection, name: str) -> str:
    """Return the id of the REST API called `name`; of several, the newest by `createdDate`.

    Names are not unique: the cell that makes an API makes one more each time it runs. Raises: NotThereError if there
    is none.
    """
    found = [api for api in pages.collect(lab.client("apigateway"), "get_rest_apis", "items") if api["name"] == name]
    if not found:
        raise NotThereError(f"There is no REST API {name}: run the notebook from its first cell.")
    # Dates are whole seconds: of two with the same one the later in the list.
    return max(enumerate(found), key=lambda item: (item[1]["createdDate"], item[0]))[1]["id"]


def send(lab: Connection, name: str, verb: str, path: str, body: Any = None, *, stage: str = "test") -> Reply:
    """Send a request to `path` ("/users/ada") of the REST API called `name`, with `body` as JSON if there is one.

    Raises: NotThereError if there is no such API, requests.RequestException if nobody answers.
    """
    url, headers = route(f"{stage_url(api_id(lab, name), lab.region, stage)}{path}", lab.endpoint)
    return Reply.read(requests.request(verb, url, headers=headers, json=body, timeout=30))


def integration(lab: Connection, name: str, verb: str, path: str) -> dict[str, Any]:
    """Return the integration of `verb` (or ANY) on `path`, as GetIntegration returns it; {} if there is none.

    It is that of the API as it stands, deployed or not: API Gateway does not show the integrations of a deployment.
    """
    api, which = lab.client("apigateway"), {"restApiId": api_id(lab, name), "embed": ["methods"]}
    for resource in pages.collect(api, "get_resources", "items", **which):
        if resource["path"] == path:
            methods = resource.get("resourceMethods", {})
            return methods.get(verb, methods.get("ANY", {})).get("methodIntegration", {})
    return {}


def in_one_line(reply: Reply) -> str:
    """Return status and body in one line, the body cut after 80 characters."""
    text = " ".join(reply.text.split())
    return f"{reply.status} {text if len(text) <= 80 else f'{text[:80]}…'}".rstrip()


def why_502(*replies: Reply) -> str:
    """Return an explanation to add to a finding if one of the replies is a 502, else an empty string."""
    if not any(reply.status == 502 for reply in replies):
        return ""
    log = "its log says why: from helpers import logs; logs.fetch(lab, NAME)"
    return f"; 502: the function failed, or returned no HTTP response ({log})"


def requests_by_answer(answers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return {answer: [requests]} for {request: answer}, in the order in which answers first occurred."""
    alike: dict[str, list[str]] = {}
    for request, answer in answers.items():
        alike.setdefault(answer, []).append(request)
    return alike


def in_words(parts: Sequence[str]) -> str:
    """Return parts as in "PUT, POST and PATCH"."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
