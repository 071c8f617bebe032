"""Processor time in proportion to memory, with a clock of the test's own."""

import signal

from helpers.engine.execution.sandbox.cpu_share import AHEAD_SECONDS, CpuShare


class Machine:
    """One process that computes whenever it is not stopped, and time that passes when it is told to."""

    def __init__(self, cpus):
        self.now, self.used, self.stopped = 100.0, 0.0, False
        self.share = CpuShare(cpus, clock=lambda: self.now, cpu_seconds=lambda pid: self.used)
        self.share.begin([1])

    def run(self, seconds, computing=True):
        for _ in range(round(seconds / 0.01)):
            self.now += 0.01
            if computing and not self.stopped:
                self.used += 0.01
            sent = self.share.next_signal([1])
            if sent:
                self.stopped = sent == signal.SIGSTOP


def test_computing_gets_its_share_on_average():
    machine = Machine(0.25)
    machine.run(10)
    assert 2.5 <= machine.used < 2.5 + AHEAD_SECONDS + 0.01


def test_a_whole_processor_or_more_is_never_stopped():
    machine = Machine(1.0)
    machine.run(5)
    assert round(machine.used, 6) == 5


def test_waiting_is_never_stopped_and_saves_up_what_was_not_used():
    machine = Machine(0.1)
    machine.run(5, computing=False)
    assert not machine.stopped
    machine.run(0.5)
    assert round(machine.used, 6) == 0.5


def test_a_new_invocation_starts_without_the_debts_of_the_last():
    machine = Machine(0.1)
    machine.run(1)
    assert machine.stopped
    machine.share.begin([1])
    machine.stopped = False
    machine.run(0.01, computing=False)
    assert not machine.stopped


def test_no_share_means_no_limit():
    machine = Machine(0.0)
    machine.run(5)
    assert round(machine.used, 6) == 5


def test_nothing_is_limited_before_the_first_invocation():
    share = CpuShare(0.1, clock=lambda: 1.0, cpu_seconds=lambda pid: 99.0)
    assert share.next_signal([1]) is None
