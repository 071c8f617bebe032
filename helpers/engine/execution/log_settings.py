"""A function's LoggingConfig, and which of its own messages it lets pass.

| format | a frame (a logger, `console`) | a line (`print`, `process.stdout`) |
|---|---|---|
| Text | passes | passes |
| JSON | passes at the application level and above | the same; its level is INFO, unless it says another |

A line says another with a JSON object that has a `level`, and a `timestamp` as RFC 3339 has it. Source: AWS Lambda
Developer Guide, "Log-level filtering" (2026-11). A runtime's client leaves out what is below the level by itself; this
holds for a function that sets its logger's level as well.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from .log_records import LEVELS, Record

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", re.IGNORECASE)
# What loggers call these levels as well: Python's names first.
ALSO = {"WARNING": "WARN", "CRITICAL": "FATAL", "NOTICE": "INFO", "ERR": "ERROR"}


@dataclass(frozen=True)
class LogSettings:
    """Format and levels of a log, and the log group and stream that it goes to."""

    is_json: bool = False
    application_level: str = "INFO"
    system_level: str = "INFO"
    group: str = ""
    stream: str = ""

    def shows(self, record: Record) -> bool:
        """Whether a message of the function's own passes."""
        if not self.is_json:
            return True
        return LEVELS.index(record.level or _level(record.text)) >= LEVELS.index(self.application_level)


def _level(line: str) -> str:
    if line.startswith("{"):
        try:
            said = json.loads(line)
            level = str(said["level"]).upper()
            level = ALSO.get(level, level)
            if RFC_3339.match(said["timestamp"]) and level in LEVELS[1:]:
                return level
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
    return "INFO"
