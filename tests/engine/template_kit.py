"""Templates for tests, as text."""

import json


def body(template) -> str:
    return template if isinstance(template, str) else json.dumps(template)
