"""What a call costs as work grows: more functions, log events, roles.

Two engines take turns, call by call: one stays as it was at first, the other grows. So a value is the ratio of the two
at the same time, and what else the machine does hits both alike.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.tools.bench.client import TRUST, Server, timed
from tests.tools.bench.engines import progress, running
from tests.tools.bench.table import Results
from tests.tools.bench.usage import processor_time

FUNCTIONS = (10, 100, 1_000)
LOG_EVENTS, ROLES = 100_000, 1_000
LOGGING = "Python, logs a line"
BLOCK = 30  # calls of each engine of which one value is made


@dataclass(frozen=True)
class Grower:
    """An engine, and the function in it that is invoked."""

    server: Server
    pid: int
    invoked: str


def measure(results: Results, home: Path, calls: int) -> None:
    """A row for each stage and each kind of call: `calls` of each, in multiples of what the first stage costs."""
    with running(home / "grown-0") as (first, small), running(home / "grown") as (grown, large):
        pair = Grower(first, small.pid, first.deploy(LOGGING)), Grower(grown, large.pid, grown.deploy(LOGGING))
        _functions(first, FUNCTIONS[0])
        for stage, grow in _stages(pair[1]):
            progress(f"growth: {stage}")
            grow()
            compare(results, stage, pair, calls)


def _stages(of: Grower) -> Iterator[tuple[str, Callable[[], None]]]:
    for count in FUNCTIONS:
        yield f"{count:,} functions", lambda count=count: _functions(of.server, count)
    yield f"{LOG_EVENTS:,} log events", lambda: _log_events(of)
    yield f"{ROLES:,} roles", lambda: _roles(of.server)


def _functions(server: Server, count: int) -> None:
    while len(server.functions) < count:
        server.deploy(LOGGING)


def _log_events(of: Grower) -> None:
    """In a stream of its own of the group of the function that is invoked."""
    of.server.invoke(of.invoked)
    time.sleep(1)  # its first lines make the group
    target = {"logGroupName": f"/aws/lambda/{of.invoked}", "logStreamName": "bench"}
    of.server.logs.create_log_stream(**target)
    for _ in range(LOG_EVENTS // 10_000):  # as many as one call takes
        now = int(time.time() * 1000)
        events = [{"timestamp": now, "message": f"line {index} of something that happened"} for index in range(10_000)]
        of.server.logs.put_log_events(**target, logEvents=events)


def _roles(server: Server) -> None:
    for index in range(ROLES):
        server.iam.create_role(RoleName=f"{server.prefix}-{index}", AssumeRolePolicyDocument=TRUST)


def compare(results: Results, stage: str, pair: tuple[Grower, Grower], calls: int) -> None:
    """Add the rows of one stage: time and the engine's processor time, of the second to the first of `pair`."""
    probes = {
        "no-op": [of.server.plain("GetAccountSettings", of.server.noop) for of in pair],
        "warm invoke": [of.server.plain_invoke(of.invoked) for of in pair],
    }
    for what, calling in probes.items():
        with (
            results.row(f"{what}, {stage}", "ours", "x") as times,
            results.row(f"{what}, {stage}: processor time", "ours", "x") as costs,
        ):
            in_turn(calling)  # warms up
            for _ in range(max(1, calls // BLOCK)):
                before = [processor_time(of.pid).engine for of in pair]
                first, grown = in_turn(calling)
                used = [processor_time(of.pid).engine - began for of, began in zip(pair, before, strict=True)]
                times.append(grown / first)
                costs.append(used[1] / used[0])


def in_turn(calling: list[Callable[[], None]]) -> list[float]:
    """The median time in seconds of a call of each, taken in turn."""
    took: list[list[float]] = [[] for _ in calling]
    for index in range(BLOCK):
        for number in range(len(calling)) if index % 2 else reversed(range(len(calling))):
            took[number].append(timed(calling[number]))
    return [statistics.median(times) for times in took]
