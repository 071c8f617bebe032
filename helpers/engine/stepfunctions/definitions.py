"""State machine definitions are read one by one, each in its own query language.

LocalStack 4.9.2 keeps the query languages of the blocks that it is in on the class: after a JSONata definition that was
refused, every JSONPath one is refused too, and two that are read at once mix.
"""

from __future__ import annotations

from typing import Any

from localstack.services.stepfunctions.asl.parse.preprocessor import Preprocessor


def open_query_language_scope(original: Any, self: Preprocessor, parse_tree: Any) -> None:
    """Wrap `Preprocessor._open_query_language_scope`: the scopes are this definition's."""
    if "_query_language_per_scope" not in vars(self):
        self._query_language_per_scope = []
    original(self, parse_tree)
