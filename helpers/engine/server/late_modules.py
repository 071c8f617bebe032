"""Modules that LocalStack imports when it starts, and that most engines never use: they are imported when they are.

Together they would take half of the start's time, and 30 MB. Whoever imports one of them meanwhile gets a module in
whose place each name is a `Late`: the real module is imported when the name is called, or asked for an attribute.
That does for functions, not for base classes; where such are wanted, `VALUES` has them.
"""

from __future__ import annotations

import dataclasses
import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Modules, or packages with all their modules, and what they are imported for.
LATE = {
    "boto3.docs": "documentation of resources, for people",
    "dns": "names that its own DNS server, which is off, would answer otherwise",
    "localstack.utils.aws.message_forwarding": "targets of events and destinations; imports all about API Gateway",
    "dnslib": "the same",
    "moto.core.decorator": "tests that use moto",
    "moto.core.models": "the same; imports what pretends to be AWS in a test",
    "openapi_core": "validates requests to its own addresses when OPENAPI_VALIDATE_REQUEST is set",
    "pydantic": "checks the arguments of two dataclasses of LocalStack's own",
    "werkzeug.serving": "werkzeug's own server",
}
# Optional packages: whoever imports them does without.
MISSING = {
    "awscrt": "botocore's other implementation of signatures and checksums",
    "docker": "the client of Docker's API",
    "urllib3.contrib.pyopenssl": "botocore's TLS for Python without its own",
}


class LateModule(ModuleType):
    """A module that has every name."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return VALUES.get(f"{self.__name__}.{name}") or Late(self.__name__, name)


class Late:
    """A name of a module that is imported when it is used."""

    def __init__(self, module: str, name: str):
        self._late = module, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call what it stands for."""
        return self._real()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # `typing` and `inspect` look at everything
            raise AttributeError(name)
        return getattr(self._real(), name)

    def _real(self) -> Any:
        module, name = self._late
        return getattr(importlib.import_module(module), name)


class Finder(MetaPathFinder, Loader):
    """Finds modules of `LATE`."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """Find a module."""
        late = any(f"{name}.".startswith(f"{each}.") for each in LATE)
        return ModuleSpec(name, self, is_package=True) if late else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make a module."""
        return LateModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is."""


def field(default: Any = dataclasses.MISSING, **options: Any) -> Any:
    """Return what a dataclass takes for a `pydantic.Field`: nothing is checked."""
    known = {name: options[name] for name in ("default_factory", "init") if name in options}
    return dataclasses.field(default=default, **known)


VALUES: dict[str, Any] = {
    "moto.core.models.DEFAULT_ACCOUNT_ID": "123456789012",
    # rolo asks of each answer whether it is one, and of each failure.
    "pydantic.BaseModel": type("BaseModel", (), {}),
    "pydantic.ValidationError": type("ValidationError", (Exception,), {}),
    "pydantic.Field": field,
    "pydantic.dataclasses.dataclass": dataclasses.dataclass,
}


@contextmanager
def importing_late() -> Iterator[None]:
    """Let nobody import the real modules meanwhile; afterwards everybody can."""
    finder = Finder()
    absent = [name for name in MISSING if name not in sys.modules]
    sys.meta_path.insert(0, finder)
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None: "is not to be imported"
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if isinstance(module, LateModule) or name in absent:
                del sys.modules[name]
                package, _, last = name.rpartition(".")
                vars(sys.modules.get(package, finder)).pop(last, None)  # `from package import last` looks there first
