"""What is started of a runtime before it has a function."""

from __future__ import annotations

from collections.abc import Mapping

from ..places import Places
from ..sandbox.protocol import Reserve
from . import Command, extensions

# What an interpreter, its libraries or the loader read when a process starts: a function that sets one of these begins
# with a process of its own.
READ_AT_START = ("NODE_", "LD_", "UV_", "SSL_", "OPENSSL_", "LC_", "MALLOC_", "GLIBC_", "ICU_")
# The same for every function that does not set them.
CONSTANT = {"LANG": "en_US.UTF-8", "TZ": ":UTC"}


def reserve(runtime: str, command: Command, own: Mapping[str, str], places: Places) -> Reserve:
    """The environment in reserve for functions of `runtime` with this command; `own` are the function's variables.

    The runtime itself is started only in namespaces: without them, what it may read depends on the function.
    """
    if not _can_wait(command, own, places):
        return Reserve(isolated=bool(places.binds), binds=places.runtime_binds)
    environ = {**command.environ, **CONSTANT, "AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}"}
    return Reserve(True, places.runtime_binds, 0, command.argv, environ, command.path[-1:])


def _can_wait(command: Command, own: Mapping[str, str], places: Places) -> bool:
    if not places.binds or extensions(places):
        return False
    if not command.argv:
        return True
    is_node = command.argv[0] == str(places.node)
    return is_node and not any(name.startswith(READ_AT_START) or name in {*CONSTANT, *command.environ} for name in own)
