"""What the environments of a function version need to know about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .log_settings import LogSettings
from .sandbox.protocol import Reserve, Spawn


@dataclass(frozen=True)
class Configuration:
    """One function version, as far as its environments need it.

    `spawn` is called for each process: what it may have been in reserve, and what it becomes. It raises
    `InvalidEntrypointError` for a custom runtime that has no program. `runtime_version` and its ARN are those of
    INIT_START; `instead` says which interpreter runs if the runtime's own is not on this machine, "" if it is.
    """

    function: str
    version: str
    timeout_seconds: int
    memory_mb: int
    spawn: Callable[[], tuple[Reserve, Spawn]]
    logging: LogSettings = field(default_factory=LogSettings)
    arn: str = ""  # of the function, without a version
    initialization_type: str = "on-demand"
    runtime_version: str = ""
    runtime_version_arn: str = ""
    instead: str = ""
