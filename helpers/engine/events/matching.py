"""Whether an event fits a pattern, of a rule or of an event source mapping: lists of objects are kept apart.

"Ruler will refuse to recognize any match in which any two fields are within JSON objects that are in different elements
of the same array" (github.com/aws/event-ruler, README, "JSON Array Matching"; ACFinder, ArrayMembership; 2026-11).
LocalStack 4.9.2 finds each field wherever it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

# Where a value is: the lists that it is in, by number, and the place in each. A list's own plain values have no place
# in it, as in event-ruler.
Places = frozenset[tuple[int, int]]
Fields = dict[str, list[tuple[Any, Places]]]


def evaluate(self: Any, event_pattern: dict[str, Any], payload: dict[str, Any]) -> bool:
    """Replace `EventRuleEngine._evaluate_nested_event_pattern_on_dict`."""
    if not event_pattern:
        return True
    patterns = self.flatten_pattern(event_pattern)
    fields = _fields(payload, {name for pattern in patterns for name in pattern})
    return any(_fits(self, pattern, fields) for pattern in patterns)


def _fits(engine: Any, pattern: dict[str, list[Any]], fields: Fields) -> bool:
    """Whether each field has a value that fits, all of them in places that go together; in the order of the names."""
    names = sorted(pattern)
    reached: set[Places] = {frozenset()}
    for number, name in enumerate(names, 1):
        conditions, found = pattern[name], fields.get(name, ())
        fitting = {at for value, at in found if any(engine._evaluate_condition(value, c, True) for c in conditions)}
        on = {places | at for places in reached for at in fitting if _together(places, at)}
        if any(engine._evaluate_condition(None, condition, False) for condition in conditions):
            everywhere = {at for _, at in found}
            on |= {places for places in reached if not any(_together(places, at) for at in everywhere)}
        # What no later field is in is forgotten: lists that have nothing to do with each other are not multiplied.
        later = {array for other in names[number:] for _, at in fields.get(other, ()) for array, _ in at}
        reached = {frozenset(place for place in places if place[0] in later) for places in on}
        if not reached:
            return False
    return True


def _together(some: Places, others: Places) -> bool:
    """Whether they are not in different elements of the same list."""
    both = some | others
    return len({array for array, _ in both}) == len(both)


def _fields(payload: dict[str, Any], names: Iterable[str]) -> Fields:
    """The values of the fields of these names ("detail.items.id"), wherever they are."""
    wanted = {name[:end] for name in names for end in (*(i for i, c in enumerate(name) if c == "."), len(name))}
    found: Fields = {}
    numbers = count()

    def walk(value: Any, path: str, places: Places) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                name = f"{path}.{key}" if path else key
                if name in wanted:
                    walk(inner, name, places)
        elif isinstance(value, list):
            number = next(numbers)
            for index, inner in enumerate(value):
                within = places | {(number, index)} if isinstance(inner, (dict, list)) else places
                walk(inner, path, within)
        else:
            found.setdefault(path, []).append((value, places))

    walk(payload, "", frozenset())
    return found
