"""Integrations of type AWS: API Gateway calls a service, as the integration's role or as itself.

LocalStack 4.9.2 sends that call over HTTP, with a header that only looks like a signature. Here it does not leave the
process (`iam.internal_calls`), like every call between services.
"""

from __future__ import annotations

from types import SimpleNamespace

from ..iam import internal_calls

IN_PROCESS = SimpleNamespace(request=internal_calls.request)
"""What takes the place of `requests` in LocalStack's integration, which uses its `request` alone."""
