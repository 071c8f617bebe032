"""Rows for Step Functions, imported and applied at its first request."""

from __future__ import annotations

from ..patching import Patch
from ..stepfunctions import fields, jsonata

COMPONENT = "localstack.services.stepfunctions.asl.component"
STRING = f"{COMPONENT}.common.string.string_expression"

ROWS = (
    Patch(
        f"{STRING}:StringJSONata._eval_body",
        jsonata.evaluate_expression,
        "fc2281bc0a19",
        "downloads Java to evaluate JSONata",
    ),
    Patch(f"{STRING}:StringVariableSample._eval_body", jsonata.sample_variable, "75f19a5271d5", "the same"),
    Patch(
        f"{COMPONENT}.eval_component:EvalComponent.eval",
        fields.evaluate,
        "c39b1603f326",
        "does not know in which field an expression stands",
        around=True,
    ),
)
