"""The phases of an execution environment, and the ways between them."""

import threading

import pytest
from fake_runtime_process import Process, answers, asks

from helpers.engine.execution import environment as environments
from helpers.engine.execution.environment import Environment, Phase
from helpers.engine.execution.invoke import Event
from helpers.engine.execution.runtimes import InvalidEntrypointError
from helpers.engine.execution.sandbox.protocol import Status

CRASH = Status("exited", 0, 1)
EVENT = Event("id", b"{}", "arn")


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch):
    monkeypatch.setattr(environments, "_alive", {})


class Observed(Environment):
    """An environment with a process whose words are written down, and a count of its ends."""

    def __init__(self, *lives):
        super().__init__("environment", Process(*lives), self.count_end)
        self.ends = 0
        self.seen = []

    def count_end(self):
        assert self.phase is Phase.SHUTDOWN
        self.ends += 1

    def look(self, said, stop=False):
        """A word of the runtime's, at which the test looks at the phase; and another thread stops the environment."""

        def say():
            if stop:
                thread = threading.Thread(target=self.stop)
                thread.start()
                thread.join(5)
                assert not thread.is_alive()
            self.seen.append((self.phase, self.is_busy, environments.alive() == [self]))
            return said

        return say


def test_init_ends_frozen_when_the_runtime_asks_for_an_event():
    environment = Observed()
    environment.runtime.lives = [[environment.look(asks())]]
    assert environment.phase is Phase.COLD
    environment.init()
    assert environment.seen == [(Phase.INIT, False, True)]
    assert environment.phase is Phase.FROZEN
    assert environment.runtime.api.commands == ["freeze"]


@pytest.mark.parametrize(
    "life", [[CRASH], [None, None], InvalidEntrypointError("no bootstrap")], ids=["exit", "10 s", "none"]
)
def test_init_that_fails_leaves_it_cold_and_the_first_invocation_tries_again(life):
    environment = Observed()
    environment.runtime.lives = [life, [environment.look(asks()), environment.look(answers()), asks()]]
    environment.init()
    assert environment.phase is Phase.COLD and not environment.runtime.exists
    outcome = environment.invoke(EVENT)
    assert (outcome.payload, outcome.is_error) == (b'"done"', False)
    assert environment.seen == [(Phase.INVOKE, True, True)] * 2
    assert environment.phase is Phase.FROZEN


def test_a_system_that_starts_no_process_leaves_it_cold():
    environment = Observed(RuntimeError("no more processes"), RuntimeError("no more processes"))
    for begin in (environment.init, lambda: environment.invoke(EVENT)):
        with pytest.raises(RuntimeError, match="no more processes"):
            begin()
        assert environment.phase is Phase.COLD


def test_a_warm_invocation_thaws_the_process_and_freezes_it_again():
    environment = Observed([asks(), answers(), asks(), answers(), asks()])
    environment.init()
    for _ in range(2):
        environment.invoke(EVENT)
        assert environment.phase is Phase.FROZEN
    assert environment.runtime.history == ["spawn"]
    assert environment.runtime.api.commands == ["freeze", "thaw", "freeze", "thaw", "freeze"]


@pytest.fixture
def brief(monkeypatch):
    """An environment with four invocations to come, the most memory of its runtime, and what is said to it."""
    environment = Observed([asks(), *[answers(), asks()] * 4])
    environment.init()
    peaks = [30, 31, 33, 35]
    monkeypatch.setattr("helpers.engine.execution.sandbox.processes.children", lambda pid: [7])
    monkeypatch.setattr("helpers.engine.execution.sandbox.processes.peak_bytes", lambda pid: peaks.pop(0))
    return environment, environment.runtime.api.commands


def test_brief_invocations_in_a_row_are_measured_without_being_stopped_and_thawed(brief):
    environment, commands = brief
    for peak in (30, 31, 33):
        environment.invoke(EVENT)
        assert environment.runtime.peak_bytes == peak
    assert commands == ["freeze", "thaw", "freeze", "thaw briefly", "freeze soon", "thaw briefly", "freeze soon"]


def test_what_else_holds_memory_is_measured_when_it_is_stopped(brief):
    environment, commands = brief
    environment.invoke(EVENT)
    environment.runtime.api.has_company = True
    environment.invoke(EVENT)
    environment.invoke(EVENT)
    assert commands == ["freeze", "thaw", "freeze", "thaw briefly", "freeze", "thaw", "freeze"]


def test_after_a_long_invocation_an_environment_is_stopped_at_once(brief, monkeypatch):
    environment, commands = brief
    environment.invoke(EVENT)
    monkeypatch.setattr("helpers.engine.execution.runtime_process.BRIEF_SECONDS", 0)
    environment.invoke(EVENT)
    environment.invoke(EVENT)
    assert commands == ["freeze", "thaw", "freeze", "thaw briefly", "freeze", "thaw", "freeze"]


def test_now_and_then_a_supervisor_has_to_answer_so_that_nothing_piles_up(brief, monkeypatch):
    environment, commands = brief
    monkeypatch.setattr("helpers.engine.execution.runtime_process.ASKED_EVERY", 2)
    for _ in range(4):
        environment.invoke(EVENT)
    assert commands[1:] == ["thaw", "freeze", "thaw briefly", "freeze soon"] * 2


def test_an_environment_that_cannot_be_thawed_gets_a_new_process():
    environment = Observed([asks(), answers(), asks()], [asks(), answers(), asks()])
    environment.init()
    environment.invoke(EVENT)
    environment.runtime.api.thaw = lambda briefly: False
    assert not environment.invoke(EVENT).is_error
    assert environment.runtime.history == ["spawn", "end", "spawn"]


@pytest.mark.parametrize("said", [None, CRASH, asks()], ids=["timeout", "crash", "no answer"])
def test_an_invocation_without_an_answer_leaves_it_cold_and_the_next_invocation_gets_a_new_process(said):
    environment = Observed([asks(), said], [asks(), answers(), asks()])
    environment.init()
    assert environment.invoke(EVENT).is_error
    assert environment.phase is Phase.COLD
    assert not environment.invoke(EVENT).is_error
    assert environment.phase is Phase.FROZEN
    assert environment.runtime.history == ["spawn", "end", "spawn"]


def test_a_process_that_ended_while_it_was_frozen_is_replaced():
    environment = Observed([asks()], [asks(), answers(), asks()])
    environment.init()
    environment.runtime.api.exit = CRASH
    assert not environment.invoke(EVENT).is_error
    assert environment.runtime.history == ["spawn", "end", "spawn"]


@pytest.mark.parametrize("inits", [0, 1])
def test_stop_ends_what_is_cold_or_frozen_at_once_and_only_once(inits):
    environment = Observed([asks()])
    for _ in range(inits):
        environment.init()
    for _ in range(2):
        environment.stop()
        assert environment.phase is Phase.SHUTDOWN
    assert environment.ends == 1
    assert environment.runtime.history == ["spawn", "end"] * inits
    assert environments.alive() == []


def test_stop_during_an_invocation_lets_it_end_first():
    environment = Observed()
    environment.runtime.lives = [[asks(), environment.look(answers(), stop=True), environment.look(asks(), stop=True)]]
    environment.init()
    assert environment.invoke(EVENT).payload == b'"done"'
    assert environment.seen == [(Phase.STOPPING, True, True)] * 2
    assert environment.phase is Phase.SHUTDOWN
    assert (environment.ends, environment.runtime.history) == (1, ["spawn", "end"])
    assert environments.alive() == []


def test_stop_during_init_leaves_no_process_behind():
    environment = Observed()
    environment.runtime.lives = [[environment.look(asks(), stop=True)]]
    environment.init()
    assert environment.phase is Phase.SHUTDOWN
    assert (environment.ends, environment.runtime.history) == (1, ["spawn", "end"])
    assert environments.alive() == []


def test_init_after_stop_starts_nothing():
    environment = Observed()
    environment.stop()
    environment.init()
    assert environment.phase is Phase.SHUTDOWN
    assert environment.runtime.history == []
    assert environments.alive() == []
    assert environment.ends == 2  # also what was prepared for it since


def test_an_invocation_that_was_assigned_before_stop_is_served_after_it():
    environment = Observed()
    environment.runtime.lives = [[asks()], [environment.look(asks()), answers(), asks()]]
    environment.init()
    environment.stop()
    assert environment.invoke(EVENT).payload == b'"done"'
    assert environment.seen == [(Phase.STOPPING, True, True)]
    assert environment.phase is Phase.SHUTDOWN
    assert environment.runtime.history == ["spawn", "end", "spawn", "end"]
    assert environments.alive() == []


def test_that_invocation_waits_until_the_old_process_is_gone():
    environment = Observed([asks()], [asks(), answers(), asks()])
    environment.init()
    ending, go_on = threading.Event(), threading.Event()
    end = environment.runtime.end

    def slow_end():
        ending.set()
        assert go_on.wait(5)
        end()

    environment.runtime.end = slow_end
    stopping = threading.Thread(target=environment.stop)
    stopping.start()
    assert ending.wait(5)
    invoking = threading.Thread(target=environment.invoke, args=[EVENT])
    invoking.start()
    invoking.join(0.2)
    assert invoking.is_alive() and environment.runtime.history == ["spawn"]
    go_on.set()
    for thread in (stopping, invoking):
        thread.join(5)
    assert environment.runtime.history == ["spawn", "end", "spawn", "end"]
    assert environment.phase is Phase.SHUTDOWN


def test_init_and_invocations_come_one_at_a_time_and_init_only_first():
    environment = Observed()

    def begin(phase):
        with pytest.raises(RuntimeError, match=rf"cannot go from {phase} to INIT\."):
            environment.init()
        if phase != "FROZEN":
            with pytest.raises(RuntimeError, match=rf"cannot go from {phase} to INVOKE\."):
                environment.invoke(EVENT)
        return asks() if phase == "INIT" else answers()

    environment.runtime.lives = [[lambda: begin("INIT"), lambda: begin("INVOKE"), asks()]]
    environment.init()
    begin("FROZEN")
    assert environment.phase is Phase.FROZEN
    assert environment.invoke(EVENT).payload == b'"done"'
    assert environment.phase is Phase.FROZEN
