"""Paths of the environments and of their lock files, and the fingerprint of what each environment must hold."""

import hashlib
import json
import platform
import re
import sys
import tomllib
from pathlib import Path

from helpers.state.home import ROOT

VENV = ROOT / ".venv"
ENGINE = ROOT / ".engine"
PYTHON_RUNTIME = ENGINE / "runtimes" / "python"
NODEJS_RUNTIME = ENGINE / "runtimes" / "nodejs"
DURABLE = ENGINE / "durable"
NODEJS22 = ENGINE / "runtimes" / "nodejs22"
INTERPRETERS = ENGINE / "runtimes" / "interpreters"
LAB_PACKAGES = ENGINE / "lab-packages"
BUNDLE = ROOT / "bundle"

REQUIREMENTS = ROOT / "requirements.txt"
ENGINE_SOURCES = ROOT / "helpers" / "engine"
RUNTIME_SOURCES = ENGINE_SOURCES / "execution" / "runtimes"
ENGINE_REQUIREMENTS = ENGINE_SOURCES / "requirements.txt"
DURABLE_REQUIREMENTS = ENGINE_SOURCES / "durable.txt"
NODEJS_REQUIREMENTS = ENGINE_SOURCES / "nodejs.txt"
NODEJS22_REQUIREMENTS = ENGINE_SOURCES / "nodejs22.txt"
PYTHON_RUNTIME_REQUIREMENTS = RUNTIME_SOURCES / "python" / "requirements.txt"
PYTHON39_RUNTIME_REQUIREMENTS = RUNTIME_SOURCES / "python" / "requirements39.txt"
NODEJS_RUNTIME_PACKAGE = RUNTIME_SOURCES / "nodejs" / "package.json"
NODEJS_RUNTIME_LOCK = RUNTIME_SOURCES / "nodejs" / "package-lock.json"
BUILD_REQUIREMENTS = ROOT / "helpers" / "setup" / "build.txt"
LAB_REQUIREMENTS = ROOT / "helpers" / "packages" / "requirements.txt"
LAB_PACKAGE = ROOT / "helpers" / "packages" / "package.json"
LAB_PACKAGE_LOCK = ROOT / "helpers" / "packages" / "package-lock.json"
BUNDLER_PACKAGE = ROOT / "helpers" / "packages" / "esbuild" / "package.json"
BUNDLER_PACKAGE_LOCK = ROOT / "helpers" / "packages" / "esbuild" / "package-lock.json"
LAB_PROJECTS = {LAB_PACKAGE: LAB_PACKAGE_LOCK, BUNDLER_PACKAGE: BUNDLER_PACKAGE_LOCK}

RECIPE = 6  # raise it when the steps change in a way that calls for building again


def base_python() -> str:
    """Return the interpreter itself, also when a virtual environment around it is what runs."""
    return getattr(sys, "_base_executable", None) or sys.executable


def python_in(environment: Path) -> Path:
    """Return the Python of a virtual environment."""
    return environment / "bin" / "python"


def site_packages(environment: Path) -> Path:
    """Return the site-packages folder of a virtual environment made with the Python that runs now."""
    return environment / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def uv_requirement(requirements: Path = REQUIREMENTS) -> str:
    """Return the learner lock's entry for uv (``uv==…`` and hashes), which has to be installed before the rest."""
    found = re.search(r"^uv==.*(?:\n +--hash=.*)+\n", requirements.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"{requirements.name} pins no uv, or has no hash of it")
    return found[0]


def uv_version() -> str:
    """Return the release of uv that is pinned."""
    return uv_requirement().split()[0].removeprefix("uv==")


def fingerprint(*files: Path, project: bool = False, also: "list[str] | None" = None) -> str:
    """Return the fingerprint of an environment made from these files, by this Python, in this place (for scripts hold
    absolute paths).

    With ``project``, name, version and entry points of this package count too, for it is installed in the environment.
    ``also`` is what else it depends on.
    """
    python = [sys.version, sys.base_prefix, platform.system(), platform.machine()]
    parts = [str(RECIPE), str(ROOT), *python, *(path.read_text() for path in files), *(also or [])]
    if project:
        parts.append(json.dumps(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"], sort_keys=True))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
