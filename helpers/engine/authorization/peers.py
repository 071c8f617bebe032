"""Is it a function that calls? Only asked where the access key alone would make the caller account root.

Any process of this machine may use the key `test`: that is the learner's. A function is no learner. The kernel
names the owner of the socket at the other end (`sockets`, 6 µs):

- Engine runs as root, functions in namespaces: each environment has a user of its own, and that decides.
- Otherwise functions run as the engine's user: the socket is looked for among the open files of all environments'
  processes, once per connection. Without namespaces a function gets away that leaves its supervisor (a daemon that is
  nobody's child) or hides from it (`PR_SET_DUMPABLE`): there it could read the learner's files as well.
- Without Linux nothing can be told, and a function that chooses the key `test` is root.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

from localstack.http import Request
from rolo.serving import twisted

from .. import environments, executor
from ..sandbox import processes
from . import sockets

HOST = "lab.host"  # our own address of a connection: (host, port)


def install() -> None:
    """Have the server tell which of our addresses was called: with the peer's it names a connection."""
    update = twisted.update_wsgi_environment

    def update_with_host(environ, request):
        update(environ, request)
        host = request.getHost()
        environ[HOST] = (host.host, host.port)

    twisted.update_wsgi_environment = update_with_host


def is_function(request: Request) -> bool:
    """Whether a process of an execution environment sent this request."""
    if sys.platform != "linux" or not environments.alive():
        return False
    environ = request.environ
    owner = sockets.owner((environ["REMOTE_ADDR"], int(environ["REMOTE_PORT"])), environ[HOST])
    if owner is None:  # from another machine, or from outside of our container
        return False
    uid, cookie, inode = owner
    if uid in executor.UIDS:
        return True
    hello = executor.zygote.hello
    users_differ = os.geteuid() == 0 and hello is not None and hello.isolation == "namespaces"
    return not users_differ and uid == os.geteuid() and _is_ours(cookie, inode)


@lru_cache(maxsize=4096)
def _is_ours(cookie: object, inode: int) -> bool:
    wanted = f"socket:[{inode}]"
    return any(
        _has_open(process, wanted)
        for environment in environments.alive()
        if environment.pid
        for process in [environment.pid, *processes.descendants(environment.pid)]
    )


def _has_open(process: int, wanted: str) -> bool:
    try:
        for entry in os.scandir(Path("/proc") / str(process) / "fd"):
            try:
                if os.readlink(entry.path) == wanted:
                    return True
            except FileNotFoundError:
                continue  # closed since
    except (FileNotFoundError, ProcessLookupError):
        pass  # ended since
    except PermissionError:
        pass  # not ours to look at: see above
    return False
