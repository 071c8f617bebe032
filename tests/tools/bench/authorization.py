"""What deciding costs a request."""

import statistics
from collections.abc import Callable
from pathlib import Path

from helpers.backend.engine import Engine
from tests.tools.bench.client import RoleSession, Server, own_secret, timed
from tests.tools.bench.engines import environ, progress
from tests.tools.bench.table import Results
from tests.tools.ports import free_port

BLOCK = 30  # calls of each kind whose median is one value


def measure(results: Results, home: Path, calls: int) -> None:
    """What deciding costs a request: the no-op call on an engine with LAB_IAM=on less that on one with LAB_IAM=off.

    The two take turns, call by call. A value is the difference of the medians of thirty calls each: what else the
    machine does hits single calls far harder than what is measured here.
    """
    progress("authorization, on and off in turn")
    engines = {mode: Engine(home / mode, environ={**environ(), "LAB_IAM": mode}) for mode in ("on", "off")}
    make: dict[str, Callable[[str, str], Server]] = {
        "root": lambda endpoint, secret: Server("ours", endpoint, secret),
        "role with 1 policy": lambda endpoint, secret: RoleSession("ours", endpoint, secret, 1),
        "role with 14 policies": lambda endpoint, secret: RoleSession("ours", endpoint, secret, 14),
    }
    try:
        endpoints = {mode: engine.up(free_port()).endpoint for mode, engine in engines.items()}
        for who, server in make.items():
            with results.row(f"authorization of a request, {who}", "ours", "ms") as values:
                servers = {mode: server(url, own_secret(engines[mode].home)) for mode, url in endpoints.items()}
                send = {mode: made.plain("GetAccountSettings", made.noop) for mode, made in servers.items()}
                for block in range(2 + calls // BLOCK):  # the first two warm up
                    took: dict[str, list[float]] = {"on": [], "off": []}
                    for index in range(BLOCK):
                        for mode in ("on", "off") if index % 2 else ("off", "on"):
                            took[mode].append(1000 * timed(send[mode]))
                    if block >= 2:
                        values.append(statistics.median(took["on"]) - statistics.median(took["off"]))
    finally:
        for engine in engines.values():
            engine.down()
