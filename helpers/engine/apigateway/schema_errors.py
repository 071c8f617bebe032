"""What a body does not satisfy of a model, in the words that `$context.error.validationErrorString` has on AWS.

Those are of the Java library json-schema-validator ("object has missing required properties ([\\"name\\"])": public
reports of people who set the gateway response BAD_REQUEST_BODY; the texts: github.com/java-json-tools/
json-schema-validator, `validation.properties`, 2026-11), which reads draft 4.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from jsonschema import Draft4Validator, SchemaError, ValidationError, validators

from ..server.given_expressions import Given

TYPES = ((bool, "boolean"), (str, "string"), (int, "integer"), (float, "number"), (list, "array"), (dict, "object"))


def of(body: Any, schema: Any) -> str:
    """All that is wrong with a body: "[…, …]"; "" if it satisfies the schema."""
    try:
        errors = list(_validator()(schema).iter_errors(body))
    except (SchemaError, re.error, TypeError, ValueError) as error:  # a schema that nothing satisfies
        return f"[{error}]"
    found = dict.fromkeys(map(_sentence, errors))
    return f"[{', '.join(found)}]" if found else ""


def _sentence(error: ValidationError) -> str:
    given, said = error.instance, error.validator_value
    make = SENTENCES.get(str(error.validator))
    return make(given, said, error) if make else error.message


def _missing(given: Any, said: Any, error: ValidationError) -> str:
    return f"object has missing required properties ({_json(sorted(set(said) - set(given)))})"


def _unknown(given: Any, said: Any, error: ValidationError) -> str:
    schema: Any = error.schema
    patterns = schema.get("patternProperties") or {}
    extra = [
        name
        for name in sorted(set(given) - set(schema.get("properties") or {}))
        if not any(Given(pattern).search(name) for pattern in patterns)
    ]
    return f"object instance has properties which are not allowed by the schema: {_json(extra)}"


def _type(given: Any, said: Any, error: ValidationError) -> str:
    kind = next((name for python, name in TYPES if isinstance(given, python)), "null")
    allowed = sorted([said] if isinstance(said, str) else said)
    return f"instance type ({kind}) does not match any allowed primitive type (allowed: {_json(allowed)})"


SENTENCES: dict[str, Callable[[Any, Any, ValidationError], str]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": lambda given, said, _: (
        f"instance value ({_json(given)}) not found in enum (possible values: {_json(said)})"
    ),
    "minLength": lambda given, said, _: (
        f"string {_json(given)} is too short (length: {len(given)}, required minimum: {said})"
    ),
    "maxLength": lambda given, said, _: (
        f"string {_json(given)} is too long (length: {len(given)}, maximum allowed: {said})"
    ),
    "minimum": lambda given, said, _: (
        f"numeric instance is lower than the required minimum (minimum: {said}, found: {given})"
    ),
    "maximum": lambda given, said, _: (
        f"numeric instance is greater than the required maximum (maximum: {said}, found: {given})"
    ),
    "pattern": lambda given, said, _: f"ECMA 262 regex {_json(said)} does not match input string {_json(given)}",
    "minItems": lambda given, said, _: (
        f"array is too short: must have at least {said} elements but instance has {len(given)} elements"
    ),
    "maxItems": lambda given, said, _: (
        f"array is too long: must have at most {said} elements but instance has {len(given)} elements"
    ),
    "uniqueItems": lambda *_: "array must not contain duplicate elements",
}


@cache
def _validator() -> Any:
    """Draft 4, with patterns that cannot take the engine's time."""

    def pattern(validator: Any, said: str, given: Any, schema: Any) -> Iterator[ValidationError]:
        if isinstance(given, str) and not Given(said).search(given):
            yield ValidationError("pattern")

    return validators.extend(Draft4Validator, {"pattern": pattern})


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
