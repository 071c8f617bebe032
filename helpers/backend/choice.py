"""The choice of a backend, from the environment and from what runs on this machine.

| backend  | chosen by                                             |
|----------|-------------------------------------------------------|
| embedded | nothing set, or LAB_BACKEND=embedded                  |
| docker   | LAB_BACKEND=docker, or our container on the labs' port|
| endpoint | AWS_ENDPOINT_URL                                      |
| aws      | LAB_BACKEND=aws and a typed confirmation              |
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.backend import own_engine
from helpers.backend.engine import Engine
from helpers.backend.health import healthy, lab_health
from helpers.errors import BackendError

BACKENDS = ("embedded", "docker", "endpoint", "aws")
SET_BY_US = "LAB_ENDPOINT"  # the AWS_ENDPOINT_URL that a Lab of this kernel has set


@dataclass(frozen=True)
class Choice:
    """A backend that was chosen: its name, and its URL (None: the embedded engine, not looked for yet, or AWS)."""

    backend: str
    endpoint: str | None = None


@dataclass(frozen=True)
class Running(Choice):
    """A local backend that answers, with its URL."""

    endpoint: str


def choose(environ: Mapping[str, str] = os.environ) -> Choice:
    """Choose the backend from the environment alone; nothing is asked or started.

    Raises: BackendError for an unknown LAB_BACKEND or one that lacks its setting.
    """
    backend = environ.get("LAB_BACKEND", "")
    endpoint = environ.get("AWS_ENDPOINT_URL", "")
    if endpoint and endpoint == environ.get(SET_BY_US):
        endpoint = ""
        if backend == "aws":
            raise BackendError("This kernel already talks to the local backend: restart it to use AWS.")
    if backend and backend not in BACKENDS:
        raise BackendError(f"LAB_BACKEND is {backend!r}: set it to one of {', '.join(BACKENDS)}, or unset it.")
    if backend == "aws" and endpoint:  # boto3 would follow it, and what is called AWS would be something else
        raise BackendError("LAB_BACKEND is 'aws' and AWS_ENDPOINT_URL is set: unset one of them.")
    if backend == "endpoint" and not endpoint:
        raise BackendError("LAB_BACKEND is 'endpoint' but AWS_ENDPOINT_URL is not set: set it to the backend's URL.")
    if endpoint and backend in ("", "docker", "endpoint"):
        if not re.fullmatch(r"https?://[^/\s]+/?", endpoint):
            raise BackendError(f"AWS_ENDPOINT_URL is {endpoint!r}: set it to a URL such as http://127.0.0.1:4566.")
        return Choice(backend or "endpoint", endpoint.rstrip("/"))
    if backend == "docker":
        return Choice("docker", own_engine.default_endpoint(environ))
    return Choice(backend or "embedded")


def attach(choice: Choice, environ: Mapping[str, str]) -> Running:
    """Return the local backend that answers; start the embedded engine if need be, and say so.

    Raises: BackendError if a backend that is not ours to start does not answer.
    """
    found = find_running(choice, environ)
    if found is not None and found.backend != "embedded":
        return found
    if choice.endpoint is None:
        if found is None:
            print("Starting the backend takes a few seconds; an interrupt cancels it.", flush=True)
        return Running("embedded", Engine(environ=environ).up().endpoint)
    hint = "run 'docker compose up'" if choice.backend == "docker" else "start it, or unset AWS_ENDPOINT_URL"
    raise BackendError(f"No LocalStack answers at {choice.endpoint}: {hint}.")


def find_running(choice: Choice, environ: Mapping[str, str]) -> Running | None:
    """Return the local backend of `choice` with the endpoint at which it runs, None if it does not; start nothing.

    Where nothing was chosen, our container counts as well. `choice` must not be aws.
    """
    endpoint = choice.endpoint
    if endpoint is None:
        if record := Engine(environ=environ).running():
            return Running("embedded", record.endpoint)
        endpoint = own_engine.default_endpoint(environ)
        return Running("docker", endpoint) if _in_docker(endpoint) else None
    endpoint = own_engine.recognize(endpoint, environ) or endpoint  # localhost may be ::1, where another one listens
    if _in_docker(endpoint):
        return Running("docker", endpoint)
    return Running(choice.backend, endpoint) if healthy(endpoint) else None


def _in_docker(endpoint: str) -> bool:
    return (lab_health(endpoint) or {}).get("backend") == "docker"
