"""A stand-in for AWS's compiled `runtime_client` on systems without a wheel of it (macOS).

The same four functions over `http.client`, as the Runtime API describes them (AWS Lambda Developer Guide,
"Using the Lambda runtime API", 2026-11).
"""

from __future__ import annotations

import http.client
import os

PREFIX = "/2018-06-01/runtime"


class Client:
    """The module's functions as methods; one connection, kept open."""

    def __init__(self) -> None:
        self.connection: http.client.HTTPConnection | None = None
        self.user_agent = ""

    def initialize_client(self, user_agent: str) -> None:
        """Prepare the connection; it is opened by the first request."""
        self.user_agent = user_agent
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def next(self) -> tuple[bytes, dict[str, str | None]]:
        """Wait for an invocation: its event and the response's headers."""
        response = self._request("GET", "/invocation/next")
        return response[0], response[1]

    def post_invocation_result(
        self, request_id: str, payload: bytes, content_type: str, invocation_id: str | None = None
    ) -> None:
        """Answer an invocation with its result."""
        self._request("POST", f"/invocation/{request_id}/response", payload, {"Content-Type": content_type})

    def post_error(self, request_id: str, error: str, xray_cause: str, invocation_id: str | None = None) -> None:
        """Answer an invocation with an error."""
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": "Unhandled"}
        self._request("POST", f"/invocation/{request_id}/error", error.encode(), headers)

    def _request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[bytes, dict[str, str | None]]:
        assert self.connection, "initialize_client comes first"
        self.connection.request(method, PREFIX + path, body, {"User-Agent": self.user_agent, **(headers or {})})
        response = self.connection.getresponse()
        data = response.read()
        if response.status >= 300:
            raise RuntimeError(f"Failed to post invocation response: {response.status}")
        return data, dict(response.getheaders())
