"""botocore's data: descriptions of services with what we have added since, and where AWS has them.

LocalStack, moto and every session of boto3 read these files for themselves. The one with all endpoints was read six
times until the first answer of a function, and took 10 MB each time.
"""

from __future__ import annotations

import copy
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
_TENANT_ID = {"shape": "TenantId", "location": "header", "locationName": "X-Amz-Tenant-Id"}
# Shapes of AWS's descriptions that are newer than the engine's botocore and that this engine has; of a shape that is
# there already, further members. By the folder of a service and a version.
ADDED: dict[str, dict[str, dict[str, Any]]] = {
    "lambda/2015-03-31": {
        "TenantIsolationMode": {"type": "string", "enum": ["PER_TENANT"]},
        "TenancyConfig": {
            "type": "structure",
            "required": ["TenantIsolationMode"],
            "members": {"TenantIsolationMode": {"shape": "TenantIsolationMode"}},
        },
        "TenantId": {"type": "string", "max": 256, "min": 1, "pattern": r"[a-zA-Z0-9\._:\/=+\-@ ]+"},
        "CreateFunctionRequest": {"members": {"TenancyConfig": {"shape": "TenancyConfig"}}},
        "FunctionConfiguration": {"members": {"TenancyConfig": {"shape": "TenancyConfig"}}},
        "InvocationRequest": {"members": {"TenantId": _TENANT_ID}},
        "InvokeWithResponseStreamRequest": {"members": {"TenantId": _TENANT_ID}},
    },
}


def load_file(self: JSONFileLoader, full_path: str, open_method: Callable[..., Any]) -> Any:
    """Replace `JSONFileLoader._load_file`: what the file has, without documentation, and `ADDED`; None without a file.

    What is about all services is read once. Descriptions of single services are not shared: botocore changes them.
    """
    folder = Path(full_path).parent
    if folder.name == "data":
        return _read_once(full_path, open_method)
    described = _read(full_path, open_method)
    added = ADDED.get(f"{folder.parent.name}/{folder.name}")
    if added and described and "shapes" in described:
        add(described["shapes"], added)
    return described


def add(shapes: dict[str, Any], added: dict[str, dict[str, Any]]) -> None:
    """Add shapes, and members to shapes that are there."""
    for name, shape in copy.deepcopy(added).items():
        if name in shapes:
            shapes[name]["members"] |= shape["members"]
        else:
            shapes[name] = shape


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
