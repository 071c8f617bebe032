"""Lambda's runtimes on this machine: the program that runs a function, and its environment variables.

`nodejs/`, `provided/` and `exec_wrapper.sh` are programs of ours; `python/` and `nodejs/` list what AWS preinstalls.
`search_paths` has PATH and LD_LIBRARY_PATH, `in_reserve` what is started before there is a function.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..places import Places
from . import search_paths


@dataclass(frozen=True)
class Command:
    """The command of a runtime: `argv` (empty: it runs in the zygote's fork), environment variables, module path.

    The variables are defaults: a function may have set them otherwise.
    """

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

    `environ` is what the function has already: its own variables count. Raises `InvalidEntrypointError` for a custom
    runtime without `bootstrap`, and as `require_supported` does.
    """
    require_supported(runtime)
    if runtime.startswith("provided"):
        return _provided(places)
    if runtime.startswith("python"):
        found = _python(runtime, places, environ)
    else:
        found = _nodejs(runtime, places, memory_mb, environ)
    libraries = search_paths.library_path(places, managed=True)
    paths = {"PATH": search_paths.path(managed=True), "LD_LIBRARY_PATH": libraries}
    wrapper = environ.get("AWS_LAMBDA_EXEC_WRAPPER")
    prefix = ["/bin/sh", str(places.exec_wrapper), search_paths.seen(wrapper, places)] if wrapper else []
    return Command([*prefix, *found.argv], {**paths, **found.environ}, found.path)


def _python(runtime: str, places: Places, environ: Mapping[str, str]) -> Command:
    layers = []
    if places.opt:  # for this version only, as on AWS, whichever the interpreter here is
        layers = [str(places.opt / "python" / "lib" / runtime / "site-packages"), str(places.opt / "python")]
    own = [folder for folder in environ.get("PYTHONPATH", "").split(":") if folder]
    packages = str(places.python_packages)
    in_fork = not (
        environ.get("AWS_LAMBDA_EXEC_WRAPPER") or environ.get("LD_LIBRARY_PATH") or search_paths.has_libraries(places)
    )
    # Without namespaces the interpreter has packages that somebody installed.
    own_command = [str(places.python), *([] if places.binds else ["-S", "-s"]), str(places.python_bootstrap)]
    return Command(
        argv=[] if in_fork else own_command,
        environ={"LAMBDA_RUNTIME_DIR": packages, "PYTHONPATH": packages},
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
            # On AWS there is curl, and many a bootstrap is written with it; not every machine of a learner has one.
            tools = "" if shutil.which("curl") else f":{places.tools}"
            environ = {
                "LAMBDA_RUNTIME_DIR": "/var/runtime",
                "PATH": search_paths.path(managed=False) + tools,
                "LD_LIBRARY_PATH": search_paths.library_path(places, managed=False),
            }
            return Command([str(seen / "bootstrap")], environ, path=[])
    raise InvalidEntrypointError("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")


def extensions(places: Places) -> list[str]:
    """The external extensions of the layers, by name: every file in `/opt/extensions`, as the function sees it."""
    if not places.opt or not places.real_opt:
        return []
    folder = Path(os.path.realpath(places.real_opt / "extensions"))
    if not folder.is_relative_to(os.path.realpath(places.real_opt)):  # a link, to a folder of the learner's
        return []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # there are none
        return []
    return [str(places.opt / "extensions" / entry.name) for entry in entries if not entry.is_dir(follow_symlinks=False)]
