"""The engine whose random secret is in the labs' folder: its address, its secret, its status.

That is the embedded engine of this folder. In our image it is the engine in the container beside JupyterLab's, whose
`credentials` folder is mounted into this one (docker-compose.yml). The secret itself is sent to nobody (`health`).
"""

import os
from collections.abc import Mapping
from typing import Any

from helpers.backend import health
from helpers.backend.credentials import ensure_secret, read_secret, secret_file
from helpers.backend.engine import DEFAULT_PORT, Engine
from helpers.errors import EngineError

IMAGE = "LAB_LISTEN"  # set in our image and nowhere else (Dockerfile)


def default_endpoint(environ: Mapping[str, str] = os.environ) -> str:
    """Return the URL at which the embedded engine, or our container, would answer."""
    return f"http://127.0.0.1:{Engine(environ=environ).asked_port() or DEFAULT_PORT}"


def address(environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the URL of our own engine, None if it does not run. No request is sent."""
    if record := Engine(environ=environ).running():
        return record.endpoint
    return default_endpoint(environ) if IMAGE in environ else None


def recognize(endpoint: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the URL of our own engine if `endpoint` is that, perhaps by the name localhost, else None."""
    own = address(environ)
    return own if own and endpoint.rstrip("/").replace("//localhost:", "//127.0.0.1:") == own else None


def random_secret(environ: Mapping[str, str] = os.environ) -> str:
    """Return the random secret of our own engine; make it first if the engine does not run yet.

    Raises: EngineError if a running engine's cannot be read, LabError if it cannot be written.
    """
    engine = Engine(environ=environ)
    if address(environ) is None:
        return ensure_secret(engine.home)
    if known := read_secret(engine.home):
        return known
    raise EngineError(
        f"{secret_file(engine.home)}, the secret of the running engine, cannot be read: "
        "stop the engine and start it again ('python -m helpers down', 'python -m helpers up')."
    )


def status(endpoint: str, environ: Mapping[str, str] = os.environ) -> dict[str, Any] | None:
    """Return the status of the engine at `endpoint`; None if it is not our own, or does not answer."""
    own, secret = recognize(endpoint, environ), read_secret(Engine(environ=environ).home)
    return health.lab_status(own, secret) if own and secret else None
