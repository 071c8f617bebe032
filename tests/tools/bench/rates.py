"""Invocations per second of 1 to 64 clients at once, and what an invocation costs the processor."""

from collections.abc import Sequence

from tests.tools.bench.client import Load, Server, load
from tests.tools.bench.engines import progress
from tests.tools.bench.table import Results, percentile
from tests.tools.bench.usage import Usage, processor_time

CLIENTS = (1, 4, 16, 64)
SOME = 4  # at which the other rows are taken
KINDS = ("Python", "Python, logs a line")


def measure(results: Results, servers: Sequence[Server], engine: int, rounds: int, seconds: float) -> None:
    """`engine`: the process id of ours. Each value is of `seconds`, the servers in turn."""
    functions: dict[tuple[Server, str], str] = {}
    for index in range(rounds):
        progress(f"invocations per second, round {index + 1} of {rounds}")
        for kind in KINDS:
            rates: dict[tuple[Server, int], float] = {}
            for clients in CLIENTS:
                what = f"invocations, {clients} client{'s' * (clients > 1)}: {kind}"
                for server in servers:
                    if results.failed(what, server.name):
                        continue
                    with results.row(what, server.name, "/s") as values:
                        if (server, kind) not in functions:
                            functions[server, kind] = server.deploy(kind)
                        made, used = _load(server, functions[server, kind], clients, seconds, engine)
                        values.append(made.rate)
                        rates[server, clients] = made.rate
                    if clients == SOME and not results.failed(what, server.name):
                        _add_some(results, kind, server, made, used)
            for server in servers:
                if (server, SOME) in rates and (server, CLIENTS[-1]) in rates:
                    with results.row(
                        f"invocations, {CLIENTS[-1]} : {SOME} clients: {kind}", server.name, "x"
                    ) as values:
                        values.append(rates[server, CLIENTS[-1]] / rates[server, SOME])


def _load(server: Server, function: str, clients: int, seconds: float, engine: int) -> tuple[Load, Usage]:
    """What the clients saw, and the processor time of our engine from the first call that counts to the last."""
    marks: list[Usage] = []
    made = load(
        lambda: server.plain_invoke(function), clients, seconds, mark=lambda: marks.append(processor_time(engine))
    )
    return made, marks[1] - marks[0]


def _add_some(results: Results, kind: str, server: Server, made: Load, used: Usage) -> None:
    with results.row(f"p99 : p50 of a call, {SOME} clients: {kind}", server.name, "x") as values:
        values.append(percentile(made.seconds, 99) / percentile(made.seconds, 50))
    if server.name == "ours":
        for whose, spent in (("engine", used.engine), ("functions", used.functions)):
            with results.row(
                f"processor time of an invocation, {whose}, {SOME} clients: {kind}", "ours", "ms"
            ) as values:
                values.append(1000 * spent / len(made.seconds))
