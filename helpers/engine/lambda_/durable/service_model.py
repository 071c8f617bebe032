"""What Lambda's description of November 2026 has of durable functions, and LocalStack's of October 2025 has not.

`service_model.json` is an extract of botocore 1.44.5, without documentation: nine operations with their shapes, and
members of five shapes that were there before. A test compares it with the botocore that is installed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

DESCRIPTION = "lambda/2015-03-31/service-2"
EXTRACT = Path(__file__).with_name("service_model.json")


def load_data(original: Callable[..., dict[str, Any]], self: Any, *name: str) -> dict[str, Any]:
    """Wrap `PatchingLoader.load_data`: the description of Lambda, with durable functions in it."""
    description = original(self, *name)
    if name == (DESCRIPTION,) and "DurableConfig" not in description["shapes"]:
        extend(description)
    return description


def extend(description: dict[str, Any]) -> None:
    """Add operations, shapes and members to a description."""
    extract = json.loads(EXTRACT.read_text())
    description["operations"].update(extract["operations"])
    description["shapes"].update(extract["shapes"])
    for shape, members in extract["members"].items():
        description["shapes"][shape]["members"].update(members)
