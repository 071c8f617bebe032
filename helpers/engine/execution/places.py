"""The paths that a function sees: AWS's in namespaces, the real folders without them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..settings import Settings
from . import interpreter, interpreters
from .interpreters import Python
from .sandbox.namespaces import CONFIGURATION, DEVICES, SYSTEM, USER

RUNTIMES = Path(__file__).parent / "runtimes"
SANDBOX = Path(__file__).parent / "sandbox"


@dataclass(frozen=True)
class Places:
    """Folders as the function sees them; `real_task` and `real_opt` as the engine does.

    `binds` (seen as: real folder) is empty without namespaces; `runtime_binds` are those that all functions of a
    runtime have in common. `readable` and `writable` are empty with namespaces.
    """

    real_task: Path
    real_opt: Path | None
    task: Path
    opt: Path | None
    python: Path
    python_packages: Path
    python_bootstrap: Path
    exec_wrapper: Path
    node: Path
    node_bootstrap: Path
    node_packages: Path
    tools: Path
    binds: dict[str, str]
    runtime_binds: dict[str, str] = field(default_factory=dict)
    readable: list[str] = field(default_factory=list)
    writable: list[str] = field(default_factory=list)


def plain(task: Path, opt: Path | None, runtime: str, settings: Settings) -> Places:
    """The real folders, and the other paths that may be read and written: those that exist on AWS.

    `/tmp` is this machine's.
    """
    rapid, python = settings.rapid, interpreters.python(runtime, settings)
    node = interpreters.node(runtime, settings).executable if runtime.startswith("nodejs") else settings.node
    own = [task, rapid, python.packages, settings.nodejs_packages.parent, node]
    own += interpreter.visible_parts(python).shown.values()
    system = ["/proc", "/nix/store", *("/" + name for name in (*SYSTEM, *CONFIGURATION, "etc/passwd", "etc/group"))]
    return Places(
        real_task=task,
        real_opt=opt,
        task=task,
        opt=opt,
        python=python.executable,
        python_packages=python.packages,
        python_bootstrap=rapid / "python" / "bootstrap.py",
        exec_wrapper=rapid / "provided" / "exec_wrapper.sh",
        node=node,
        node_bootstrap=rapid / "nodejs" / "bootstrap.cjs",
        node_packages=settings.nodejs_packages,
        tools=rapid / "provided",
        binds={},
        readable=[*system, *map(str, own), *([str(opt)] if opt else [])],
        writable=["/tmp", *("/dev/" + name for name in DEVICES)],
    )


def isolated(task: Path, opt: Path | None, runtime: str, settings: Settings) -> Places:
    """AWS's paths, and the bind mounts that a function of this runtime needs there."""
    binds = {"/var/task": str(task)}
    if opt:
        binds["/opt"] = str(opt)
    of_runtime = {}
    if runtime.startswith("nodejs"):
        of_runtime["/var/lang"] = str(settings.rapid / "lang")  # empty but for a place to show Node.js at
        of_runtime["/var/lang/bin/node"] = str(interpreters.node(runtime, settings).executable)
        of_runtime["/var/runtime"] = str(settings.nodejs_packages.parent)
    return Places(
        real_task=task,
        real_opt=opt,
        task=Path("/var/task"),
        opt=Path("/opt"),
        python=Path("/var/lang") / interpreter.visible_parts(interpreters.python(runtime, settings)).executable,
        python_packages=Path("/var/runtime"),
        python_bootstrap=Path("/var/rapid/python/bootstrap.py"),
        exec_wrapper=Path("/var/rapid/provided/exec_wrapper.sh"),
        node=Path("/var/lang/bin/node"),
        node_bootstrap=Path("/var/rapid/nodejs/bootstrap.cjs"),
        node_packages=Path("/var/runtime/node_modules"),
        tools=Path("/var/rapid/provided"),
        binds=binds,
        runtime_binds=of_runtime,
    )


def copy_runtime_files(settings: Settings) -> Path:
    """Copy our own files that functions read, since the originals may be readable to us alone (umask); their folder."""
    copies = {
        **{f"nodejs/{source.name}": (source, 0o644) for source in (RUNTIMES / "nodejs").glob("*.cjs")},
        "provided/curl": (RUNTIMES / "provided" / "curl", 0o755),
        "provided/exec_wrapper.sh": (RUNTIMES / "exec_wrapper.sh", 0o755),
        "python/bootstrap.py": (SANDBOX / "python_command.py", 0o644),
        "python/stand_in.py": (SANDBOX / "runtime_client.py", 0o644),
        "lang/bin/node": (Path("/dev/null"), 0o644),
    }
    for name, (source, mode) in copies.items():
        target = settings.rapid / name
        content = source.read_bytes()
        if target.is_file() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        for folder in target.relative_to(settings.tmp).parents:
            (settings.tmp / folder).chmod(0o755)
        target.write_bytes(content)
        target.chmod(mode)
    return settings.rapid


def passwd_bind(uid: int, settings: Settings) -> dict[str, str]:
    """A bind mount that gives an environment's user its name and home; Node.js's SDK fails without them."""
    file = settings.tmp / f"passwd-{uid}"
    file.write_text(f"root:x:0:0::/:/sbin/nologin\n{USER}:x:{uid}:{uid}::/home/{USER}:/sbin/nologin\n")
    return {"/etc/passwd": str(file)}


def zygote_plan(settings: Settings, own: Python) -> dict[str, object]:
    """The plan of a zygote on `own`: the fields of `sandbox.zygote.Plan`."""
    isolation, packages = settings.isolation, str(own.packages)
    rapid = copy_runtime_files(settings)
    if isolation == "plain":
        return {"isolation": isolation, "packages": packages}
    python = interpreter.visible_parts(own)
    return {
        "isolation": isolation,
        "packages": packages,
        "folder": str(settings.root),
        "python": f"/var/lang/{python.executable}",
        "script": "/var/rapid/sandbox/zygote.py",
        "library_path": "/var/lang/lib",
        "binds": {
            **{f"/var/lang/{place}": str(source) for place, source in python.shown.items()},
            "/var/runtime": packages,
            "/var/rapid/sandbox": str(SANDBOX),
            **{f"/var/rapid/{name}": str(rapid / name) for name in ("nodejs", "provided", "python")},
        },
        "links": {f"/var/lang/{place}": target for place, target in python.links.items()},
        "hidden": [f"/var/lang/{place}" for place in python.hidden],
    }
