"""AWS integrations (`"type": "AWS"`): API Gateway calls a service, as the integration's role or as itself.

LocalStack 4.9.2 sends that call by HTTP, with a header that only looks like a signature. Here it does not leave the
process (`authorization.internal_calls`), like every call between services.
"""

from __future__ import annotations

from types import SimpleNamespace

from localstack.services.apigateway.next_gen.execute_api.integrations import aws

from ..iam import internal_calls


def install() -> None:
    """Give the integration another `requests`, of which it uses `request` alone."""
    aws.requests = SimpleNamespace(request=internal_calls.request)
