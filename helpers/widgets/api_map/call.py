"""A request to a REST API, sent as any caller does or as the console's Test button does, and its response.

`send` goes through a stage, over HTTP. `invoke_method` calls TestInvokeMethod, which needs no deployment,
asks for no API key and returns the gateway's log (API Gateway Developer Guide, "Test REST API methods", 2026-11).
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from typing import Any

import requests

from helpers.backend.execute_api import route
from helpers.errors import LabError

SECONDS = 35  # API Gateway itself gives up after 29 s, unless its quota was raised


@dataclass(frozen=True)
class ApiCall:
    """A request: `path` begins with "/", `query` is "a=1&b=2", the body is text."""

    verb: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True)
class ApiAnswer:
    """A response: status, headers, body, and the gateway's `log` of a test.

    `call` is the request, its path as sent; `how` holds the same request as commands, {"curl": …, "requests": …} or
    {"aws": …, "boto3": …}.
    """

    call: ApiCall
    status: int
    headers: Mapping[str, str]
    body: str
    how: Mapping[str, str]
    log: str = ""

    def __repr__(self) -> str:
        """Return status, kind and body: the other headers differ from answer to answer."""
        kind = next((value for name, value in self.headers.items() if name.lower() == "content-type"), None)
        head = [f"{self.call.verb} {self.call.target}", _status(self.status)]
        return "\n".join([*head, *([f"Content-Type: {kind}"] if kind else []), *(["", self.body] if self.body else [])])

    def _repr_html_(self) -> str:
        headers = "\n".join(f"{name}: {value}" for name, value in sorted(self.headers.items()))
        how = "".join(f"<dt>{name}</dt><dd><pre>{escape(text)}</pre></dd>" for name, text in self.how.items())
        outcome = "failed" if self.status >= 400 else "succeeded"
        return (
            f'<div class="lab-api-result lab-api-{outcome}">'
            f"<p>{escape(f'{self.call.verb} {self.call.target}')}: <strong>{_status(self.status)}</strong></p>"
            f'<pre class="lab-api-body">{escape(self.body)}</pre>'
            f"{_more('Headers', headers)}{_more('Log of the gateway', self.log)}"
            f'<dl class="lab-api-how">{how}</dl></div>'
        )


def send(call: ApiCall, url: str, endpoint: str | None) -> ApiAnswer:
    """Send `call` to `url`, the https address of a stage on AWS; `endpoint` is the backend that plays AWS, if one does.

    Raises: LabError if nothing answers.
    """
    address, headers = route(f"{url}{call.target}", endpoint)
    headers |= call.headers
    if call.body and "content-type" not in map(str.lower, headers):
        headers["Content-Type"] = "application/json"  # what API Gateway takes it for, and curl would not
    body = call.body.encode() or None
    try:
        answer = requests.request(
            call.verb, address, headers=headers, data=body, timeout=SECONDS, allow_redirects=False
        )
    except (requests.RequestException, UnicodeError) as error:
        raise LabError(f"No answer to {call.verb} {address} ({type(error).__name__}): start the backend.") from error
    address = answer.request.url or address  # with what a URL cannot hold escaped
    curl = ["curl", "-i", *(["-X", call.verb] if call.verb != "GET" else [])]
    curl += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    curl += ["--data-raw", call.body] if call.body else []
    options: dict[str, object] = {"headers": headers, **({"data": call.body} if call.body else {})}
    how = {"curl": shlex.join([*curl, address]), "requests": _python("requests.request", call.verb, address, **options)}
    return ApiAnswer(call, answer.status_code, dict(answer.headers), _text(answer.content), how)


def invoke_method(call: ApiCall, client: Any, api_id: str, resource_id: str) -> ApiAnswer:
    """Send `call` to a method itself, without a stage (TestInvokeMethod).

    Raises: botocore.exceptions.ClientError for what AWS refuses.
    """
    asked: dict[str, Any] = {"restApiId": api_id, "resourceId": resource_id, "httpMethod": call.verb}
    asked["pathWithQueryString"] = call.target
    asked |= {key: value for key, value in (("headers", dict(call.headers)), ("body", call.body)) if value}
    answer = client.test_invoke_method(**asked)
    aws = ["aws", "apigateway", "test-invoke-method", "--rest-api-id", api_id, "--resource-id", resource_id]
    aws += ["--http-method", call.verb, "--path-with-query-string", call.target]
    if call.headers:
        aws += ["--headers", ",".join(f"{name}={value}" for name, value in call.headers.items())]
    aws += ["--body", call.body] if call.body else []
    how = {"aws": shlex.join(aws), "boto3": _python("gateway.test_invoke_method", **asked)}
    headers, body, log = answer.get("headers", {}), answer.get("body", ""), answer.get("log", "")
    return ApiAnswer(call, answer["status"], headers, body, how, log)


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")  # requests would take text without a charset for Latin-1


def _python(function: str, *values: object, **named: object) -> str:
    arguments = [repr(value) for value in values] + [f"{name}={value!r}" for name, value in named.items()]
    return f"{function}({', '.join(arguments)})"


def _status(status: int) -> str:
    known = status in set(HTTPStatus)
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)


def _more(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary><pre>{escape(text)}</pre></details>" if text else ""
