"""A request's body as it arrived, whatever its content type says.

API Gateway and function URLs hand a body on as it is, also that of `curl -d '{"a": 1}'`, which calls
it a form. LocalStack 4.9.2 parses a form and writes it anew: %7B%22a%22%3A+1%7D=.
"""

from __future__ import annotations

from localstack.http import Request


def raw_body(request: Request) -> bytes:
    """`restore_payload`, of what was received: the front has the whole body, in memory or in a file."""
    body = request.environ["wsgi.input"]
    body.seek(0)
    data: bytes = body.read()
    return data
