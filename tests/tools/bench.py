"""`make bench`: how quick the embedded engine is; with PEER=http://127.0.0.1:PORT, beside another emulator.

Starts engines of its own (free ports, temporary folders). Latencies are taken with boto3, as in a lab, and over
plain HTTP, where the client costs next to nothing. The no-op call (GetAccountSettings) of the same client, taken
in turn with the invocations, is the floor that they are compared with. With a peer, rounds alternate (ours, peer,
ours, peer...), so that whatever else the machine does hits both alike.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_client import FUNCTIONS, RoleSession, Server, own_secret, rate, timed
from bench_table import Results, table
from ports import free_port

from helpers.backend.credentials import read_secret
from helpers.backend.engine import Engine
from helpers.backend.health import lab_status
from helpers.backend.processes import family, resident_bytes

MB = 1_000_000  # bytes
COLD_FUNCTIONS = 10
CLIENTS = (1, 4, 16)
BLOCK = 30  # calls of each kind whose median is one value of the authorization rows


def measure_starts(results: Results, starts: int, home: Path) -> None:
    for index in range(starts):
        engine = Engine(home / f"start-{index}", environ=environ())
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


def measure_latencies(results: Results, servers: Sequence[Server], rounds: int, calls: int) -> None:
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
            for kind in FUNCTIONS:

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


def measure_authorization(results: Results, home: Path, calls: int) -> None:
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


def measure_rates(results: Results, servers: Sequence[Server], rounds: int, seconds: float) -> None:
    kinds = ("Python", "Python, logs a line")
    functions: dict[tuple[Server, str], str] = {}
    for index in range(rounds):
        progress(f"invocations per second, round {index + 1} of {rounds}")
        for kind in kinds:
            for clients in CLIENTS:
                what = f"invocations, {clients} client{'s' * (clients > 1)}: {kind}"
                for server in servers:
                    if results.failed(what, server.name):
                        continue
                    with results.row(what, server.name, "/s") as values:
                        if (server, kind) not in functions:
                            functions[server, kind] = server.deploy(kind)
                        function = functions[server, kind]
                        values.append(rate(lambda s=server, f=function: s.plain_invoke(f), clients, seconds))


def measure_memory(results: Results, engine: Engine, when: str) -> None:
    """Resident memory. Of the tree, pages that processes share count once for each of them."""
    record = engine.running()
    with results.row(f"engine memory, {when}", "ours", "MB") as values:
        values.append(lab_status(record.endpoint, read_secret(engine.home))["memory"] / MB)
    with results.row(f"engine and functions, process tree, {when}", "ours", "MB") as values:
        values.append(resident_bytes(family(record.pid)) / MB)


def environ() -> dict[str, str]:
    """What an engine here may know of our environment: not the learner's port or folder."""
    return {name: value for name, value in os.environ.items() if not name.startswith("LAB_")}


def progress(text: str) -> None:
    print(f"... {text}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all values there too")
    parser.add_argument("--peer", default=os.environ.get("PEER", ""), metavar="URL", help="another emulator (or PEER)")
    parser.add_argument("--calls", type=int, default=300, help="calls of each latency row (300)")
    parser.add_argument("--starts", type=int, default=5, help="engine starts (5)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, ours and peer in turn (3)")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one invocations/s measurement (2)")
    chosen = parser.parse_args(arguments)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # a profile or a proxy of the learner's has no business here
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"

    results = Results()
    before = os.getloadavg()[0]
    peers = [Server("peer", chosen.peer.rstrip("/"))] if chosen.peer else []
    for peer in peers:
        try:
            peer.noop()
        except Exception as error:
            print(f"No emulator answers at {chosen.peer} ({error}): start it, or leave PEER out.", file=sys.stderr)
            return 2
    # Short: the engine keeps sockets below it, whose paths may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as folder:
        progress(f"{chosen.starts} starts")
        measure_starts(results, chosen.starts, Path(folder))
        measure_authorization(results, Path(folder), 3 * chosen.calls)
        engine = Engine(Path(folder) / "run", environ=environ())
        try:
            record = engine.up(free_port())
            time.sleep(2)  # what it does after its first answer counts as idle memory too
            measure_memory(results, engine, "before any call")
            both = [Server("ours", record.endpoint, own_secret(engine.home)), *peers]
            measure_latencies(results, both, chosen.rounds, chosen.calls)
            measure_cold(results, both)
            measure_rates(results, both, chosen.rounds, chosen.seconds)
            measure_memory(results, engine, "after the run")
        finally:
            engine.down()
            for peer in peers:
                try:
                    peer.clean_up()
                except Exception as error:  # the figures are worth more than a tidy peer
                    progress(f"{peer.prefix}* is left at {chosen.peer}: {error}")
    load = f"load average {before:.1f} before, {os.getloadavg()[0]:.1f} after (this run included)"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}; {load}\n\n{table(results, ['ours', *(peer.name for peer in peers)])}")
    if chosen.json:
        facts = {"machine": machine, "load": load, "peer": chosen.peer or None, "time": time.time()}
        chosen.json.write_text(json.dumps({**facts, "rows": results.as_json()}, indent=1) + "\n", encoding="utf-8")
    return 1 if results.failures else 0


if __name__ == "__main__":
    sys.exit(main())
