"""``python -m helpers doctor``: what the labs need on this machine, with a one-line fix for what is missing.

Standard library only, so that it can also say that the environments are not there yet. Lab 00 renders ``checks()``.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.backend.health import lab_health
from helpers.errors import LabError
from helpers.setup import components
from helpers.setup.install import refusal
from helpers.setup.paths import ENGINE, VENV, site_packages
from helpers.state.home import ROOT, lab_home, read_json

GB = 1_000_000_000
State = Literal["ok", "weak", "missing"]


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    ``state``: ``ok``; ``weak``, the labs run, but not as well as they could; ``missing``, the labs do not run.
    ``fix`` says what to do in one line; empty if there is nothing to do.
    """

    name: str
    state: State
    detail: str
    fix: str = ""


def checks() -> list[Finding]:
    """Run every check; takes about half a second. Raises nothing: what cannot be checked is a finding, too."""
    return [check() for check in CHECKS]


def print_findings() -> int:
    """Print the findings. Return the exit status: 1 if something is missing."""
    findings = checks()
    for finding in findings:
        fix = f"\n{'':19}-> {finding.fix}" if finding.fix else ""
        print(f"{finding.state:8} {finding.name:10} {finding.detail}{fix}")
    return int(any(finding.state == "missing" for finding in findings))


def python() -> Finding:
    """Python's version."""
    wrong = refusal(sys.version_info[:2])
    version = sys.version.split()[0]
    return Finding("Python", "missing", version, wrong) if wrong else Finding("Python", "ok", version)


def setup() -> Finding:
    """The environments."""
    wanting = components.missing()
    if wanting:
        names = ", ".join(target.name for target in wanting)
        return Finding("set-up", "missing", f"not complete: {names}", "run `make setup`")
    return Finding("set-up", "ok", "the environments are complete and match their locks")


def nodejs() -> Finding:
    """The Node.js that runs functions."""
    try:
        run = subprocess.run([components.NODE, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        return Finding("Node.js", "missing", f"does not start ({reason})", "run `make clean setup`")
    return Finding("Node.js", "ok", run.stdout.strip().removeprefix("v"))


def loopback() -> Finding:
    """Whether this machine can talk to itself, and whether a proxy is in the way."""
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname(), timeout=5),
        ):
            pass
    except OSError as error:
        fix = "allow connections to 127.0.0.1 in your firewall or sandbox"
        return Finding("loopback", "missing", f"127.0.0.1 cannot be reached ({error.strerror or error})", fix)
    if urllib.request.getproxies().get("http") and not urllib.request.proxy_bypass("127.0.0.1"):
        detail = "an HTTP proxy is set for 127.0.0.1 too, where the backend is"
        return Finding("loopback", "weak", detail, "export NO_PROXY=127.0.0.1,localhost")
    return Finding("loopback", "ok", "127.0.0.1 answers")


def port() -> Finding:
    """The backend's port: free, or held by our engine."""
    number = os.environ.get("LAB_PORT") or _recorded_port() or "4566"
    if not number.isdigit() or not 0 < int(number) < 65536:
        return Finding(
            "port", "missing", f"LAB_PORT is {number!r}", "set it to a number from 1 to 65535, or leave it out"
        )
    # Where nobody answers, or another program, what the socket says counts.
    if lab_health(f"http://127.0.0.1:{number}"):
        return Finding("port", "ok", f"{number}: the engine answers")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(number)))
        except OSError as error:
            fix = f"stop that program, or use another port: make lab LAB_PORT={int(number) % 65000 + 1}"
            return Finding("port", "missing", f"{number} cannot be used ({error.strerror})", fix)
    return Finding("port", "ok", f"{number} is free")


def signatures() -> Finding:
    """Whether the engine that runs verifies who calls it."""
    try:
        from helpers.backend import own_engine

        url = own_engine.address()
        told = own_engine.status(url) if url else None
    except (ModuleNotFoundError, LabError):  # there is no .venv yet, or LAB_PORT is none: other checks say so
        url = told = None
    if url is None:
        return Finding("signatures", "ok", "no engine runs whose clients could be anybody")
    verified = (told or {}).get("features", {}).get("auth")
    if verified is None:
        fix = "stop the engine and start it again: make down up"
        return Finding("signatures", "weak", f"the engine at {url} does not say whether it verifies them", fix)
    if verified:
        return Finding("signatures", "ok", f"the engine at {url} verifies who calls it")
    detail = f"NOT verified by the engine at {url} (LAB_AUTH=off): every program here is root in every account"
    return Finding("signatures", "weak", detail, "unset LAB_AUTH, then start the engine again: make down up")


def isolation() -> Finding:
    """Whether functions are kept apart from the learner's files, as the engine's own probe finds."""
    command = [str(ENGINE / "bin" / "python"), "-m", "helpers.engine.execution.probe"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, cwd=ROOT)
        told = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Finding("isolation", "missing", "cannot be tried out", "run `make setup`")
    if told["isolation"] == "none":
        what, _, fix = told["reason"].partition(": ")
        return Finding("isolation", "missing", what, fix)
    if told["isolation"] == "namespaces":
        return Finding("isolation", "ok", "each function runs in namespaces of its own and cannot see your files")
    detail = f"functions are ordinary processes that can read your files: {told['reason']}"
    return Finding("isolation", "weak", detail, "the labs work all the same; run only code that you trust")


def folder() -> Finding:
    """Whether state can be written."""
    home = lab_home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=home):
            pass
    except OSError as error:
        fix = "make it writable, or name another folder: export LAB_HOME=/path"
        return Finding("folder", "missing", f"{home} cannot be written to ({error.strerror})", fix)
    return Finding("folder", "ok", f"{home} can be written to")


def disk() -> Finding:
    """Free space where state is kept."""
    home = lab_home()
    free = shutil.disk_usage(next(path for path in (home, *home.parents) if path.exists())).free / GB
    state: State = "ok" if free > 2 else "weak" if free > 0.5 else "missing"
    return Finding("disk", state, f"{free:.1f} GB free", "" if state == "ok" else "free some space: 2 GB are enough")


def memory() -> Finding:
    """Available memory: the engine takes up to 0.5 GB, JupyterLab 0.3 GB, functions their own."""
    free = available_memory()
    if free is None:
        return Finding("memory", "ok", "not known on this system")
    enough = free > 1 * GB
    detail = f"{free / GB:.1f} GB available"
    return Finding(
        "memory", "ok" if enough else "weak", detail, "" if enough else "close some programs: 1 GB is enough"
    )


def widgets() -> Finding:
    """Whether JupyterLab has what it needs to show widgets."""
    extension = VENV / "share" / "jupyter" / "labextensions" / "@jupyter-widgets" / "jupyterlab-manager"
    if extension.exists() and (site_packages(VENV) / "anywidget").exists():
        return Finding("widgets", "ok", "JupyterLab's widget manager is installed")
    return Finding("widgets", "missing", "JupyterLab's widget manager is not installed", "run `make clean setup`")


def available_memory(proc: Path = Path("/proc"), cgroup: Path = Path("/sys/fs/cgroup")) -> "int | None":
    """Return the bytes that programs can still get, the limit of a container considered; None if not known."""
    limits = []
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = (proc / "meminfo").read_text().splitlines()
        limits.append(int(next(line for line in lines if line.startswith("MemAvailable")).split()[1]) * 1024)
    with contextlib.suppress(OSError, ValueError):  # "max" where there is no limit
        limits.append(int((cgroup / "memory.max").read_text()) - int((cgroup / "memory.current").read_text()))
    return min(limits, default=None)


def _recorded_port() -> "str | None":
    try:
        port = read_json(lab_home() / "engine.json")["port"]  # type: ignore[index] # caught below if it is no object
        return str(port) if type(port) is int and 0 < port < 65536 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


CHECKS: tuple[Callable[[], Finding], ...] = (
    python, setup, nodejs, widgets, loopback, port, folder, disk, memory, signatures, isolation
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(print_findings())
