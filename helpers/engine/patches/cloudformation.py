"""Rows for CloudFormation, imported and applied when it is first used."""

from __future__ import annotations

from ..apigatewayv2 import addresses
from ..patching import Patch

VALUES = "localstack.services.cloudformation.engine.v2.change_set_model_preproc:ChangeSetModelPreproc"

ROWS = (
    Patch(
        f"{VALUES}._perform_static_replacements",
        addresses.in_template,
        "076bca40ad15",
        "makes of AWS's address of an API one that leads nowhere",
    ),
)
