"""What came of calling a function."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What came of a call.

    `reached`: whether the function was called at all; a throttled call was not. `failed`: whether the whole batch is to
    be seen as failed; `failures`: instead the identifiers of single items. `context`: what a destination is told.
    """

    reached: bool = True
    failed: bool = False
    failures: frozenset[str] = frozenset()
    payload: Any = None
    context: dict[str, Any] = field(default_factory=dict)
