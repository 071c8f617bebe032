"""What checks ask a REST API: they send it requests, as any caller would."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from helpers.backend import pages
from helpers.errors import NotThereError


@dataclass(frozen=True)
class Reply:
    """An HTTP response: status, headers (names in any case), body as text."""

    status: int
    headers: object
    text: str

    @property
    def json(self) -> object:
        """The body read as JSON, None if it is not JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    @property
    def from_backend(self) -> bool:
        """Whether API Gateway asked a function or a service of AWS, which it tells by the header `X-Amzn-Trace-Id`.

        It sends none with what it answers itself (a mock, a refusal), nor with what an HTTP_PROXY answers. (On AWS
        X-Ray, if it is switched on for the stage, adds one to more answers.)
        """
        return "X-Amzn-Trace-Id" in self.headers


def api_id(lab, name: str) -> str:
    """Return the id of the REST API called `name`; of several the newest by `createdDate`, which a notebook knows.

    Names are not unique: the cell that makes an API makes one more each time it runs. Raises: NotThereError if there
    is none.
    """
    found = [api for api in pages.collect(lab.client("apigateway"), "get_rest_apis", "items") if api["name"] == name]
    if not found:
        raise NotThereError(f"There is no REST API {name}: run the notebook from its first cell.")
    # Dates are whole seconds: of two with the same one the later in the list.
    return max(enumerate(found), key=lambda item: (item[1]["createdDate"], item[0]))[1]["id"]


def send(lab, name: str, verb: str, path: str, body: object = None, *, stage: str = "test") -> Reply:
    """Send a request to `path` ("/users/ada") of the REST API called `name`, with `body` as JSON if there is one.

    Raises: NotThereError if there is no such API, requests.RequestException if nobody answers.
    """
    url = f"https://{api_id(lab, name)}.execute-api.{lab.region}.amazonaws.com/{stage}{path}"
    host, headers = urlsplit(url).netloc, {}
    if lab.endpoint:  # the backend plays all hosts of AWS
        url, headers = lab.endpoint + url.partition(host)[2], {"Host": host}
    response = requests.request(verb, url, headers=headers, json=body, timeout=30)
    return Reply(response.status_code, response.headers, response.text)


def integration(lab, name: str, verb: str, path: str) -> dict:
    """Return the integration that `verb` on `path` has, be it by ANY, as GetIntegration gives it; {} if there is none.

    It is that of the API as it stands, deployed or not: API Gateway never says what a deployment's integrations are.
    """
    api, which = lab.client("apigateway"), {"restApiId": api_id(lab, name), "embed": ["methods"]}
    for resource in pages.collect(api, "get_resources", "items", **which):
        if resource["path"] == path:
            methods = resource.get("resourceMethods", {})
            return methods.get(verb, methods.get("ANY", {})).get("methodIntegration", {})
    return {}


def said(reply: Reply) -> str:
    """Status and body in one line, the body no longer than is readable."""
    text = " ".join(reply.text.split())
    return f"{reply.status} {text if len(text) <= 80 else f'{text[:80]}…'}".rstrip()


def why_502(*replies: Reply) -> str:
    """Return what follows a finding if one of the replies is a 502; nothing if none is."""
    if not any(reply.status == 502 for reply in replies):
        return ""
    return "; 502: the function failed, or returned no HTTP response (its log, logs.fetch(lab, name), says more)"


def by_answer(answers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return {answer: [requests]} of {request: answer}, in the order in which answers first came."""
    alike = {}
    for request, answer in answers.items():
        alike.setdefault(answer, []).append(request)
    return alike


def in_words(parts: Sequence[str]) -> str:
    """Return parts as in "PUT, POST and PATCH"."""
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last
