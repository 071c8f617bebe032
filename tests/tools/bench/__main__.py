"""Measure, print a table; exit status 1 if a row could not be measured, 2 if the peer does not answer."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from helpers.backend.credentials import read_secret
from helpers.backend.health import lab_status
from helpers.backend.launch import Record
from tests.tools import bench
from tests.tools.bench import authorization, environments, growth, latencies, rates, sharing, starts
from tests.tools.bench.client import Server
from tests.tools.bench.engines import progress, running
from tests.tools.bench.table import MB, Results, table
from tests.tools.bench.usage import function_memory


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for. Returns the exit status."""
    chosen = _parser().parse_args(arguments)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]  # a profile or a proxy of the learner's has no business here
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    peers = [Server("peer", chosen.peer.rstrip("/"))] if chosen.peer else []
    for peer in peers:
        try:
            peer.noop()
        except Exception as error:
            print(f"No emulator answers at {chosen.peer} ({error}): start it, or leave PEER out.", file=sys.stderr)
            return 2
    results = Results()
    before = os.getloadavg()[0]
    # Short: the engine keeps sockets below it, whose paths may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as folder:
        home = Path(folder)
        parts: dict[str, Callable[[], None]] = {
            "starts": lambda: starts.measure(results, home, chosen.starts),
            "authorization": lambda: authorization.measure(results, home, 3 * chosen.calls),
            "calls": lambda: _measure_calls(results, home, peers, chosen),
            "growth": lambda: growth.measure(results, home, chosen.calls),
            "environments": lambda: environments.measure(results, home, chosen.calls),
            "learners": lambda: sharing.measure(results, home, chosen.learners),
        }
        if unknown := set(chosen.only) - set(parts):
            print(f"Not measured here: {', '.join(unknown)}. There are {', '.join(parts)}.", file=sys.stderr)
            return 2
        for name, measure in parts.items():
            if not chosen.only or name in chosen.only:
                measure()
    load = f"load average {before:.1f} before, {os.getloadavg()[0]:.1f} after (this run included)"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}; {load}\n\n{table(results, ['ours', *(peer.name for peer in peers)])}")
    if chosen.json:
        facts = {"machine": machine, "load": load, "peer": chosen.peer or None, "time": time.time()}
        chosen.json.write_text(json.dumps({**facts, "rows": results.as_json()}, indent=1) + "\n", encoding="utf-8")
    return 1 if results.failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=bench.__doc__.splitlines()[0])
    parser.add_argument("only", nargs="*", metavar="PART", help="what to measure (everything)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all values there too")
    parser.add_argument("--peer", default=os.environ.get("PEER", ""), metavar="URL", help="another emulator (or PEER)")
    parser.add_argument("--calls", type=int, default=300, help="calls of each latency row (300)")
    parser.add_argument("--starts", type=int, default=5, help="engine starts (5)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, ours and peer in turn (3)")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one invocations/s measurement (2)")
    parser.add_argument("--learners", type=int, default=30, help="learners at once (30)")
    return parser


def _measure_calls(results: Results, home: Path, peers: list[Server], chosen: argparse.Namespace) -> None:
    """What is measured beside a peer: latencies and rates; and our memory before and after."""
    with ExitStack() as stack:
        ours, record = stack.enter_context(running(home / "run"))
        for peer in peers:
            stack.callback(_clean_up, peer)
        time.sleep(2)  # what it does after its first answer counts as idle memory too
        _measure_memory(results, record, home / "run", "before any call")
        latencies.measure_warm(results, [ours, *peers], chosen.rounds, chosen.calls)
        latencies.measure_cold(results, [ours, *peers])
        rates.measure(results, [ours, *peers], record.pid, chosen.rounds, chosen.seconds)
        _measure_memory(results, record, home / "run", "after the run")


def _clean_up(peer: Server) -> None:
    try:
        peer.clean_up()
    except Exception as error:  # the figures are worth more than a tidy peer
        progress(f"{peer.prefix}* is left at {peer.endpoint}: {error}")


def _measure_memory(results: Results, record: Record, home: Path, when: str) -> None:
    """Of the functions' processes, pages that they share count once."""
    with results.row(f"memory of the engine, {when}", "ours", "MB") as values:
        values.append(lab_status(record.endpoint, read_secret(home))["memory"] / MB)
    with results.row(f"memory of zygotes and functions, {when}", "ours", "MB") as values:
        values.append(function_memory(record.pid) / MB)


if __name__ == "__main__":
    sys.exit(main())
