"""How long the engine takes to start, and to the first answer of the first function."""

import time
from pathlib import Path

from helpers.backend.engine import Engine
from tests.tools.bench.client import Server, own_secret
from tests.tools.bench.engines import environ, progress
from tests.tools.bench.table import Results
from tests.tools.ports import free_port


def measure(results: Results, home: Path, starts: int) -> None:
    """`starts` times an engine that was never there, and the first function on it."""
    for index in range(starts):
        engine = Engine(home / f"start-{index}", environ=environ())
        progress(f"start {index + 1} of {starts}")
        begin = time.perf_counter()
        try:
            with results.row("engine start to first answer", "ours", "s") as values:
                engine.up(free_port())
                values.append(time.perf_counter() - begin)
            if record := engine.running():
                with results.row("engine start to first hello (role, function, invoke)", "ours", "s") as values:
                    server = Server("ours", record.endpoint, own_secret(engine.home))
                    server.invoke(server.deploy("Python"))
                    values.append(time.perf_counter() - begin)
        finally:
            engine.down()
