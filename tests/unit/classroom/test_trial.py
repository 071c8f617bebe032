"""What a trial computes of what it saw."""

from collections import Counter

import pytest

from classroom.trial import memory, report
from classroom.trial.attendee import Cell, Played

pytestmark = pytest.mark.once


def played(*seconds, name="ada", failure=""):
    return Played(name, 2.0, [Cell("00_start_here", number, one) for number, one in enumerate(seconds)], failure)


def test_p95_is_by_nearest_rank():
    assert report.p95(range(1, 101)) == 95
    assert report.p95([3.0]) == 3.0


def test_who_failed_has_not_finished():
    line = report.fared("two at once", [played(1.0), played(2.0, failure="ada: stopped")])
    assert line.startswith("two at once: 1 of 2 finished") and "2 cells, p50 1.500 s, p95 2.000 s" in line


def test_at_once_is_compared_with_alone_for_all_cells_and_each_lab():
    lines = report.compared([played(1.0, 2.0)], [played(1.0, 5.0), played(1.0, 6.0)]).splitlines()
    assert lines[0].endswith("= 3.00") and lines[1].endswith("3.00") and "00_start_here" in lines[1]


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("/x/.venv/bin/python -P -m classroom.server --KernelManager.transport=ipc", "server"),
        ("/x/.engine/bin/python -m helpers.engine", "engine"),
        ("/var/lang/bin/node --max-old-space-size=115 /var/rapid/nodejs/bootstrap.cjs", "functions"),
        ("/x/.venv/bin/python -m ipykernel_launcher -f /run/lambda-labs/ada/kernel-1.json", "kernels"),
    ],
)
def test_a_process_belongs_to_a_part(command, part):
    assert memory.part(command) == part


def test_memory_is_that_of_attendees_with_an_open_notebook():
    full = Counter(server=100_000_000, kernels=50_000_000, engine=30_000_000)
    starting = memory.Look({"ada": full, "bob": Counter()}, Counter(hub=10_000_000, engine=0))
    there = memory.Look({"ada": full, "bob": full + full}, Counter(hub=20_000_000, engine=0))
    table = report.memory_table([starting, there]).splitlines()
    assert table[1].split() == ["server", "133", "200"]
    assert table[5].split() == ["together", "240", "360"]
    assert table[-1].endswith("together: 0.6 GB")
