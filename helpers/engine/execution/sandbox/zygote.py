"""A warm, single-threaded interpreter that forks execution environments on request.

The engine starts it as `python -I -S -X utf8 zygote.py FD PLAN`; it ends with the engine's end of the socket. Where
namespaces are allowed it first builds the environments' root file system, moves into it, and starts again there: the
interpreter of every Python function then lives in `/var/lang`, as on AWS. `python … zygote.py probe PLAN` only says
what is possible here.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from . import landlock, namespaces, privileges, protocol, python_runtime, seccomp, supervisor, system_calls
else:
    # The script's folder must not be importable by functions: reach the package through its parent, then forget it.
    _root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.insert(0, _root)
    from sandbox import landlock, namespaces, privileges, protocol, python_runtime, seccomp, supervisor, system_calls

    sys.path.remove(_root)

PID = struct.Struct("!I")


@dataclass(frozen=True)
class Plan:
    """The zygote's instructions: how to isolate, and where everything is.

    `isolation` is what is wanted: `namespaces` or `plain` (and nothing else will do), or `auto`; `entered` is how the
    zygote tells itself that it has moved. `packages` are AWS's for Python. The rest describes the root: the folder to
    build it on, what to show where (`binds`), symbolic links, what to hide, and, seen from inside, the interpreter and
    this script.
    """

    isolation: str
    packages: str
    folder: str = ""
    python: str = ""
    script: str = ""
    binds: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    library_path: str = ""

    def root(self) -> namespaces.Root:
        """The root to build."""
        return namespaces.Root(self.folder, self.binds, self.links, self.hidden)


def probe(plan: Plan) -> str:
    """Try out namespaces in a child that ends at once; return why they are not possible, or an empty string."""
    if sys.platform != "linux":
        return f"{sys.platform} has no Linux namespaces"
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            namespaces.build_root(plan.root())
            namespaces.leave_parent()
            if child := os.fork():
                _, status = os.waitpid(child, 0)
                os._exit(os.waitstatus_to_exitcode(status))
            namespaces.enter({})
            namespaces.complete({}, 1024 * 1024, 0)
            privileges.prctl(privileges.PR_SET_NO_NEW_PRIVS, 1)
            landlock.restrict([], [])
            seccomp.apply_filter()
        except OSError as error:
            os.write(writer, f"the system refuses them ({error})".encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8", errors="replace") as file:
        reason = file.read()
    os.waitpid(pid, 0)
    return reason


def move_into_root(plan: Plan, engine: socket.socket) -> NoReturn:
    """Build the root, move into it and start again there."""
    namespaces.build_root(plan.root())
    inside = Plan("entered", "/var/runtime")
    os.set_inheritable(engine.fileno(), True)
    argv = [plan.python, "-I", "-S", "-X", "utf8", plan.script, str(engine.fileno()), json.dumps(asdict(inside))]
    os.execve(plan.python, argv, {"LD_LIBRARY_PATH": plan.library_path})


def serve(engine: socket.socket, isolated: bool) -> None:
    """Fork one supervisor for each request until the engine goes away."""
    while request := protocol.receive_fork(engine):
        log, control = request
        pid = (fork_isolated if isolated else fork_plain)(log, control, engine)
        os.close(log)
        os.close(control)
        engine.sendall(PID.pack(pid))


def fork_plain(log: int, control: int, engine: socket.socket) -> int:
    """Fork a supervisor in the namespaces of this process; return its process id."""
    pid = os.fork()
    if pid == 0:
        engine.close()
        become_supervisor(log, socket.socket(fileno=control))
    return pid


def fork_isolated(log: int, control: int, engine: socket.socket) -> int:
    """Fork a supervisor that is process 1 of its own namespaces; return its process id outside of them."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        # In between, for a moment: a process cannot move into a new process namespace, only its children can.
        code = 1
        try:
            engine.close()
            namespaces.leave_parent()
            if child := os.fork():
                os.write(writer, PID.pack(child))
                code = 0
            else:
                os.close(reader)
                os.close(writer)
                become_supervisor(log, socket.socket(fileno=control))
        except OSError as error:
            os.write(log, f"[engine] The execution environment could not be set up: {error}\n".encode())
        finally:
            os._exit(code)
    os.close(writer)
    answer = os.read(reader, PID.size)
    os.close(reader)
    return PID.unpack(answer)[0] if answer else 0


def become_supervisor(log: int, control: socket.socket) -> NoReturn:
    """Receive what to run, which the zygote must not see, and run it. Raises `OSError` without a complete root."""
    reserve = protocol.receive(control, protocol.Reserve)
    if reserve is None:
        os._exit(0)
    if reserve.isolated:
        namespaces.enter(reserve.binds)
    supervisor.supervise(reserve, log, control)


def main() -> None:
    """Probe; or choose the best isolation, report it, preload the runtime and serve."""
    plan = Plan(**json.loads(sys.argv[2]))
    if sys.argv[1] == "probe":
        print(probe(plan))
        return
    engine = socket.socket(fileno=int(sys.argv[1]))
    # Ctrl-C in the terminal that started the engine is the engine's to handle.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    isolated = plan.isolation == "entered"
    reason = "LAB_ISOLATION=plain" if plan.isolation == "plain" else ""
    if plan.isolation in ("auto", "namespaces"):
        reason = probe(plan)
        if not reason:
            move_into_root(plan, engine)
        if plan.isolation == "namespaces":
            sys.exit(f"LAB_ISOLATION=namespaces, but {reason}.")
    # Supervisors are nobody's to wait for: they report through their control socket. Theirs, and those of the
    # processes in between, stay below this one in the process table.
    privileges.prctl(privileges.PR_SET_CHILD_SUBREAPER, 1)
    privileges.leave_session_keyring()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    python_runtime.preload(plan.packages)
    landlock.abi()  # known from here on, as is the filter: a cold start need not find out
    if system_calls.MACHINE in system_calls.NUMBERS:
        seccomp.encoded_program(system_calls.MACHINE)
    engine.sendall(protocol.encode(protocol.Hello("namespaces" if isolated else "plain", reason)))
    serve(engine, isolated)


if __name__ == "__main__":
    main()
