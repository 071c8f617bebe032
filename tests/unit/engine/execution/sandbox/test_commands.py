"""When a supervisor reads what the engine tells it."""

import socket

import pytest

from helpers.engine.execution.sandbox.commands import LOOKS, Commands
from helpers.engine.execution.sandbox.protocol import FREEZE, FREEZE_SOON, KILL, THAW, THAW_BRIEFLY


class Control:
    """Both ends of a control socket."""

    def __init__(self):
        self.engine, theirs = socket.socketpair()
        self.commands = Commands(theirs)

    def say(self, *commands):
        self.engine.sendall(b"".join(commands))

    def look(self):
        """What is read at a look that nobody has woken the supervisor for."""
        return self.commands.read([])

    def wake(self):
        return self.commands.read(self.commands.woken_by)


@pytest.fixture
def control():
    one = Control()
    yield one
    one.engine.close()
    one.commands.control.close()


def test_a_command_wakes_the_supervisor_unless_an_invocation_is_brief(control):
    assert control.commands.woken_by and control.look() == []
    control.say(THAW_BRIEFLY)
    assert control.wake() == [THAW_BRIEFLY]
    assert control.commands.woken_by == []
    control.say(FREEZE_SOON)
    assert control.look() == [FREEZE_SOON]
    assert control.commands.woken_by


@pytest.mark.parametrize("command", [FREEZE, THAW, KILL])
def test_after_any_other_command_it_is_woken_again(control, command):
    control.say(THAW_BRIEFLY)
    control.wake()
    control.say(command)
    assert control.look() == [command] and control.commands.woken_by


def test_invocations_that_have_ended_and_begun_between_two_looks_are_one(control):
    control.say(THAW_BRIEFLY)
    control.wake()
    control.say(FREEZE_SOON, THAW_BRIEFLY, FREEZE_SOON, THAW_BRIEFLY)
    assert control.look() == [THAW_BRIEFLY] and not control.commands.woken_by
    control.say(FREEZE_SOON, THAW_BRIEFLY, FREEZE_SOON)
    assert control.look() == [THAW_BRIEFLY, FREEZE_SOON] and control.commands.woken_by


def test_an_invocation_that_outlasts_a_few_looks_is_not_brief(control):
    control.say(THAW_BRIEFLY)
    control.wake()
    for _ in range(LOOKS):
        assert not control.commands.woken_by and control.look() == []
    assert control.commands.woken_by


@pytest.mark.parametrize("said", [(), (THAW_BRIEFLY,)], ids=["at once", "in a brief invocation"])
def test_an_engine_that_has_gone_is_noticed(control, said):
    if said:
        control.say(*said)
        control.wake()
    control.engine.shutdown(socket.SHUT_WR)
    assert control.commands.read(control.commands.woken_by) is None


def test_so_is_one_that_has_not_read_what_it_was_told(control):
    control.say(THAW_BRIEFLY)
    control.wake()
    control.commands.control.send(b"unread")
    control.engine.close()
    assert control.look() is None
