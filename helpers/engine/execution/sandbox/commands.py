"""The engine's commands to a supervisor, and when they are read: at once, or when it looks at its environment.

To be woken twice for an invocation takes longer than a brief one does. After `THAW_BRIEFLY` the supervisor sleeps on
until its next look, 10 ms later; by then most invocations are over, and often another has begun. If nothing has come
for a few looks, it is woken by commands again.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Container

from .protocol import FREEZE, FREEZE_SOON, THAW, THAW_BRIEFLY

LOOKS = 4
FREEZES, THAWS = (FREEZE, FREEZE_SOON), (THAW, THAW_BRIEFLY)
ENDED_AND_BEGUN = re.compile(b"(?:%b%b)+" % (FREEZE_SOON, THAW_BRIEFLY))


class Commands:
    """What comes over the control socket."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.looks = 0  # at how many more to read, without being woken

    @property
    def woken_by(self) -> list[socket.socket]:
        """What wakes the supervisor."""
        return [] if self.looks else [self.control]

    def read(self, ready: Container[object]) -> list[bytes] | None:
        """Those that have come, after a sleep that ended with these sockets `ready`; None if the engine has gone."""
        if not self.looks and self.control not in ready:
            return []
        try:
            said = self.control.recv(4096, socket.MSG_DONTWAIT)
        except BlockingIOError:
            self.looks = max(self.looks - 1, 0)
            return []
        except ConnectionError:  # it has gone, and had not read all that it was told
            return None
        if not said:
            return None
        # Invocations that have ended and begun since the last look are one that begins.
        commands = [bytes((one,)) for one in ENDED_AND_BEGUN.sub(THAW_BRIEFLY, said)]
        self.looks = LOOKS if commands[-1] == THAW_BRIEFLY else 0
        return commands
