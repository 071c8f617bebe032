"""Event patterns that EventBridge refuses when a rule or an archive is made.

LocalStack 4.9.2 looks at a pattern for the first time when an event is put, and then refuses every event of the bus.
Its compiler has the texts, recorded on AWS (events/event_pattern_templates, 2024); those of empty objects and of `$or`
are of github.com/aws/event-ruler (JsonRuleCompiler, 2025), which is EventBridge's own.
"""

from __future__ import annotations

import json
from typing import Any

from localstack.aws.api.events import InvalidEventPatternException
from localstack.services.events.event_rule_engine import EventPatternCompiler

PREFIX = "Event pattern is not valid. Reason: "


def check(pattern: str) -> None:
    """Check a pattern. Raises: InvalidEventPatternException."""
    EventPatternCompiler().compile_event_pattern(pattern)
    _check_objects(json.loads(pattern))


def validate_input(
    original: Any,
    event_pattern: str | None,
    schedule_expression: str | None,
    event_bus_name: str | None = "default",
) -> None:
    """Wrap `RuleService._validate_input`. Raises: InvalidEventPatternException."""
    original(event_pattern, schedule_expression, event_bus_name)
    if event_pattern:
        check(event_pattern)


def _check_objects(pattern: Any) -> None:
    if not isinstance(pattern, dict):
        return
    if not pattern:
        raise InvalidEventPatternException(f"{PREFIX}Empty objects are not allowed")
    for name, value in pattern.items():
        if name == "$or" and isinstance(value, list) and all(isinstance(one, dict) for one in value):
            if len(value) < 2:
                raise InvalidEventPatternException(f"{PREFIX}There must have at least 2 Objects in $or relationship.")
            for one in value:
                _check_objects(one)
        _check_objects(value)
