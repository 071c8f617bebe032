"""Log groups and streams can be listed while functions write logs.

moto goes through dictionaries that grow meanwhile, for functions log in the background: now and then DescribeLogGroups
and DescribeLogStreams answered InternalError, "dictionary changed size during iteration".
"""

from __future__ import annotations

import functools


class Listable(dict):
    """A dictionary that is gone through as it is at that moment. (A copy is made in one step, under Python's lock.)"""

    def items(self):
        """Return the items of a copy."""
        return dict(self).items()

    def keys(self):
        """Return the keys of a copy."""
        return dict(self).keys()

    def values(self):
        """Return the values of a copy."""
        return dict(self).values()


def install() -> None:
    """Let moto keep log groups and log streams in such dictionaries."""
    from moto.logs.models import LogGroup, LogsBackend

    for kind, name in ((LogsBackend, "groups"), (LogGroup, "streams")):
        kind.__init__ = _listable(kind.__init__, name)


def _listable(init, name: str):
    @functools.wraps(init)
    def made(self, *args, **kwargs):
        init(self, *args, **kwargs)
        setattr(self, name, Listable(getattr(self, name)))

    return made
