"""The version of a runtime that INIT_START names, and its ARN.

AWS counts the releases of a runtime (`python:3.13.v64`) and names each by a hash. Here there are none: the number is
that of the interpreter which the runtime has here, Python's patch release or Node.js's minor one (3.13.12 is `v12`,
24.11.1 `v11`), and the ARN is the one that LocalStack has in RuntimeVersionConfig.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

from .. import settings
from ..execution import interpreters


def of(version: FunctionVersion) -> tuple[str, str]:
    """The runtime version of a function version, and its ARN."""
    config: Mapping[str, Any] = version.config.runtime_version_config or {}
    return _version(version.config.runtime or ""), str(config.get("RuntimeVersionArn", ""))


@cache
def _version(runtime: str) -> str:
    """`python3.13`: python:3.13.v12."""
    name, number = re.match(r"([a-z]+)([\d.]*)", runtime.removesuffix(".x")).groups()  # type: ignore[union-attr]
    if name == "python":
        return f"python:{number}.v{_part(interpreters.python(runtime, settings.current()).release, 2)}"
    if name == "nodejs":
        return f"nodejs:{number}.v{_part(interpreters.node(runtime, settings.current()).release, 1)}"
    return f"{runtime.replace('.', ':', 1)}.v1"


def _part(release: str, place: int) -> str:
    """One number of a release, as in "12" of "3.13.12"; "1" if it is not known."""
    numbers = re.findall(r"\d+", release)
    return numbers[place] if place < len(numbers) else "1"
