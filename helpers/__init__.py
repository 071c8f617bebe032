"""Helpers for the labs. Start a notebook with `from helpers import Lab`.

Nothing is imported before it is asked for: the engine's environment and the installer import this package
too, and have no boto3.
"""

import importlib
from typing import Any

_MODULES = {
    "Lab": "helpers.lab",
    "LabError": "helpers.errors",
    "deploy": "helpers.deployment",
    "explain": "helpers.iam.explanation",
    "layer": "helpers.deployment",
    "zip_code": "helpers.deployment",
}

__all__ = ["Lab", "LabError", "deploy", "explain", "layer", "logs", "zip_code"]


def __getattr__(name: str) -> Any:
    """Import `name` from its module."""
    if name == "logs":  # a module, because logs.tail(response) reads better than tail(response)
        return importlib.import_module("helpers.logs")
    if name not in _MODULES:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    return __all__
