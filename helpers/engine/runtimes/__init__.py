"""Lambda's runtimes on this machine: which program runs a function, and in which environment.

Identifiers and their dates: AWS Lambda Developer Guide, "Lambda runtimes" (2026-11).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..settings import Settings

# Newest first. nodejs20.x passed its deprecation date on 30 April 2026; functions can still be created.
PYTHON = ("python3.14", "python3.13", "python3.12", "python3.11", "python3.10")
NODEJS = ("nodejs24.x", "nodejs22.x", "nodejs20.x")
PROVIDED = ("provided.al2023", "provided.al2")

NODE_BOOTSTRAP = Path(__file__).parent / "nodejs" / "bootstrap.mjs"


@dataclass(frozen=True)
class Command:
    """How a runtime is started: `argv` (empty: in the zygote), what it adds to the environment, its module path."""

    argv: list[str]
    environ: dict[str, str]
    path: list[str]


class InvalidEntrypointError(Exception):
    """A custom runtime has no `bootstrap` (AWS: `Runtime.InvalidEntrypoint`)."""


def check(runtime: str) -> None:
    """Raises `LookupError` for a runtime that this machine cannot run (Java, .NET, Ruby: AWS can)."""
    if not runtime.startswith(("python", "nodejs", "provided")):
        raise LookupError(
            f"The runtime {runtime} does not run on this machine; use a python3.x, nodejs or provided.al2023 runtime."
        )


def command(
    runtime: str, task: Path, opt: Path | None, memory_mb: int, environ: Mapping[str, str], settings: Settings
) -> Command:
    """The command for `runtime`, its code in `task`, its merged layers in `opt`.

    Raises `InvalidEntrypointError` for a custom runtime without `bootstrap`, and as `check` does.
    """
    check(runtime)
    if runtime.startswith("python"):
        return _python(task, opt, environ, settings)
    if runtime.startswith("nodejs"):
        return _nodejs(opt, memory_mb, settings)
    return _provided(task, opt)


def _python(task: Path, opt: Path | None, environ: Mapping[str, str], settings: Settings) -> Command:
    layers = []
    if opt:
        # AWS names the function's own version in this path; the interpreter here is the same for all of them.
        versions = sorted((opt / "python" / "lib").glob("python3.*/site-packages"))
        layers = [*map(str, versions), str(opt / "python")]
    own = [folder for folder in environ.get("PYTHONPATH", "").split(":") if folder]
    packages = str(settings.python_packages)
    return Command(
        argv=[],
        environ={"LAMBDA_RUNTIME_DIR": packages, "PYTHONPATH": environ.get("PYTHONPATH", packages)},
        path=[str(task), *own, *layers, packages],
    )


def _nodejs(opt: Path | None, memory_mb: int, settings: Settings) -> Command:
    packages = settings.nodejs_packages
    layers = [str(opt / "nodejs" / "node_modules")] if opt else []
    return Command(
        # AWS's own bootstrap gives the heap nine tenths of the memory setting.
        argv=[str(settings.node), f"--max-old-space-size={memory_mb * 9 // 10}", str(NODE_BOOTSTRAP)],
        environ={
            "LAMBDA_RUNTIME_DIR": str(NODE_BOOTSTRAP.parent),
            "NODE_PATH": ":".join([*layers, str(packages)]),
        },
        path=[],
    )


def _provided(task: Path, opt: Path | None) -> Command:
    candidates = [folder / "bootstrap" for folder in (task, opt) if folder]
    for bootstrap in candidates:
        if bootstrap.is_file():
            return Command(argv=[str(bootstrap)], environ={"LAMBDA_RUNTIME_DIR": "/var/runtime"}, path=[])
    raise InvalidEntrypointError("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]")


def search_path() -> str:
    """`PATH` for functions: AWS's folders, and where this machine keeps the shell and its tools."""
    folders = ["/usr/local/bin", "/usr/bin", "/bin", "/opt/bin"]
    for tool in ("bash", "curl"):
        if (found := shutil.which(tool)) and (folder := str(Path(found).parent)) not in folders:
            folders.append(folder)
    return ":".join(folders)
