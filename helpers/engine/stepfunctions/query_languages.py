"""The query language of a definition, and of each state in it: JSONPath or JSONata."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor


def open_scope(original: Callable[..., None], self: Preprocessor, parse_tree: Any) -> None:
    """Wrap `Preprocessor._open_query_language_scope`: each definition has scopes of its own.

    LocalStack keeps one list for all: after a definition that failed, JSONPath in others is refused until it restarts.
    """
    vars(self).setdefault("_query_language_per_scope", [])
    original(self, parse_tree)
