"""AWS's runtime interface client in an interpreter of its own: what is run where a fork of the zygote will not do.

That is so for a function with an `AWS_LAMBDA_EXEC_WRAPPER`, which is given this command, and for one with shared
libraries, which the system looks for in the `LD_LIBRARY_PATH` that the process began with. Copied to where functions
can read it (`places`), with `stand_in.py` beside it, and run by any Python from 3.9 on.
"""

import os
import sys


def paths() -> "list[str]":
    """The folders that AWS puts before those of the interpreter and of `PYTHONPATH`: code, then layers."""
    opt = os.environ.get("LAB_OPT", "/opt")
    runtime = os.environ["AWS_EXECUTION_ENV"].replace("AWS_Lambda_", "")
    return [os.environ["LAMBDA_TASK_ROOT"], f"{opt}/python/lib/{runtime}/site-packages", f"{opt}/python"]


def main() -> None:
    """Serve invocations until the process ends."""
    packages = os.environ["LAMBDA_RUNTIME_DIR"]
    ours = sys.path.pop(0)
    sys.path[:0] = paths()
    if packages not in sys.path:  # the function may have a PYTHONPATH of its own
        sys.path.append(packages)
    sys.dont_write_bytecode = True
    try:
        import runtime_client  # noqa: F401
    except ImportError:  # no compiled one for this interpreter
        sys.path.insert(0, ours)
        import stand_in  # a copy of `runtime_client` (see above)

        sys.path.remove(ours)
        sys.modules["runtime_client"] = stand_in.Client()
    # Where AWS's client writes what a logger says, as frames (`execution.log_records`).
    os.environ["_LAMBDA_TELEMETRY_LOG_FD"] = str(os.dup(1))
    from awslambdaric import bootstrap
    from awslambdaric.lambda_runtime_client import LambdaRuntimeClient

    handler = os.environ["_HANDLER"]
    sys.argv = [os.path.join(packages, "bootstrap.py"), handler]
    bootstrap.run(handler, LambdaRuntimeClient(os.environ["AWS_LAMBDA_RUNTIME_API"]))


if __name__ == "__main__":
    main()
