"""Thirty learners who share the engine (`tests.tools.learners`), against one alone."""

from pathlib import Path

from helpers.backend.credentials import read_secret
from tests.tools.bench.engines import progress, running
from tests.tools.bench.table import MB, Results, percentile
from tests.tools.bench.usage import engine_memory, function_memory
from tests.tools.learners.play import play


def measure(results: Results, home: Path, learners: int) -> None:
    """One who loads what all others find loaded, one alone, then `learners` at once."""
    with running(home / "shared") as (_, record):
        secret = read_secret(home / "shared")
        took = {}
        for first, count in ((0, 1), (1, 1), (2, learners)):
            progress(f"learners: {count} at once")
            what = f"a call of {count} learner{'s' * (count > 1)} at once"
            with results.row(what, "ours", "ms") as values:
                played = play(record.endpoint, secret, count, first)
                if played.failures:
                    raise RuntimeError(f"{len(played.failures)} could not finish: {played.failures[0][-300:]}")
                took[count] = [call.seconds for call in played.calls]
                values[:] = [1000 * seconds for seconds in took[count]]
        with results.row(f"p95 of a call, {learners} : 1 learners", "ours", "x") as values:
            values.append(percentile(took[learners], 95) / percentile(took[1], 95))
        with results.row(f"memory of the engine after {learners} learners", "ours", "MB") as values:
            values.append(engine_memory(record.pid) / MB)
        with results.row(f"memory of the functions of {learners} learners", "ours", "MB") as values:
            values.append(function_memory(record.pid) / MB)
