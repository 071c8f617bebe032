"""A stand-in for `RuntimeProcess`: what its runtime says is written down by the test."""

from helpers.engine.execution.configuration import Configuration
from helpers.engine.execution.extensions import Extensions
from helpers.engine.execution.runtime_connection import Call
from helpers.engine.execution.runtime_process import RuntimeProcess
from helpers.engine.execution.sandbox.protocol import Status


class Connection:
    """A connection of the runtime that keeps what it is answered."""

    def __init__(self):
        self.answers = []

    def answer(self, status, body, headers=None, seconds=10.0):
        self.answers.append((status, body))
        return True


def asks():
    """The runtime asks for its next event."""
    return Call("next", Connection())


def answers(body=b'"done"', request_id="id"):
    """The runtime answers an event."""
    return Call("response", Connection(), body, request_id)


class Api:
    """A Runtime API in which one thing after the other is said; a function is called for what it says."""

    def __init__(self, said):
        self.said = list(said)
        self.waiting = None
        self.exit = None
        self.commands = []
        self.extensions = Extensions([], {})
        self.has_company = False

    def receive(self, deadline):
        said = self.said.pop(0)
        said = said() if callable(said) else said
        self.exit = said if isinstance(said, Status) else None
        return said

    def poll(self):
        pass

    def freeze(self):
        self.commands.append("freeze")
        return 1

    def freeze_soon(self):
        self.commands.append("freeze soon")
        return True

    def thaw(self, briefly=False):
        self.commands.append("thaw briefly" if briefly else "thaw")
        return True


class Process(RuntimeProcess):
    """Starts no process; each `spawn` takes the next list of what the runtime says, or raises what is in its place."""

    def __init__(self, *lives):
        super().__init__(Configuration("hello", "$LATEST", 3, 128, spawn=None), zygote=None)
        self.lives = list(lives)
        self.history = []

    def spawn(self):
        self.history.append("spawn")
        life = self.lives.pop(0)
        if isinstance(life, Exception):
            raise life
        self._api = Api(life)

    def collect_logs(self):
        pass

    def end(self, reason="spindown"):
        if self.exists:
            self.history.append("end")
        self._api = None
