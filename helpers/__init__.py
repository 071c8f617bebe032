"""Helpers for the labs. Start a notebook with `from helpers import Lab`.

Nothing is imported before it is asked for: the engine's environment and the installer import this package
too, and have no boto3.
"""

import importlib

_HOMES = {
    "Lab": "helpers.lab",
    "LabError": "helpers.errors",
    "deploy": "helpers.deployment",
    "explain": "helpers.iam.explanation",
    "layer": "helpers.deployment",
    "zip_code": "helpers.deployment",
}

__all__ = ["Lab", "LabError", "deploy", "explain", "layer", "logs", "zip_code"]


def __getattr__(name: str):
    """Import what `name` stands for."""
    if name == "logs":  # a module, because logs.tail(response) reads better than tail(response)
        return importlib.import_module("helpers.logs")
    if name not in _HOMES:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
