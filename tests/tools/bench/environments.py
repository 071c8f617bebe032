"""What many execution environments cost that are kept warm and have nothing to do: 200 functions with 5 each.

An engine without any takes turns with the one that keeps them, as in `growth`.
"""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from helpers.backend.credentials import read_secret
from helpers.backend.health import lab_status
from helpers.backend.launch import Record
from tests.tools.bench.client import EVENT, Server
from tests.tools.bench.engines import progress, running
from tests.tools.bench.growth import LOGGING, Grower, compare
from tests.tools.bench.table import MB, Results
from tests.tools.bench.usage import engine_memory, function_memory, processor_time

FUNCTIONS, EACH = 200, 5
WAITING = "Python, waits"
AT_ONCE = 4  # functions whose environments are started at the same time
IDLE_SECONDS = 10.0


def measure(results: Results, home: Path, calls: int) -> None:
    """Rows as `growth` has them, and what the environments take while nobody calls them."""
    with running(home / "kept-0") as (first, small), running(home / "kept") as (kept, large):
        pair = Grower(first, small.pid, first.deploy(LOGGING)), Grower(kept, large.pid, kept.deploy(LOGGING))
        names = [kept.deploy(WAITING) for _ in range(FUNCTIONS)]
        what = f"{FUNCTIONS * EACH:,} environments kept warm"
        progress(what)
        began = time.perf_counter()
        with results.row(f"{what}: started in", "ours", "s") as values:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda name: _start(kept, name), names))
            values.append(time.perf_counter() - began)
            _require(large, home / "kept", names)
        compare(results, what, pair, calls)
        _measure_idle(results, what, large.pid)


def _start(server: Server, function: str) -> None:
    """So many invocations at once that each finds the others' environments busy."""
    event = json.dumps({**json.loads(EVENT), "wait": 1.0})
    with ThreadPoolExecutor(EACH) as pool:
        list(pool.map(lambda _: server.invoke(function, event), range(EACH)))


def _require(record: Record, home: Path, names: list[str]) -> None:
    """Raises: RuntimeError if one of the functions has fewer environments."""
    found = Counter(one["function"] for one in lab_status(record.endpoint, read_secret(home))["environments"])
    if missing := [name for name in names if found[name] < EACH]:
        raise RuntimeError(f"{len(missing)} of {len(names)} functions have fewer than {EACH} environments")


def _measure_idle(results: Results, what: str, engine: int) -> None:
    before = processor_time(engine)
    time.sleep(IDLE_SECONDS)
    used = processor_time(engine) - before
    for whose, seconds in (("engine", used.engine), ("functions", used.functions)):
        with results.row(f"{what}: processor time of the {whose}, idle, of a core", "ours", "%") as values:
            values.append(100 * seconds / IDLE_SECONDS)
    with results.row(f"{what}: memory of the functions", "ours", "MB") as values:
        values.append(function_memory(engine) / MB)
    with results.row(f"{what}: memory of the engine", "ours", "MB") as values:
        values.append(engine_memory(engine) / MB)
    with results.row(f"{what}: threads of the engine", "ours", "") as values:
        values.append(psutil.Process(engine).num_threads())
