"""A function version as the processes that run it need it: places, command, variables, limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

from .. import settings
from ..execution import interpreters, places, runtimes
from ..execution.runtimes import in_reserve
from ..execution.sandbox.cpu_share import cpus
from ..execution.sandbox.protocol import Reserve, Spawn
from ..execution.zygote_client import Zygote
from . import code, environment_variables, layers

MB = 1024 * 1024


def unpack(version: FunctionVersion) -> tuple[Path, Path | None]:
    """The folders of the version's code and of its layers, unpacked the first time."""
    function = version.config
    python = None
    if function.runtime.startswith("python"):
        python = interpreters.python(function.runtime, settings.current()).executable
    return code.unpack(function.code, python), layers.merge(function.layers, python)


def reserve(version: FunctionVersion, zygote: Zygote) -> Reserve:
    """What may be started for the version before it is invoked."""
    return _begun(version, zygote, version.config.environment or {})[2]


def spawn(version: FunctionVersion, zygote: Zygote, environ: Mapping[str, str]) -> tuple[Reserve, Spawn]:
    """What may have been started for it, and what that becomes. `environ` has the function's variables, and AWS's."""
    function = version.config
    seen, command, begun = _begun(version, zygote, environ)
    variables = environment_variables.of_process(environ, command.environ, seen, function.runtime)
    return begun, Spawn(
        argv=command.argv,
        environ=variables,
        cwd=str(seen.task),
        memory_bytes=function.memory_size * MB,
        handler=function.handler or "",
        path=command.path,
        cpus=cpus(function.memory_size) if settings.current().limit_cpu else 0.0,
        binds=seen.binds,
        tmp_bytes=function.ephemeral_storage.size * MB if function.ephemeral_storage else 512 * MB,
        readable=seen.readable,
        writable=seen.writable,
        extensions=runtimes.extensions(seen),
        extension_environ=environment_variables.of_extension(variables),
        account=version.id.account,
    )


def _begun(
    version: FunctionVersion, zygote: Zygote, environ: Mapping[str, str]
) -> tuple[places.Places, runtimes.Command, Reserve]:
    """What the version's process sees, what it is started with, and what of that does not depend on the function."""
    function, seen = version.config, _places(version, zygote)
    command = runtimes.command(function.runtime, seen, function.memory_size, environ)
    return seen, command, in_reserve.reserve(function.runtime, command, function.environment or {}, seen)


def _places(version: FunctionVersion, zygote: Zygote) -> places.Places:
    task, opt = unpack(version)
    isolated = zygote.wait_until_ready().isolation == "namespaces"
    return (places.isolated if isolated else places.plain)(task, opt, version.config.runtime, settings.current())
