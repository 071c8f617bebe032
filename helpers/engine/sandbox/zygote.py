"""A warm, single-threaded interpreter that forks execution environments on request.

Started by the engine as `python -I -S -X utf8 zygote.py FD RUNTIME_PACKAGES`; ends with the engine's end of the socket.
"""

from __future__ import annotations

import os
import signal
import socket
import sys

# The script's folder must not be importable by functions: reach the package through its parent, then forget it.
_root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, _root)
from sandbox import protocol, python_runtime, supervisor  # noqa: E402

sys.path.remove(_root)


def serve(engine: socket.socket) -> None:
    """Fork one supervisor for each request until the engine goes away."""
    while request := protocol.receive_spawn(engine):
        spawn, (log, control) = request
        pid = os.fork()
        if pid == 0:
            engine.close()
            supervisor.supervise(spawn, log, socket.socket(fileno=control))
        os.close(log)
        os.close(control)
        engine.sendall(protocol.LENGTH.pack(pid))


def main() -> None:
    """Take the socket over, import what every function needs, serve."""
    engine = socket.socket(fileno=int(sys.argv[1]))
    # Supervisors are nobody's to wait for: they report through their control socket.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Ctrl-C in the terminal that started the engine is the engine's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    python_runtime.preload(sys.argv[2])
    serve(engine)


if __name__ == "__main__":
    main()
