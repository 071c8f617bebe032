"""The status of the backend in words: for `python -m helpers status`."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from helpers.backend import own_engine, processes
from helpers.backend.choice import Choice, choose, find_running
from helpers.backend.engine import Engine
from helpers.backend.features import accepts
from helpers.backend.health import get_json, lab_health

NOTHING_RUNS = 3  # exit code, as for `systemctl status`
AUTH = {
    True: "on: requests are signed with an account's secret access key",
    False: "OFF (LAB_AUTH=off): every secret is accepted, so every program on this machine is root in every account",
    None: "unknown",
}


def lines(choice: Choice | None = None, engine: Engine | None = None) -> tuple[int, str]:
    """Return the exit code and the text that `status` prints. Starts nothing."""
    choice = choice or choose()
    if choice.backend == "aws":
        return 0, "backend    aws: the AWS account of your credentials"
    endpoint, memory = choice.endpoint, None
    if endpoint is None:
        record = (engine or Engine()).running()
        if record is not None:
            endpoint = record.endpoint
            memory = processes.resident_bytes(processes.family(record.pid))
        elif found := find_running(choice, os.environ):  # our container: the labs attach to it
            choice, endpoint = found, found.endpoint
        else:
            return NOTHING_RUNS, "No engine is running: start it with 'make up'."
    told = own_engine.status(endpoint)
    health = get_json(endpoint, "/_localstack/health")
    if told is None and health is None:
        return NOTHING_RUNS, f"Nothing answers at {endpoint}: start it, or read its log."
    if told is None and lab_health(endpoint):  # an engine like ours, whose secret we do not have
        accepted = accepts(endpoint, "test", "unknown")
        told = {"features": {"auth": None if accepted is None else not accepted}}
    return 0, "\n".join(f"{head:<10} {text}" for head, text in _facts(choice, endpoint, told or {}, health, memory))


def _facts(
    choice: Choice, endpoint: str, told: Mapping[str, Any], health: Mapping[str, Any] | None, memory: int | None
) -> Iterator[tuple[str, str]]:
    yield "backend", choice.backend
    yield "version", f"LocalStack {told.get('version') or (health or {}).get('version', 'unknown')}"
    yield "endpoint", endpoint
    yield "port", endpoint.rpartition(":")[2]
    if "features" in told:
        yield "auth", AUTH[told["features"].get("auth")]
    total = memory or told.get("memory")
    if total:
        yield "memory", f"{total / 1e6:.0f} MB, functions included"
    for number, sentence in enumerate(told.get("features", {}).get("instead", [])):
        yield "" if number else "runtimes", sentence
    alive = told.get("environments", [])
    yield "functions", f"{len(alive)} environments alive" if "environments" in told else "unknown"
    for environment in alive:
        yield "", f"{environment['function']}  {environment['state']}  {environment['memory'] / 1e6:.0f} MB"
    if reserves := told.get("reserves"):
        yield "", f"{len(reserves)} in reserve  {sum(one['memory'] for one in reserves) / 1e6:.0f} MB"
