"""How long a call takes: the no-op, a warm invocation, a cold one."""

from collections.abc import Callable, Sequence

from tests.tools.bench.client import Server, timed
from tests.tools.bench.engines import progress
from tests.tools.bench.table import Results

KINDS = ("Python", "Python, logs a line", "Node.js")
COLD_FUNCTIONS = 10


def measure_warm(results: Results, servers: Sequence[Server], rounds: int, calls: int) -> None:
    """No-op and warm invocations in turn, `calls` of each in all."""
    probes: dict[Server, dict[tuple[str, str], Callable[[], None]]] = {server: {} for server in servers}

    def add(server: Server, what: str, floor: str, make: Callable[[], Callable[[], None]]) -> None:
        with results.row(what, server.name, "ms", floor):
            probe = make()
            for _ in range(10):  # the first calls load code, open connections, start an environment
                probe()
            probes[server][what, floor] = probe

    for client in ("boto3", "plain HTTP"):
        for server in servers:
            floor = f"no-op call, {client}"
            plain = client != "boto3"
            add(server, floor, "", lambda s=server, p=plain: s.plain("GetAccountSettings", s.noop) if p else s.noop)
            for kind in KINDS:

                def warm(server=server, kind=kind, plain=plain):
                    function = server.deploy(kind)
                    return server.plain_invoke(function) if plain else lambda: server.invoke(function)

                add(server, f"warm invoke, {client}: {kind}", floor, warm)
    for index in range(rounds):
        progress(f"latencies, round {index + 1} of {rounds}")
        for server in servers:
            for _ in range(-(-calls // rounds)):
                for (what, floor), probe in probes[server].items():
                    if not results.failed(what, server.name):
                        with results.row(what, server.name, "ms", floor) as values:
                            values.append(1000 * timed(probe))


def measure_cold(results: Results, servers: Sequence[Server]) -> None:
    """The first ever call of functions that were created before; boto3's connection is open already."""
    for kind in ("Python", "Node.js"):
        what = f"cold invoke: {kind}"
        progress(what)
        waiting: dict[Server, list[str]] = {server: [] for server in servers}
        for server in servers:
            with results.row(what, server.name, "ms", "no-op call, boto3"):
                waiting[server] += [server.deploy(kind) for _ in range(COLD_FUNCTIONS)]
        while any(waiting.values()):
            for server in servers:
                if waiting[server]:
                    function = waiting[server].pop()
                    if not results.failed(what, server.name):
                        with results.row(what, server.name, "ms", "no-op call, boto3") as values:
                            values.append(1000 * timed(server.invoke, function))
