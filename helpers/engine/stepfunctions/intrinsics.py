r"""Intrinsic functions: the texts in their calls, and States.Format, Base64Encode and Base64Decode.

A call is the text that the definition's JSON stands for; in it `\'`, `\{`, `\}` and `\\` are escapes, and no others
(Developer Guide, "Intrinsic functions for JSONPath states", "Reserved characters", 2026-11; others are refused:
test_illegal_escapes of LocalStack's tests, recorded on AWS). LocalStack 4.9.2 reads the JSON itself, with its escapes.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any

from antlr4 import CommonTokenStream, InputStream, ParserRuleContext
from localstack.aws.api.stepfunctions import HistoryEventType
from localstack.services.stepfunctions.asl.antlr.runtime.ASLIntrinsicLexer import ASLIntrinsicLexer
from localstack.services.stepfunctions.asl.antlr.runtime.ASLIntrinsicParser import ASLIntrinsicParser
from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import FailureEventException
from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import (
    StatesErrorNameType,
)
from localstack.services.stepfunctions.asl.component.common.string.string_expression import StringIntrinsicFunction
from localstack.services.stepfunctions.asl.component.intrinsic.argument.argument import ArgumentLiteral
from localstack.services.stepfunctions.asl.component.intrinsic.function.function import Function
from localstack.services.stepfunctions.asl.component.intrinsic.function.statesfunction.generic.string_format import (
    StringFormat,
)
from localstack.services.stepfunctions.asl.eval.environment import Environment
from localstack.services.stepfunctions.asl.parse.asl_parser import SyntaxErrorListener
from localstack.services.stepfunctions.asl.parse.intrinsic.preprocessor import Preprocessor
from localstack.services.stepfunctions.asl.utils.json_path import NoSuchJsonPathError

from .failures import failure

# LocalStack's grammar has no control characters in texts: they pass it as characters of private use.
HIDDEN = {code: 0xE000 + code for code in range(0x20)}
SHOWN = {hidden: code for code, hidden in HIDDEN.items()}
MOST_CHARACTERS = 10_000
# What is said of Python's errors, the first that fits.
REASONS = (
    (json.JSONDecodeError, "The text is not valid JSON."),
    (UnicodeError, "The text is not valid UTF-8."),
    (binascii.Error, "The text is not valid Base64."),
    (IndexError, "The index is out of bounds."),
)


class Text(str):
    """The text of a literal, and its `parts` where States.Format puts a value: what no escape keeps from it."""

    __slots__ = ("parts",)
    parts: list[str]


def parse(src: str) -> tuple[Function, ParserRuleContext]:
    """Replace `IntrinsicParser.parse`; `src` as the definition's JSON has it. Raises: ValueError if it is no call."""
    stream = InputStream(json.loads(f'"{src}"', strict=False).translate(HIDDEN))
    lexer = ASLIntrinsicLexer(stream)
    parser = ASLIntrinsicParser(CommonTokenStream(lexer))
    errors = SyntaxErrorListener()
    for recognizer in (lexer, parser):
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(errors)
    tree = parser.func_decl()
    if errors.errors:
        raise ValueError(src)
    return Preprocessor().visit(tree), tree


def evaluate(original: Any, self: StringIntrinsicFunction, env: Environment) -> None:
    """Wrap `StringIntrinsicFunction._eval_body`. Raises: FailureEventException (`States.IntrinsicFailure`)."""
    try:
        original(self, env)
    except (FailureEventException, NoSuchJsonPathError):
        raise
    except Exception as error:
        said = (sentence for kind, sentence in REASONS if isinstance(error, kind))
        call = json.loads(f'"{self.intrinsic_function_derivation}"', strict=False)
        cause = f"The function '{call}' had the following error: {next(said, 'Its arguments are not valid.')}"
        raise failure(env, cause, StatesErrorNameType.StatesIntrinsicFailure, HistoryEventType.TaskFailed) from error


def literal(parse_tree: Any) -> str:
    """Replace `Preprocessor._text_of_str`: a text without its quotes and escapes. Raises: ValueError."""
    raw = parse_tree.getText()[1:-1].translate(SHOWN)
    if re.search(r"\\[^'{}\\]", re.sub(r"\\\\", "", raw)):
        raise ValueError(raw)
    text = Text(_unescaped(raw))
    text.parts = [_unescaped(part) for part in re.split(r"(?<!\\){}", raw)]
    return text


def number(self: Preprocessor, ctx: Any) -> ArgumentLiteral:
    """Replace `Preprocessor.visitFunc_arg_float`, which asks for an integer."""
    return ArgumentLiteral(definition_value=float(ctx.NUMBER().getText()))


def string_format(self: StringFormat, env: Environment) -> None:
    """Replace `StringFormat._eval_body`: `{}` is a value's place, any other brace is itself. Raises: ValueError."""
    self.argument_list.eval(env=env)
    template, *values = env.stack.pop()
    parts = template.parts if isinstance(template, Text) else template.split("{}")
    if len(parts) - 1 != len(values):
        raise ValueError(template)
    texts = [self._to_str_repr(value) for value in values]
    env.stack.append("".join(text for pair in zip(parts, [*texts, ""], strict=True) for text in pair))


def base64_encode(self: Any, env: Environment) -> None:
    """Replace `Base64Encode._eval_body`, which knows ASCII alone. Raises: ValueError."""
    env.stack.append(base64.b64encode(_argument(self, env).encode()).decode())


def base64_decode(self: Any, env: Environment) -> None:
    """Replace `Base64Decode._eval_body`, likewise."""
    env.stack.append(base64.b64decode(_argument(self, env)).decode())


def _argument(function: Any, env: Environment) -> str:
    function.argument_list.eval(env=env)
    text = str(env.stack.pop()[0])
    if len(text) > MOST_CHARACTERS:
        raise ValueError(text)
    return text


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
