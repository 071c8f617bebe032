"""Rows for API Gateway, continued: mapping templates, and which integration response answers."""

from __future__ import annotations

from ..apigateway import integration_responses, json_paths, velocity
from ..patching import Patch

EXECUTE_API = "localstack.services.apigateway.next_gen.execute_api"
HANDLERS = f"{EXECUTE_API}.handlers"

ROWS = (
    *(
        Patch(f"airspeed.operators:{target}", new, source, why, around=True)
        for target, new, source, why in (
            (
                "NameOrCall.calculate",
                velocity.member,
                "d7fceda93c57",
                "gives templates every attribute of Python's objects",
            ),
            ("Block.evaluate_raw", velocity.block, "1bd8b88b808b", "ends no loop"),
            ("InterpolatedStringLiteral.calculate", velocity.interpolated, "1d08c3787c17", "makes texts of any size"),
            ("Expression.calculate", velocity.expression, "a29d0c44ea06", "makes numbers of any size"),
        )
    ),
    Patch(
        f"{EXECUTE_API}.template_mapping:VelocityUtilApiGateway.base64Decode",
        velocity.base64_decode,
        "649bebdf7c7b",
        "prints Python's bytes",
    ),
    Patch(
        f"{EXECUTE_API}.template_mapping:extract_jsonpath",
        json_paths.extract,
        "8198ef0f1e02",
        "knows no filters, and no lists of one",
    ),
    Patch(
        f"{HANDLERS}.integration_response:IntegrationResponseHandler.select_integration_response",
        integration_responses.select,
        "08913ae6ca51",
        "takes the beginning of a text for all of it",
    ),
)
