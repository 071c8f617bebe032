"""What the instructor's commands do: make attendees, list them, begin anew for one, remove them."""

import contextlib
import os
import pwd
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from classroom import attendees, environment, hub_api, places, reach, settings, shared_engine, users
from classroom.attendees import INSTRUCTOR
from helpers.errors import LabError
from helpers.setup import paths
from helpers.state.home import ROOT

READS = "import classroom, helpers, subprocess, sys; subprocess.run([sys.argv[1], '-c', ''], check=True)"
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
BEGIN_ANEW = 'cd && { [ ! -e my ] || mv my "my.until-$0"; } && rm -rf .lab'


def prepare(names: Iterable[str], count: int) -> dict[str, str]:
    """Install what is lacking, make attendees who are not there yet; return the new ones' passwords.

    `names`: of attendees, the instructor comes with them. `count`: how many to make who have a number for a name.
    Raises: LabError, SetupError.
    """
    places.prepare()
    environment.install()
    settings.token()
    wanted = [INSTRUCTOR, *names, *(f"attendee-{number:02}" for number in range(1, count + 1))]
    known = attendees.read()
    return attendees.give_passwords(name for name in dict.fromkeys(wanted) if name not in known)


def open_hub(environ: dict[str, str]) -> None:
    """Become JupyterHub. Raises: LabError if attendees could not run the labs' Python."""
    address = settings.from_environ(environ).address
    python, engine = paths.python_in(paths.VENV), paths.python_in(paths.ENGINE)
    tried = users.quietly(reach.command(*NOBODY, python, "-P", "-c", READS, engine))
    if tried.returncode:
        last = (tried.stderr.decode().strip().splitlines() or ["no reason"])[-1]
        raise LabError(f"Attendees cannot read what is in {ROOT} ({last}): say 'chmod -R go+rX {ROOT}'.")
    print(f"The classroom opens at {address}; Ctrl-C closes it.", flush=True)
    config = places.HERE / "jupyterhub_config.py"
    os.chdir(places.HUB)
    command = reach.command(paths.python_in(places.ENVIRONMENT), "-m", "jupyterhub", "--log-level=WARN", "-f", config)
    os.execvpe(command[0], command, {**environ, "PYTHONPATH": str(ROOT)})


def lines() -> Iterator[str]:
    """Yield a line for each attendee: name, whether their server runs, when they were last active."""
    running = hub_api.users()
    for name in attendees.read():
        user = running.get(name, {})
        state = "server runs" if user.get("server") else "-"
        yield f"{name:20} {state:12} {(user.get('last_activity') or 'never here')[:19]}"


def give_passwords(names: Iterable[str]) -> dict[str, str]:
    """Give attendees new passwords and return them. Raises: LabError for a name that is no attendee's."""
    return attendees.give_passwords(list(_known(names)))


def reset(names: Iterable[str]) -> None:
    """Begin anew for attendees: their server ends, progress and engine go, `my/` is kept beside as my.until-…."""
    for name in _known(names):
        hub_api.stop_server(name)
        if _has_user(name):
            users.end_processes(name)
            done = users.run(name, ["/bin/sh", "-c", BEGIN_ANEW, time.strftime("%Y-%m-%dT%H%M%S")])
            if done.returncode:
                raise LabError(f"{name} was not reset: {done.stderr.decode().strip()}")


def remove(names: Iterable[str]) -> None:
    """Remove attendees with all that they have. Raises: LabError."""
    names = list(_known(names))
    for name in names:
        hub_api.stop_server(name)
        hub_api.forget_user(name)
        users.remove(name)
    attendees.forget(names)
    if not attendees.read():
        shared_engine.down()
        with contextlib.suppress(OSError):  # another classroom's are there
            places.SOCKETS.rmdir()


def hand_out(passwords: dict[str, str], address: str) -> Iterator[str]:
    """Yield the lines to print and cut up."""
    for name, password in passwords.items():
        yield f"{address}    name: {name:20} password: {password}"


def _known(names: Iterable[str]) -> Iterator[str]:
    known = attendees.read()
    for name in names:
        if name not in known:
            raise LabError(f"There is no attendee {name!r}: 'python -m classroom list' names them.")
        yield name


def _has_user(name: str) -> bool:
    try:
        return Path(pwd.getpwnam(name).pw_dir).parent == places.HOMES
    except KeyError:
        return False


def can_be_here() -> str | None:
    """Return why there can be no classroom on this machine, or for this user; None if there can."""
    if sys.platform != "linux":
        return "A classroom needs Linux: elsewhere nothing here keeps attendees apart."
    if os.geteuid() != 0:
        return (
            "A classroom is opened by root (sudo make classroom): each attendee has an operating-system user, "
            "and without one all could read each other's files, kernels and accounts."
        )
    return None
