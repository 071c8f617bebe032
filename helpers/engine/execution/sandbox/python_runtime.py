"""AWS's own runtime interface client, started in a forked process instead of a new interpreter."""

from __future__ import annotations

import importlib
import os
import site
import socket
import sys
import time
from typing import NoReturn

from . import protocol
from .protocol import Assignment

# What the client imports, and what nearly every handler does. Not `awslambdaric.bootstrap`, which reads the
# environment when it is imported, and not `runtime_client`, which must be loaded after the fork.
PRELOADED = (
    "awslambdaric.lambda_config",
    "awslambdaric.lambda_context",
    "awslambdaric.lambda_literals",
    "awslambdaric.lambda_runtime_exception",
    "awslambdaric.lambda_runtime_log_utils",
    "simplejson",
    "snapshot_restore_py",
    "asyncio",
    "base64",
    "collections",
    "datetime",
    "decimal",
    "email.parser",
    "hashlib",
    "http.client",
    "json",
    "logging",
    "random",
    "re",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "traceback",
    "urllib.request",
    "uuid",
)


def preload(packages: str) -> None:
    """Import what every Python function needs, once for all. `packages` is the folder of AWS's client."""
    sys.path.insert(0, packages)
    for name in PRELOADED:
        importlib.import_module(name)
    sys.path.remove(packages)
    # `-S` keeps the learner's packages out; `exit()` and `quit()` come from the same module, and AWS has them.
    site.setquit()
    site.setcopyright()
    site.sethelper()


# Variables that AWS's client reads when it is imported.
READ_BY_CLIENT = ("AWS_EXECUTION_ENV", "AWS_LAMBDA_LOG_FORMAT", "AWS_LAMBDA_LOG_LEVEL", "AWS_LAMBDA_RUNTIME_API")


def wait(reserve: Assignment) -> NoReturn:
    """Import AWS's client already, then wait at the standard input for the function, and run it."""
    before = set(sys.modules)
    os.environ.clear()
    os.environ.update(reserve.environ)
    sys.path[:0] = reserve.path
    _load_client()
    del sys.path[: len(reserve.path)]
    with socket.socket(fileno=os.dup(0)) as assigning:
        function = protocol.receive(assigning, Assignment)
    if function is None:
        os._exit(0)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    os.chdir(function.cwd)
    if any(function.environ.get(name) != reserve.environ.get(name) for name in READ_BY_CLIENT):
        for name in [name for name in sys.modules if name.startswith("awslambdaric.") and name not in before]:
            del sys.modules[name]  # and import it again
    run(function)


def run(function: Assignment) -> NoReturn:
    """Serve invocations until the process ends. Called in a forked child."""
    os.environ.clear()
    os.environ.update(function.environ)
    time.tzset()
    sys.path[:0] = function.path
    sys.argv = [os.path.join(function.environ["LAMBDA_RUNTIME_DIR"], "bootstrap.py"), function.handler]
    # A function's folder is read-only on AWS: no `__pycache__` may appear in it.
    sys.dont_write_bytecode = True
    # In a process of its own the interpreter would have opened these itself, with its usual buffering.
    # (They stay open until the process ends.)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    # Where AWS's client writes what a logger says, as frames (`execution.log_records`).
    os.environ["_LAMBDA_TELEMETRY_LOG_FD"] = str(os.dup(1))
    code = 1
    try:
        _load_client()
        _forget_ourselves()
        from awslambdaric import bootstrap
        from awslambdaric.lambda_runtime_client import LambdaRuntimeClient

        bootstrap.run(function.handler, LambdaRuntimeClient(function.environ["AWS_LAMBDA_RUNTIME_API"]))
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        # Not `sys.exit`: the frames above belong to the zygote.
        sys.stdout.flush()
        os._exit(code)


def _forget_ourselves() -> None:
    """Remove our modules: a function may have a module called `sandbox` of its own."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "sandbox"]:
        del sys.modules[name]


def _load_client() -> None:
    """Import AWS's client, its compiled part where there is a wheel for it (Linux), or our stand-in under its name."""
    try:
        import runtime_client  # noqa: F401
    except ImportError:
        from .runtime_client import Client

        sys.modules["runtime_client"] = Client()  # type: ignore[assignment] # stands in for a module
    importlib.import_module("awslambdaric.bootstrap")
