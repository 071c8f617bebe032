"""JupyterHub's two plug-in points, filled: who may log in, and how an attendee's server is started and ended.

Imported by JupyterHub (`jupyterhub_config`), in its environment.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Any

from jupyterhub.auth import LocalAuthenticator
from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer, Unicode

from classroom import attendees, limits, shared_engine, users
from classroom.places import HERE, SOCKETS
from helpers.setup import paths

# Of root's environment attendees have these, and nothing else.
KEPT = ("LANG", "LC_ALL", "CLASSROOM_ENVIRONMENT", "LAB_ISOLATION", "LAB_CPU", "LAB_IAM", "LAB_LOG", "LAB_ROOM")
PATH = "/usr/local/bin:/usr/bin:/bin"


class AttendeeAuthenticator(LocalAuthenticator):
    """Lets attendees in by name and password; the first time it has their operating-system user made."""

    async def authenticate(self, handler: Any, data: dict[str, str]) -> str | None:
        """Return the name of the attendee, or None."""
        name = data["username"]
        return name if attendees.verify(name, data["password"]) else None

    async def add_user(self, user: Any) -> None:
        """Raises: KeyError for who is no attendee: an administrator could otherwise start servers as root."""
        one = attendees.read()[user.name]
        attendees.check(user.name)
        self.uids[user.name] = one.uid
        await super().add_user(user)


class AttendeeSpawner(LocalProcessSpawner):
    """Starts a server as the attendee's user, under limits, and ends with it whatever else runs as that user."""

    memory = Integer(help="bytes that an attendee may have").tag(config=True)
    first_port = Integer(help="one less than the port of the first attendee's engine").tag(config=True)
    shared_endpoint = Unicode(help="the URL of an engine that all share, or nothing").tag(config=True)

    def get_env(self) -> dict[str, str]:
        """Return the environment of the server: the attendee's own folders, and an engine."""
        name, env = self.user.name, super().get_env()
        home, one = env["HOME"], attendees.read()[name]
        if self.shared_endpoint:
            engine = shared_engine.environment(self.shared_endpoint, one.account)
        else:
            engine = {"LAB_PORT": str(self.first_port + one.number)}
        folders = {
            "PATH": f"{paths.VENV / 'bin'}:{PATH}",
            "LAB_HOME": f"{home}/.lab",
            "JUPYTER_RUNTIME_DIR": str(SOCKETS / name),
            "TMPDIR": str(SOCKETS / name / "tmp"),
            # Without JupyterLab's debugger: it would open a port at which anybody could run code in the kernel.
            "JUPYTER_CONFIG_PATH": str(HERE / "jupyter"),
        }
        return env | engine | folders

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Return what the new process does first: take its limits on as root, then become the user."""
        taken, become = limits.prepare(name, self.memory), super().make_preexec_fn(name)
        if taken.reason:
            self.log.warning("No limit of memory for %s: %s", name, taken.reason)

        def first() -> None:
            taken.join()
            become()

        return first

    async def start(self) -> tuple[str, int]:
        """Start the server. Raises: KeyError for who is no attendee."""
        attendees.read()[self.user.name]
        users.prepare(self.user.name)
        return await super().start()

    async def stop(self, now: bool = False) -> None:
        """Stop the server, then all that runs as this user."""
        await super().stop(now=True)  # without the question that Jupyter answers SIGINT with
        await asyncio.to_thread(users.end_processes, self.user.name)


def kept() -> list[str]:
    """Names of variables that an attendee's server has of root's environment."""
    return [name for name in KEPT if name in os.environ]
