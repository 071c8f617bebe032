"""The environment variables of a function: LocalStack's, AWS's, its own."""

from __future__ import annotations

from collections.abc import Mapping

from ..execution import places


def of_function(localstack: Mapping[str, object], own: Mapping[str, str]) -> dict[str, str]:
    """A function's environment variables: LocalStack's, without those that AWS does not set, and its `own`.

    `AWS_ENDPOINT_URL` is the one addition: with it an SDK call inside a function reaches this engine, not AWS.
    """
    # AWS also says in `_AWS_XRAY_DAEMON_ADDRESS` and `…_PORT` where its daemon is; there is none here.
    dropped = ("LOCALSTACK_", "EDGE_PORT", "AWS_LAMBDA_FUNCTION_TIMEOUT", "_AWS_XRAY_DAEMON_")
    kept = {name: str(value) for name, value in localstack.items() if not name.startswith(dropped)}
    return {"LANG": "en_US.UTF-8", **kept, **own}


def of_process(
    function: Mapping[str, str], command: Mapping[str, str], seen: places.Places, runtime: str
) -> dict[str, str]:
    """The variables that a process begins with: the runtime's, the function's, and those that are reserved.

    But for AWS_LAMBDA_RUNTIME_API, which is known when the process is started.

    As on AWS, whose runtimes begin in a shell of their own (`PWD`, `SHLVL`) and set `AWS_EXECUTION_ENV`; a custom
    runtime has none of them (LocalStack's snapshots `test_introspection_invoke`, recorded on AWS; 4.9.2, read 2026-11).
    """
    found = {**command, **function, "LAMBDA_TASK_ROOT": str(seen.task)}
    found["LAMBDA_RUNTIME_DIR"] = command["LAMBDA_RUNTIME_DIR"]
    if runtime.startswith("provided"):
        found.pop("AWS_EXECUTION_ENV", None)
    else:
        found |= {"AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}", "PWD": str(seen.task), "SHLVL": "0"}
    if seen.opt and not seen.binds:
        # Not on AWS: where nothing can be mounted, this is how a function finds what /opt would hold.
        found["LAB_OPT"] = str(seen.opt)
    return found


# What extensions are not given (Developer Guide, "Using the Lambda Extensions API to create extensions", 2026-11).
NOT_FOR_EXTENSIONS = (
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "PWD",
    "SHLVL",
)


def of_extension(process: Mapping[str, str]) -> dict[str, str]:
    """The variables of an extension: those of the runtime's process, without the runtime's own."""
    hidden = NOT_FOR_EXTENSIONS
    return {name: value for name, value in process.items() if name not in hidden and not name.startswith("_")}
