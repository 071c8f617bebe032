"""How LocalStack and moto are changed: rows of the table in `patches`, and what applies them.

- `Patch` replaces one attribute, through LocalStack's own `localstack.utils.patch`, which refuses a target that is not
  there. `source` is the hash of what it replaces: when a new release changes that, `tests/unit/engine/test_patches.py`
  names the row to read again.
- `Check` is a handler of LocalStack's request chain: it sees a parsed request before any service does, and raises
  what AWS would answer.
- `Run` is done once, at start.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from localstack.utils import patch

Handler = Callable[[HandlerChain, RequestContext, Response], None]


@dataclass(frozen=True)
class Patch:
    """One replaced attribute.

    `target` names it as entry points do, "module:Class.attribute"; `new` takes its place. With `around`, `new` is
    called with the original as its first argument. `source` is its `fingerprint`, "" where that depends on the machine.
    """

    target: str
    new: Any
    source: str
    why: str
    around: bool = False
    left_in: str = ""  # modules that may go on using the original, for they ask it something else

    @property
    def owner(self) -> Any:
        """The module, class or instance that has the attribute."""
        module, _, path = self.target.partition(":")
        return reduce(getattr, path.split(".")[:-1], importlib.import_module(module))

    @property
    def name(self) -> str:
        """The attribute's own name."""
        return self.target.replace(":", ".").rpartition(".")[2]

    @property
    def original(self) -> Any:
        """The attribute as it is now."""
        return getattr(self.owner, self.name)

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits of the source of what is replaced, or of the `repr` of a value."""
        original = self.original.fget if isinstance(self.original, property) else self.original
        candidates = [inspect.unwrap(original)] if callable(original) else [original]
        # A dataclass makes its `__init__` from its fields; an instance that can be called is of some class.
        candidates += [self.owner] if inspect.isfunction(original) else [type(original)] if callable(original) else []
        text = next(filter(None, map(_source, candidates)), repr(original))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def apply(self) -> None:
        """Replace the attribute. Raises: AttributeError if there is none."""
        owner, new = self.owner, self.new
        if self.around:
            new = patch.create_patch_proxy(self.original, new)
        kind = inspect.getattr_static(owner, self.name, None)
        # What wraps a class method has its class already.
        if isinstance(kind, staticmethod) or (isinstance(kind, classmethod) and not self.around):
            new = type(kind)(new)
        patch.Patch(owner, self.name, new).apply()


@dataclass(frozen=True)
class Check:
    """A handler before a service: of `service` ("lambda"; "" for all), for `operations` ("Invoke …"; "" for all)."""

    service: str
    operations: str
    handler: Handler
    why: str

    def concerns(self, service: str, operation: str) -> bool:
        """Whether the handler is to see such a request."""
        return self.service in ("", service) and (not self.operations or operation in self.operations.split())


@dataclass(frozen=True)
class Run:
    """A function that is called once, at start: a thread, an endpoint of our own, a setting that is no attribute."""

    function: Callable[[], None]
    why: str


def checking(checks: Iterable[Check]) -> Handler:
    """One handler of LocalStack's chain that calls those of `checks` in their order, until one ends the chain."""
    rows = tuple(checks)

    @cache  # as many entries as there are operations
    def handlers(service: str, operation: str) -> tuple[Handler, ...]:
        return tuple(row.handler for row in rows if row.concerns(service, operation))

    def check(chain: HandlerChain, context: RequestContext, response: Response) -> None:
        service = context.service.service_name if context.service else ""
        for handler in handlers(service, context.operation.name if context.operation else ""):
            handler(chain, context, response)
            if chain.stopped or chain.terminated:
                return

    return check


def _source(thing: Any) -> str | None:
    try:
        return inspect.getsource(thing)
    except (TypeError, OSError):  # a value, or built in
        return None
