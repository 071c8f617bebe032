"""`GET /_lab/status`: what this engine is, what it can do, and which environments are alive; for its owner.

`GET /_lab/health` is for everybody: that this is our engine, and on which backend.
"""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from localstack.http import Request, Response, route
from localstack.services.edge import ROUTER

from helpers.backend import credentials

from .. import settings
from ..execution import environment, interpreters, reserves, zygote_client
from ..execution.sandbox import processes
from ..execution.sandbox.protocol import Hello
from ..iam import access_keys

# Those that a function may be created with (Developer Guide, "Lambda runtimes", 2026-11).
RUNTIMES = ("python3.10", "python3.11", "python3.12", "python3.13", "python3.14", "nodejs22.x", "nodejs24.x")
STARTED = datetime.now(UTC).isoformat(timespec="seconds")


def serve() -> None:
    """Add the endpoints to LocalStack's router."""
    ROUTER.add(Status())


class Status:
    """The engine's own endpoints."""

    @route("/_lab/health", methods=["GET"])
    def health(self, request: Request) -> Response:
        """Answer as our engine, without authentication; `X-Lab-Nonce` is answered with a proof."""
        said = {"engine": "lambda-labs", "backend": backend()}
        if nonce := request.headers.get("X-Lab-Nonce"):
            said["answer"] = credentials.answer(access_keys.engine_secret(), nonce)
        return Response.for_json(said)

    @route("/_lab/status", methods=["GET"])
    def get(self, request: Request) -> Response:
        """Answer with the `snapshot`."""
        return Response.for_json(snapshot())


def backend() -> str:
    """Return which of the labs' backends this is: `embedded` or `docker`."""
    return "embedded" if settings.current().listen == settings.LOOPBACK else "docker"


def snapshot() -> dict[str, Any]:
    """Return the status. Memory in bytes: the engine and its zygotes; functions and reserves are listed apart."""
    chosen = settings.current()
    zygotes = zygote_client.running()
    how = next((zygote.hello for zygote in zygotes if zygote.hello), None) or _probe()
    own = [os.getpid(), *(zygote.process.pid for zygote in zygotes if zygote.process)]
    return {
        "version": settings.LOCALSTACK_VERSION,
        "engine": chosen.version,
        "backend": backend(),
        "pid": os.getpid(),
        "started": STARTED,
        "memory": sum(map(processes.resident_bytes, own)),
        "environments": [
            {
                "function": one.runtime.configuration.function,
                "version": one.runtime.configuration.version,
                "id": one.id,
                "state": "busy" if one.is_busy else "idle",
                "pid": one.runtime.pid,
                "memory": _tree_bytes(one.runtime.pid),
            }
            for one in environment.alive()
        ],
        "reserves": [{"pid": one.pid, "memory": _tree_bytes(one.pid)} for one in reserves.waiting()],
        "features": {
            "layers": True,
            "iam": chosen.iam,
            "auth": chosen.auth,
            "dynamodb": "moto",
            "isolation": how.isolation,
            "isolation_reason": how.reason,
            "cpu_share": chosen.limit_cpu,
            "python": platform.python_version(),
            "nodejs": interpreters.own_node(chosen).release,
            "instead": instead(chosen),
        },
    }


def _tree_bytes(supervisor: int) -> int:
    return sum(map(processes.resident_bytes, processes.descendants(supervisor))) if supervisor else 0


@lru_cache
def _probe() -> Hello:
    return zygote_client.probe(settings.current())


@lru_cache
def instead(chosen: settings.Settings) -> list[str]:
    """Return a sentence for each of AWS's runtimes whose interpreter is not on this machine."""
    return [said for runtime in RUNTIMES if (said := interpreters.instead(runtime, chosen))]
