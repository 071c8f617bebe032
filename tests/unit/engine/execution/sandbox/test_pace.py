"""How often a supervisor looks at its processes, with processor time of the test's own."""

from helpers.engine.execution.sandbox.pace import BURST_BYTES, LONGEST_SECONDS, SHORTEST_SECONDS, Pace

MUCH = 100 * BURST_BYTES


class Machine:
    def __init__(self):
        self.used = 0.0
        self.pace = Pace(cpu_seconds=lambda pid: self.used)

    def looks(self, times, working, free=MUCH, took=0.0):
        for _ in range(times):
            self.used += 0.01 if working else 0.0
            self.pace.looked([1], free, took)
        return self.pace.pause


def test_what_waits_is_looked_at_less_and_less():
    machine = Machine()
    assert [machine.looks(1, working=False) for _ in range(3)] == [
        2 * SHORTEST_SECONDS,
        LONGEST_SECONDS,
        LONGEST_SECONDS,
    ]


def test_what_works_is_looked_at_often():
    machine = Machine()
    machine.looks(5, working=False)
    assert machine.looks(1, working=True) == SHORTEST_SECONDS


def test_a_burst_after_a_rest_cannot_pass_a_limit_unseen():
    free = BURST_BYTES * 0.025
    assert Machine().looks(9, working=False, free=free) == 0.025
    assert Machine().looks(9, working=False, free=0) == SHORTEST_SECONDS


def test_looking_takes_at_most_half_of_the_time():
    assert Machine().looks(1, working=True, took=0.3) == 0.6


def test_an_invocation_begins_with_short_pauses():
    machine = Machine()
    machine.looks(9, working=False)
    machine.pace.begin()
    assert machine.pace.pause == SHORTEST_SECONDS
