"""Helpers for the labs. Start a notebook with `from helpers import Lab`.

What notebooks import:

- `lab`: the class `Lab`, a connection with the exercises of one lab. `deployment`: zip files, functions, layers.
- `logs`: logs and REPORT lines (`log_lines`, in text and JSON). `packages`: options for pip and npm without a network.
  `doctor`: checks of the machine.
- `widgets`: forms and pictures.

What they rest on:

- `exercises`: the labs' exercises and their checks. `cleanup`: deleting what a lab made.
- `backend`: the embedded engine or another backend, and clients for it. `state`: files in the labs' folder.
- `iam`: policies, simulated and explained. `cost`: the cost model of Lambda.
- `errors` and `table`, which all of them use.

Around them: `__main__`, the commands behind `make`; `setup`, the installer; `jupyter`, JupyterLab's settings in code;
`room`, a page that says who is where; `engine`, LocalStack without Docker, which nothing else imports.

Imports go one way, from `__main__` and `widgets` down to `errors`: tests/unit/test_imports.py holds the order. Here
nothing is imported before it is used: the engine's environment and the installer import this package, too, and have no
boto3.
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
