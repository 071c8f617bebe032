"""`known.toml`: which of LocalStack's tests do not apply here, and which are known to fail.

Used by `__main__` and, in another environment, by `plugin`: the standard library only.
"""

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def _table() -> dict:
    return tomllib.loads(Path(__file__).with_name("known.toml").read_text())


def folders() -> list[str]:
    """Below `tests/aws/services`: which folders and files are run."""
    return list(_table()["folders"])


def inapplicable(test: str) -> str | None:
    """Why a test, by its id, does not apply here; None if it does."""
    for row in _table()["inapplicable"]:
        if re.search(row["tests"], test):
            return row["reason"]
    return None


def failures() -> dict[str, str]:
    """The known failures, by test id: the kind and the reason."""
    return {test: f"{row['kind']}: {row['reason']}" for row in _table().get("failure", []) for test in row["tests"]}


def fails_always(test: str) -> bool:
    """Whether a known failure should be seen in each run: its row does not say `sometimes`."""
    return not any(test in row["tests"] for row in _table().get("failure", []) if row.get("sometimes"))
