"""Where a function finds things: AWS's places where there are namespaces, the real folders where there are not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from .sandbox.namespaces import USER
from .settings import Settings

NODE_BOOTSTRAP = Path(__file__).parent / "runtimes" / "nodejs"
TOOLS = Path(__file__).parent / "runtimes" / "provided"
SANDBOX = Path(__file__).parent / "sandbox"


@dataclass(frozen=True)
class Places:
    """Folders as the function sees them; `real_task` and `real_opt` as the engine does.

    `binds` (seen as: real folder) is empty without namespaces.
    """

    real_task: Path
    real_opt: Path | None
    task: Path
    opt: Path | None
    python_packages: Path
    node: Path
    node_bootstrap: Path
    node_packages: Path
    tools: Path
    binds: dict[str, str]


def plain(task: Path, opt: Path | None, settings: Settings) -> Places:
    """The folders themselves."""
    return Places(
        real_task=task,
        real_opt=opt,
        task=task,
        opt=opt,
        python_packages=settings.python_packages,
        node=settings.node,
        node_bootstrap=NODE_BOOTSTRAP / "bootstrap.cjs",
        node_packages=settings.nodejs_packages,
        tools=TOOLS,
        binds={},
    )


def isolated(task: Path, opt: Path | None, runtime: str, settings: Settings) -> Places:
    """AWS's places, and what has to be shown there for a function of this runtime."""
    binds = {"/var/task": str(task)}
    if opt:
        binds["/opt"] = str(opt)
    if runtime.startswith("nodejs"):
        binds["/var/lang"] = str(settings.node.parent.parent)
        binds["/var/runtime"] = str(settings.nodejs_packages.parent)
    return Places(
        real_task=task,
        real_opt=opt,
        task=Path("/var/task"),
        opt=Path("/opt") if opt else None,
        python_packages=Path("/var/runtime"),
        node=Path("/var/lang/bin/node"),
        node_bootstrap=Path("/var/rapid/nodejs/bootstrap.cjs"),
        node_packages=Path("/var/runtime/node_modules"),
        tools=Path("/var/rapid/provided"),
        binds=binds,
    )


def passwd(uid: int, settings: Settings) -> dict[str, str]:
    """A bind that gives an environment's user its name and home; Node.js's SDK ends without them."""
    file = settings.tmp / f"passwd-{uid}"
    file.write_text(f"root:x:0:0::/:/sbin/nologin\n{USER}:x:{uid}:{uid}::/home/{USER}:/sbin/nologin\n")
    return {"/etc/passwd": str(file)}


def plan(settings: Settings, isolation: str) -> dict[str, object]:
    """What the zygote has to know (`sandbox.zygote.Plan`)."""
    prefix = Path(os.path.realpath(settings.base_prefix))
    if isolation == "plain":
        return {"isolation": isolation, "packages": str(settings.python_packages)}
    return {
        "isolation": isolation,
        "packages": str(settings.python_packages),
        "folder": str(settings.root),
        "python": str(Path("/var/lang") / settings.base_python.relative_to(prefix)),
        "script": "/var/rapid/sandbox/zygote.py",
        "library_path": "/var/lang/lib",
        "binds": {
            "/var/lang": str(prefix),
            "/var/runtime": str(settings.python_packages),
            "/var/rapid/sandbox": str(SANDBOX),
            "/var/rapid/nodejs": str(NODE_BOOTSTRAP),
            "/var/rapid/provided": str(TOOLS),
        },
        # What somebody installed into the interpreter is not there on AWS.
        "hidden": [f"/var/lang/{found.relative_to(prefix)}" for found in prefix.glob("lib/python3.*/*-packages")],
    }
