"""Lambda's runtimes on this machine: the program that runs a function, and its environment variables.

`nodejs/` and `provided/` hold programs of ours; `python/` and `nodejs/` list what AWS preinstalls.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..places import Places


@dataclass(frozen=True)
class Command:
    """The command of a runtime: `argv` (empty: it runs in the zygote's fork), environment variables, module path."""

    argv: list[str]
    environ: dict[str, str]
    path: list[str]


class InvalidEntrypointError(Exception):
    """A custom runtime without a `bootstrap` (AWS: `Runtime.InvalidEntrypoint`)."""


def require_supported(runtime: str) -> None:
    """Refuse a runtime that does not run on this machine (Java, .NET, Ruby). Raises `LookupError`."""
    if not runtime.startswith(("python", "nodejs", "provided")):
        raise LookupError(
            f"The runtime {runtime} does not run on this machine; use a python3.x, nodejs or provided.al2023 runtime."
        )


def command(runtime: str, places: Places, memory_mb: int, environ: Mapping[str, str]) -> Command:
    """The command for `runtime`, with the code and the merged layers at `places`.

    Raises `InvalidEntrypointError` for a custom runtime without `bootstrap`, and as `require_supported` does.
    """
    require_supported(runtime)
    if runtime.startswith("python"):
        return _python(places, environ)
    if runtime.startswith("nodejs"):
        return _nodejs(runtime, places, memory_mb, environ)
    return _provided(places)


def _python(places: Places, environ: Mapping[str, str]) -> Command:
    layers = []
    if places.opt and places.real_opt:
        # AWS names the function's own version in this path; the interpreter here is the same for all of them.
        versions = sorted((places.real_opt / "python" / "lib").glob("python3.*/site-packages"))
        layers = [str(places.opt / folder.relative_to(places.real_opt)) for folder in versions]
        layers.append(str(places.opt / "python"))
    own = [folder for folder in environ.get("PYTHONPATH", "").split(":") if folder]
    packages = str(places.python_packages)
    # For a Python that the function starts: the interpreter may need its library, which is not where it was built for.
    libraries = {"LD_LIBRARY_PATH": "/var/lang/lib"} if places.binds else {}
    return Command(
        argv=[],
        environ={"LAMBDA_RUNTIME_DIR": packages, "PYTHONPATH": environ.get("PYTHONPATH", packages), **libraries},
        path=[str(places.task), *own, *layers, packages],
    )


def _nodejs(runtime: str, places: Places, memory_mb: int, environ: Mapping[str, str]) -> Command:
    options = nodejs_options(memory_mb, environ.get("NODE_OPTIONS", ""))
    return Command(
        argv=[str(places.node), *options, str(places.node_bootstrap)],
        environ={
            "LAMBDA_RUNTIME_DIR": "/var/runtime",
            "NODE_PATH": environ.get("NODE_PATH") or nodejs_path(runtime, places),
        },
        path=[],
    )


def nodejs_options(memory_mb: int, own: str) -> list[str]:
    """The options of Node.js; `own` are those of the function's `NODE_OPTIONS`.

    AWS's bootstrap gives the heap nine tenths of the memory setting, unless the function chooses. Lambda switches off
    two features of Node.js, unless the function asks for them (Developer Guide, "Building Lambda functions with
    Node.js", 2026-11; functions on nodejs22.x and later find the first in `process.execArgv`): `require()` of an ES
    module, and taking a `.js` for an ES module by its syntax. The guide names the second for nodejs22.x only.
    """
    chosen = re.search("(old|semi)[-_]space", own)
    options = [] if chosen else [f"--max-old-space-size={memory_mb * 9 // 10}"]
    for feature in ("require-module", "detect-module"):
        if f"--experimental-{feature}" not in own:
            options.append(f"--no-experimental-{feature}")
    return options


def nodejs_path(runtime: str, places: Places) -> str:
    """`NODE_PATH`: layers, what AWS preinstalls, the function ("Working with layers for Node.js", 2026-11)."""
    number = runtime.removeprefix("nodejs").partition(".")[0]
    opt = places.opt or (Path("/opt") if places.binds else None)
    layers = [opt / "nodejs" / f"node{number}" / "node_modules", opt / "nodejs" / "node_modules"] if opt else []
    return ":".join(map(str, [*layers, places.node_packages, places.node_packages.parent, places.task]))


def _provided(places: Places) -> Command:
    for seen, real in ((places.task, places.real_task), (places.opt, places.real_opt)):
        if seen and real and (real / "bootstrap").is_file():
            argv = [str(seen / "bootstrap")]
            # On AWS there is curl, and many a bootstrap is written with it; not every machine of a learner has one.
            tools = {} if shutil.which("curl") else {"PATH": f"{search_path()}:{places.tools}"}
            return Command(argv, environ={"LAMBDA_RUNTIME_DIR": "/var/runtime", **tools}, path=[])
    raise InvalidEntrypointError("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")


def search_path() -> str:
    """`PATH` for functions: AWS's folders, and those in which this machine has `bash` and `curl`."""
    folders = ["/var/lang/bin", "/usr/local/bin", "/usr/bin", "/bin", "/opt/bin"]
    for tool in ("bash", "curl"):
        if (found := shutil.which(tool)) and (folder := str(Path(found).parent)) not in folders:
            folders.append(folder)
    return ":".join(folders)
