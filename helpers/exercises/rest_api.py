"""What checks ask a REST API: they send it requests, as any caller would."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from helpers.errors import LabError


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


def api_id(lab, name: str) -> str:
    """Return the id of the REST API called `name`. Raises: LabError if there is none."""
    pages = lab.client("apigateway").get_paginator("get_rest_apis").paginate()
    for page in pages:
        for api in page["items"]:
            if api["name"] == name:
                return api["id"]
    raise LabError(f"There is no REST API {name}: run the notebook from its first cell.")


def send(lab, name: str, verb: str, path: str, body: object = None, *, stage: str = "test") -> Reply:
    """Send a request to `path` ("/users/ada") of the REST API called `name`, with `body` as JSON if there is one.

    Raises: LabError if there is no such API, requests.RequestException if nobody answers.
    """
    url = f"https://{api_id(lab, name)}.execute-api.{lab.region}.amazonaws.com/{stage}{path}"
    host, headers = urlsplit(url).netloc, {}
    if lab.endpoint:  # the backend plays all hosts of AWS
        url, headers = lab.endpoint + url.partition(host)[2], {"Host": host}
    response = requests.request(verb, url, headers=headers, json=body, timeout=30)
    return Reply(response.status_code, response.headers, response.text)


def integration(lab, name: str, verb: str, path: str) -> str | None:
    """Return the type of the integration that `verb` on `path` has ("MOCK"), be it by ANY; None if there is none."""
    pages = (
        lab.client("apigateway").get_paginator("get_resources").paginate(restApiId=api_id(lab, name), embed=["methods"])
    )
    for page in pages:
        for resource in page["items"]:
            if resource["path"] == path:
                methods = resource.get("resourceMethods", {})
                return methods.get(verb, methods.get("ANY", {})).get("methodIntegration", {}).get("type")
    return None
