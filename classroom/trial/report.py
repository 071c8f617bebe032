"""What a trial prints."""

import statistics
from collections.abc import Sequence

from classroom.trial.attendee import Played
from classroom.trial.memory import PARTS, Look

MB = 1_000_000


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, by nearest rank."""
    ordered = sorted(seconds)
    return ordered[-(-95 * len(ordered) // 100) - 1]


def cells(played: Sequence[Played]) -> list[float]:
    """The seconds of all cells."""
    return [cell.seconds for one in played for cell in one.cells]


def fared(what: str, played: Sequence[Played]) -> str:
    """A line: how many finished, how long servers and cells took."""
    finished, seconds = sum(not one.failure for one in played), cells(played)
    servers = max(one.server for one in played)
    counted = [one.processor for one in played if one.processor is not None]
    processor = f", {statistics.mean(counted):.0f} s of the processor each" if counted else ""
    if not seconds:
        return f"{what}: nobody ran a cell"
    return (
        f"{what}: {finished} of {len(played)} finished; last server after {servers:.1f} s; {len(seconds)} cells, "
        f"p50 {statistics.median(seconds):.3f} s, p95 {p95(seconds):.3f} s, longest {max(seconds):.1f} s{processor}"
    )


def compared(alone: Sequence[Played], together: Sequence[Played]) -> str:
    """The lines that compare: p95 over all cells, and of each lab."""
    lines = [f"p95 of a cell, at once : alone = {p95(cells(together)) / p95(cells(alone)):.2f}"]
    for lab in dict.fromkeys(cell.lab for one in alone for cell in one.cells):
        a, t = ([c.seconds for one in who for c in one.cells if c.lab == lab] for who in (alone, together))
        if a and t:
            lines.append(f"  {lab:20} alone {p95(a):7.3f} s   at once {p95(t):7.3f} s   {p95(t) / p95(a):5.2f}")
    return "\n".join(lines)


def memory_table(looks: Sequence[Look]) -> str:
    """PSS per attendee with an open notebook, in MB: each part's mean and most; the most for all together."""
    if not looks:
        return "memory: too short to be seen"
    count = len(looks[0].attendees)
    there = [one for look in looks for one in look.attendees.values() if one["server"] and one["kernels"]]
    lines = [f"{'PSS per attendee, MB':24}{'mean':>8}{'most':>8}"]
    for name in PARTS:
        seen = [one[name] / MB for one in there] or [0.0]
        lines.append(f"{name:24}{statistics.mean(seen):8.0f}{max(seen):8.0f}")
    sums = [sum(one.values()) / MB for one in there] or [0.0]
    lines.append(f"{'together':24}{statistics.mean(sums):8.0f}{max(sums):8.0f}")
    shared = [sum(look.shared.values()) / MB for look in looks]
    total = [sum(sum(one.values()) for one in look.attendees.values()) / MB for look in looks]
    lines.append(
        f"shared: hub and proxy {max(look.shared['hub'] for look in looks) / MB:.0f} MB, "
        f"engine and its functions {max(look.shared['engine'] for look in looks) / MB:.0f} MB"
    )
    both = [a + b for a, b in zip(total, shared, strict=True)]
    lines.append(f"the most of all {count} together: {max(both) / 1000:.1f} GB")
    return "\n".join(lines)
