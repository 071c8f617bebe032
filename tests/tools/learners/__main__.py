"""How one learner fares alone, and how many do at once: ``python -m tests.tools.learners [COUNT]``.

Exit status: 1 if somebody could not finish.
"""

import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from helpers.backend.credentials import read_secret
from tests.tools.bench.engines import progress, running
from tests.tools.bench.table import MB, number, percentile
from tests.tools.bench.usage import engine_memory, function_memory, processor_time
from tests.tools.learners.play import Played, play


def main(arguments: list[str]) -> int:
    """Play and print. Returns the exit status."""
    count = int(arguments[0]) if arguments else 30
    played: dict[str, Played] = {}
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as folder, running(Path(folder)) as (_, record):
        play(record.endpoint, read_secret(Path(folder)), 1)  # what the first one waits for is loaded then
        for learners in (1, count):
            progress(f"{learners} at once")
            before = processor_time(record.pid)
            one = played[f"{learners} at once"] = play(record.endpoint, read_secret(Path(folder)), learners, learners)
            used = processor_time(record.pid) - before
            print(
                f"{learners:3} at once: {len(one.calls)} calls in {number(max(one.seconds), 's')}; "
                f"p50 {number(1000 * statistics.median(call.seconds for call in one.calls), 'ms')}, "
                f"p95 {number(1000 * _p95(one), 'ms')}; processor time of the engine "
                f"{number(used.engine, 's')}, of functions {number(used.functions, 's')}; memory of the engine "
                f"{number(engine_memory(record.pid) / MB, 'MB')}, "
                f"of functions {number(function_memory(record.pid) / MB, 'MB')}"
            )
    alone, together = played.values()
    print(f"p95 of a call, {count} at once : 1 alone = {number(_p95(together) / _p95(alone))}\n\n{_operations(played)}")
    failures = [failure for one in played.values() for failure in one.failures]
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def _p95(played: Played) -> float:
    return percentile([call.seconds for call in played.calls], 95)


def _operations(played: dict[str, Played]) -> str:
    """p95 in ms of each operation, the ones first that took longest altogether."""
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for who, one in played.items():
        for call in one.calls:
            took[call.operation][who].append(call.seconds)
    last = list(played)[-1]
    lines = [f"{'p95 in ms':44}" + "".join(f"{who:>14}" for who in played)]
    for operation in sorted(took, key=lambda name: -sum(took[name][last]))[:15]:
        cells = [number(1000 * percentile(found, 95)) if (found := took[operation][who]) else "-" for who in played]
        lines.append(f"{operation:44}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
