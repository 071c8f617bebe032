"""The classroom's settings, read from the environment."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from classroom.places import HUB
from helpers.errors import LabError
from helpers.state.home import write_atomically

ENGINES = ("own", "shared")


@dataclass(frozen=True)
class Settings:
    """What `make classroom` was told.

    `port`: of the address in the browser, the three after it are taken, too. `engine`: own, one for each attendee, or
    shared. `memory`: bytes for each attendee. `idle`: seconds until a server that nobody uses is stopped. `host`: the
    URL of a front with TLS, below whose name every attendee has a name ("" for none).
    """

    port: int = 8000
    engine: str = "own"
    memory: int = 2_000_000_000
    idle: int = 3600
    host: str = ""

    @property
    def address(self) -> str:
        """What attendees open in their browsers."""
        return self.host or f"http://localhost:{self.port}"


def from_environ(environ: Mapping[str, str]) -> Settings:
    """Read CLASSROOM_PORT, …_ENGINE, …_MEMORY (MB), …_IDLE (seconds), …_HOST. Raises: LabError for a wrong one."""
    engine, host = environ.get("CLASSROOM_ENGINE") or "own", environ.get("CLASSROOM_HOST", "").rstrip("/")
    if engine not in ENGINES:
        raise LabError(f"CLASSROOM_ENGINE is {engine!r}: set it to {' or '.join(ENGINES)}.")
    if host and not re.fullmatch(r"https?://[^/\s]+", host):
        raise LabError(f"CLASSROOM_HOST is {host!r}: set it to a URL such as https://labs.example.")
    port = _number(environ, "CLASSROOM_PORT", 8000, 65532)
    return Settings(
        port,
        engine,
        1_000_000 * _number(environ, "CLASSROOM_MEMORY", 2000),
        _number(environ, "CLASSROOM_IDLE", 3600),
        host,
    )


def _number(environ: Mapping[str, str], name: str, default: int, most: int = 10**9) -> int:
    text = environ.get(name) or str(default)
    if not re.fullmatch("[0-9]{1,9}", text) or not 0 < int(text) <= most:
        raise LabError(f"{name} is {text!r}: set it to a number from 1 to {most}.")
    return int(text)


def token(folder: Path = HUB) -> str:
    """Return the token with which our own commands call JupyterHub's API; make it first if there is none."""
    file = folder / "token"
    if not file.exists():
        write_atomically(file, secrets.token_hex(32))
        file.chmod(0o600)
    return file.read_text()
