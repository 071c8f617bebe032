"""Stores of services that can be listed while they change.

Requests are served side by side, and functions log in the background; LocalStack 4.9.2 and moto go through their
dictionaries all the same as if nobody else were there. Under load ListRoles, DescribeLogGroups, Invoke and their like
answered InternalError, "dictionary changed size during iteration". So the dictionaries are of a kind that is gone
through as it is at that moment: those of every backend of moto and of every store of LocalStack, and of the few
objects below them that grow under load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any


class Listable(dict[Any, Any]):
    """A dictionary whose iterators see it as it was when they began.

    `dict(it)` and `{**it}` ask for its keys first and then for each value, so use `copy`, or `items`.
    """

    def items(self) -> Any:  # dict_items, which has no public name
        """Return the items of a copy."""
        return self.copy().items()

    def keys(self) -> Any:
        """Return the keys of a copy."""
        return self.copy().keys()

    def values(self) -> Any:
        """Return the values of a copy."""
        return self.copy().values()

    def copy(self) -> dict[Any, Any]:
        """Return a plain copy. It is made under Python's lock, but for a garbage collection that comes in between."""
        while True:
            try:
                return dict(list(dict.items(self)))
            except RuntimeError:  # "changed size": it has, so look again
                continue

    def __iter__(self) -> Iterator[Any]:
        return iter(list(dict.keys(self)))  # makes nothing but a list, and so nothing comes in between


def listable(original: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    """Wrap the `__init__` of an object that grows under load."""
    original(self, *args, **kwargs)
    make_listable(self)


def listable_backends(original: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    """Wrap `AccountSpecificBackend.__init__`: moto's backends of an account are made listable."""
    original(self, *args, **kwargs)
    make = self.backend
    self.backend = lambda region, account_id: make_listable(make(region, account_id=account_id))


def listable_default(original: Callable[..., None], self: Any, *args: Any, **kwargs: Any) -> None:
    """Wrap the `__init__` of an attribute of LocalStack's stores."""
    original(self, *args, **kwargs)
    default_listable(self)


def make_imported_listable() -> None:
    """Treat the stores of modules that were imported before the patches."""
    from localstack.services.stores import BaseStore

    for store in subclasses(BaseStore):
        for attribute in vars(store).values():
            default_listable(attribute)


def make_listable(thing: Any) -> Any:
    """Turn the dictionaries that are attributes of `thing` into listable ones; return it."""
    for name, value in list(vars(thing).items()):
        if type(value) is dict:
            setattr(thing, name, Listable(value))
        elif type(value) is defaultdict and value.default_factory is dict:
            value.default_factory = Listable
    return thing


def default_listable(attribute: Any) -> None:
    """Make a store's attribute begin as a listable dictionary if it begins as a dictionary."""
    if getattr(attribute, "default", None) is dict:
        attribute.default = Listable


def subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    """Yield every direct and indirect subclass of `kind`."""
    for found in kind.__subclasses__():
        yield found
        yield from subclasses(found)
