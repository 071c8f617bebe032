"""Rows for API Gateway, imported at its first request: loading it costs 0.1 s and 10 MB, and most labs do not."""

from __future__ import annotations

from ..patching import Patch
from ..server import endpoints

EXECUTE = "localstack.services.apigateway.next_gen.execute_api"

ROWS = (
    Patch(
        f"{EXECUTE}.router:deprecated_endpoint",
        endpoints.undeprecated,
        "19e427990510",
        "its wrapper hides an endpoint from `endpoints`, and warns of a path that labs use",
    ),
)
