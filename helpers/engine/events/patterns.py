"""Event patterns that EventBridge refuses when a rule or an archive is made.

LocalStack 4.9.2 looks at a pattern for the first time when an event is put, and then refuses every event of the bus.
Its compiler has the texts, recorded on AWS (events/event_pattern_templates, 2024); the others are of
github.com/aws/event-ruler (JsonRuleCompiler, ComparableNumber, WildcardParser, 2025), which is EventBridge's own.
"""

from __future__ import annotations

import json
from typing import Any

from localstack.aws.api.events import InvalidEventPatternException
from localstack.services.events.event_rule_engine import EventPatternCompiler

from . import wildcards

NO_VALUE = "Value of anything-but must be an array or single string/number value."
NO_LIST = "Inside anything but list, start|null|boolean is not supported."
MIXED = "Inside anything but list, either all values are number or string, mixed type is not supported"
MOST = 5_000_000_000
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


def test_event_pattern(original: Any, self: Any, context: Any, event_pattern: str, event: str, **options: Any) -> Any:
    """Wrap `EventsProvider.test_event_pattern`. Raises: InvalidEventPatternException for what makes no rule either."""
    answer = original(self, context, event_pattern, event, **options)
    check(event_pattern)
    return answer


def _check_objects(pattern: Any) -> None:
    if isinstance(pattern, list):
        for condition in pattern:
            if isinstance(condition, dict):
                _check_condition(condition)
    if not isinstance(pattern, dict):
        return
    if not pattern:
        _refuse("Empty objects are not allowed")
    for name, value in pattern.items():
        if name == "$or" and isinstance(value, list) and all(isinstance(one, dict) for one in value):
            if len(value) < 2:
                _refuse("There must have at least 2 Objects in $or relationship.")
            for one in value:
                _check_objects(one)
        else:
            _check_objects(value)


def _check_condition(condition: dict[str, Any]) -> None:
    """What LocalStack's compiler, which has been here before, lets pass."""
    name, value = next(iter(condition.items()))
    numbers = [one for one in value if _is_number(one)] if name == "numeric" else []
    texts = [value] if name == "wildcard" else []
    if name == "anything-but":
        if isinstance(value, dict):
            texts = _listed(value.get("wildcard", ()))
        else:
            numbers = [one for one in _listed(value) if _is_number(one)]
            if not all(isinstance(one, str) or _is_number(one) for one in _listed(value)):
                _refuse(NO_LIST if isinstance(value, list) else NO_VALUE)
            if len(numbers) not in (0, len(_listed(value))) or value == []:
                _refuse(MIXED)
    if any(abs(number) > MOST for number in numbers):
        _refuse("Value must be between -5.0E9 and 5.0E9, inclusive")
    for text in texts:
        if (place := wildcards.wrong_escape(text)) is not None:
            _refuse(f"Invalid escape character at pos {place + 1}")  # AWS counts the quote before it


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _refuse(reason: str) -> None:
    raise InvalidEventPatternException(f"{PREFIX}{reason}")
