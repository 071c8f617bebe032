"""Input transformers: values of an event that LocalStack 4.9.2 drops or stumbles over.

A value is put in as in JSON, without quotes where the template is text (EventBridge User Guide, "Amazon EventBridge
input transformation", 2026-11): 0 and false are values, and a number may stand within a text.
"""

from __future__ import annotations

import json
from typing import Any

from localstack.aws.api.events import InputTransformer
from localstack.services.events.models import FormattedEvent, TransformedEvent
from localstack.services.events.target import PREDEFINED_PLACEHOLDERS, TRANSFORMER_PLACEHOLDER_PATTERN
from localstack.services.events.utils import to_json_str
from localstack.utils.json import extract_jsonpath


def template_replacements(input_transformer: InputTransformer, event: FormattedEvent) -> dict[str, Any]:
    """Replace `get_template_replacements`: an empty text only for what the event does not have."""
    paths = input_transformer.get("InputPathsMap", {})
    found = {name: extract_jsonpath(event, path) for name, path in paths.items() if name not in PREDEFINED_PLACEHOLDERS}
    # What is not there comes as an empty list; so does an empty list, of which AWS's pages say nothing.
    return {name: "" if value is None or value == [] else value for name, value in found.items()}


def replace_placeholders(
    original: Any, template: str, replacements: dict[str, Any], is_json_template: bool
) -> TransformedEvent:
    """Wrap `replace_template_placeholders`: put in numbers, truth values and lists of more than texts before it."""

    def written(match: Any) -> str:
        value = replacements.get(match[1])
        if isinstance(value, (bool, int, float)):
            return json.dumps(value)
        if isinstance(value, list) and not is_json_template:
            return f"[{','.join(item if isinstance(item, str) else json.dumps(item) for item in value)}]"
        return str(match[0])

    if not template.strip().startswith(("{", '"')):  # neither an object nor a text: a value, `<aws.events.event.json>`
        try:
            value: TransformedEvent = json.loads(
                TRANSFORMER_PLACEHOLDER_PATTERN.sub(lambda match: to_json_str(replacements.get(match[1], "")), template)
            )
        except ValueError:
            pass  # a text without quotes, which AWS's pages do not have
        else:
            return value
    return original(TRANSFORMER_PLACEHOLDER_PATTERN.sub(written, template), replacements, is_json_template)
