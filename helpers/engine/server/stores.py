"""What services keep can be listed while it changes.

Requests are served side by side, and functions log in the background; LocalStack 4.9.2 and moto go through their
dictionaries all the same as if nobody else were there. Under load ListRoles, DescribeLogGroups, Invoke and their like
answered InternalError, "dictionary changed size during iteration". So the dictionaries are of a kind that is gone
through as it is at that moment: those of every backend of moto and of every store of LocalStack, and of the few
objects below them that grow under load.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any


class Listable(dict):
    """A dictionary that is gone through as it was when that began, whatever is added or removed meanwhile.

    `dict(it)` and `{**it}` ask for its keys first and then for each value, so use `copy`, or `items`.
    """

    def items(self):
        """Return the items of a copy."""
        return self.copy().items()

    def keys(self):
        """Return the keys of a copy."""
        return self.copy().keys()

    def values(self):
        """Return the values of a copy."""
        return self.copy().values()

    def copy(self) -> dict:
        """Return a plain copy. It is made under Python's lock, but for a garbage collection that comes in between."""
        while True:
            try:
                return dict(list(dict.items(self)))
            except RuntimeError:  # "changed size": it has, so look again
                continue

    def __iter__(self) -> Iterator:
        return iter(list(dict.keys(self)))  # makes nothing but a list, and so nothing comes in between


def install() -> None:
    """Have everything kept in such dictionaries that requests share."""
    from localstack.services import stores
    from localstack.services.lambda_.invocation.assignment import AssignmentService
    from localstack.services.lambda_.invocation.lambda_models import Function
    from localstack.services.lambda_.invocation.lambda_service import LambdaService
    from moto.core.base_backend import AccountSpecificBackend
    from moto.iam.models import Group, Role, User
    from moto.logs.models import LogGroup

    after(AccountSpecificBackend, backends_listable)
    for kind in (AssignmentService, Function, Group, LambdaService, LogGroup, Role, User):
        after(kind, make_listable)
    for attribute in (stores.LocalAttribute, stores.CrossRegionAttribute, stores.CrossAccountAttribute):
        after(attribute, default_listable)
    for store in subclasses(stores.BaseStore):  # of modules that are imported already
        for attribute in vars(store).values():
            default_listable(attribute)
    for bundle in (stores.RegionBundle, stores.AccountRegionBundle):
        for name in ("items", "values", "copy", "__iter__"):  # `keys` they look into at every access
            setattr(bundle, name, getattr(Listable, name))


def after(kind: type, follow_up: Callable[[Any], None]) -> None:
    """Call `follow_up` with every object of `kind` once its `__init__` is through."""
    init = kind.__init__

    @functools.wraps(init)
    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        init(self, *args, **kwargs)
        follow_up(self)

    kind.__init__ = __init__


def make_listable(thing: Any) -> Any:
    """Turn the dictionaries that are attributes of `thing` into listable ones; return it."""
    for name, value in list(vars(thing).items()):
        if type(value) is dict:
            setattr(thing, name, Listable(value))
        elif type(value) is defaultdict and value.default_factory is dict:
            value.default_factory = Listable
    return thing


def backends_listable(account: Any) -> None:
    """Make the backends of an account of moto listable, once they are made."""
    make = account.backend
    account.backend = lambda region, account_id: make_listable(make(region, account_id=account_id))


def default_listable(attribute: Any) -> None:
    """Let an attribute of a LocalStack store begin as a listable dictionary, if it begins as a dictionary."""
    if getattr(attribute, "default", None) is dict:
        attribute.default = Listable


def subclasses(kind: type) -> Iterator[type]:
    """All that derive from `kind`, over any number of steps."""
    for found in kind.__subclasses__():
        yield found
        yield from subclasses(found)
