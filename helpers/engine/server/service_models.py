"""botocore's data: descriptions of services with what we have added since, and where AWS has them.

LocalStack, moto and every session of boto3 read these files for themselves. The one with all endpoints was read six
times until the first answer of a function, and took 10 MB each time.

`newer_lambda.json` is what Lambda's description of November 2026 has, LocalStack's of October 2025 has not, and this
engine does: an extract of botocore 1.44.5 without documentation (operations, shapes, members of shapes that were there
before). A test compares it with the learner's botocore.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from botocore.exceptions import UnknownServiceError
from botocore.loaders import JSONFileLoader
from botocore.session import Session
from localstack.aws import spec

DOCUMENTATION = "documentation"
LAMBDA = "lambda/2015-03-31"
NEWER = Path(__file__).with_name("newer_lambda.json")


def load_file(self: JSONFileLoader, full_path: str, open_method: Callable[..., Any]) -> Any:
    """Replace `JSONFileLoader._load_file`: what the file has, without documentation, and `NEWER`; None without a file.

    What is about all services is read once. Descriptions of single services are not shared: botocore changes them.
    """
    folder = Path(full_path).parent
    if folder.name == "data":
        return _read_once(full_path, open_method)
    described = _read(full_path, open_method)
    if f"{folder.parent.name}/{folder.name}" == LAMBDA and described and "operations" in described:
        extend(described)
    return described


def extend(description: dict[str, Any]) -> None:
    """Add what is newer to a description of Lambda."""
    newer = json.loads(NEWER.read_text(encoding="utf-8"))
    description["operations"] |= newer["operations"]
    description["shapes"] |= newer["shapes"]
    for shape, members in newer["members"].items():
        description["shapes"][shape]["members"] |= members


def _read(path: str, open_file: Callable[..., Any]) -> Any:
    try:
        with open_file(path, "rb") as file:
            return _undocumented(json.loads(file.read()))
    except FileNotFoundError:
        return None


_read_once = lru_cache(_read)


def _undocumented(value: Any) -> Any:
    """Empty the texts for people, which are most of a description, and return it."""
    if isinstance(value, dict):
        if isinstance(value.get(DOCUMENTATION), str):  # there are members of this name, too
            value[DOCUMENTATION] = ""
        for each in value.values():
            _undocumented(each)
    elif isinstance(value, list):
        for each in value:
            _undocumented(each)
    return value


def get_available_regions(
    self: Session, service_name: str, partition_name: str = "aws", allow_non_regional: bool = False
) -> list[str]:
    """Replace `Session.get_available_regions`: take the service's description from LocalStack, which has read it."""
    try:
        prefix = spec.load_service(service_name).endpoint_prefix
    except UnknownServiceError:
        return []
    resolver = self._get_internal_component("endpoint_resolver")
    return list(resolver.get_available_endpoints(prefix, partition_name, allow_non_regional))
