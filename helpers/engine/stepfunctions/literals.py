"""Texts of `Assign`: LocalStack 4.9.2 keeps them as they stand in the definition's JSON, with its escapes."""

from __future__ import annotations

from typing import Any

from localstack.services.stepfunctions.asl.antlt4utils.antlr4utils import from_string_literal
from localstack.services.stepfunctions.asl.component.common.assign.assign_template_value_terminal import (
    AssignTemplateValueTerminalLit,
)
from localstack.services.stepfunctions.asl.eval.variable_store import VariableStore
from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor
from localstack.services.stepfunctions.asl.utils.encoding import to_json_str


def assigned_text(self: Preprocessor, ctx: Any) -> AssignTemplateValueTerminalLit:
    """Replace `visitAssign_template_value_terminal_string_literal`: the text that the JSON stands for."""
    return AssignTemplateValueTerminalLit(value=from_string_literal(parser_rule_context=ctx.string_literal()))


def assigned_variables(self: VariableStore) -> dict[str, str]:
    """Replace `VariableStore.get_assigned_variables`, for histories: each value as JSON, texts too."""
    return {name: to_json_str(self.get(name), separators=(",", ":")) for name in self._declaration_tracing}
