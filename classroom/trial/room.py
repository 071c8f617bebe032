"""A classroom for a trial or a test: opened in a temporary folder, closed and removed at the end."""

import contextlib
import json
import os
import pwd
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.state.home import ROOT

COMMAND = (sys.executable, "-m", "classroom")


@dataclass(frozen=True)
class Room:
    """An open classroom: the hub's process id, its first port, its folder, the passwords of its attendees."""

    hub: int
    port: int
    state: Path
    environ: dict[str, str]
    passwords: dict[str, str]

    @property
    def token(self) -> str:
        """The token that may do what the instructor's commands do."""
        return (self.state / "hub" / "token").read_text()

    def call(self, method: str, path: str, token: str | None = None, body: object = None) -> tuple[int, Any]:
        """Ask for `path` at the proxy, and return status and JSON (or text). `token`: the commands', unless given."""
        headers = {"Authorization": f"token {token or self.token}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                status, text = response.status, response.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text.decode(errors="replace")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the instructor's commands in this classroom."""
        return subprocess.run([*COMMAND, *arguments], cwd=ROOT, env=self.environ, capture_output=True, text=True)

    def start(self, name: str, seconds: float = 300) -> None:
        """Start an attendee's server and wait until it is ready. Raises: TimeoutError."""
        self.call("POST", f"/hub/api/users/{name}")
        self.call("POST", f"/hub/api/users/{name}/server")
        until = time.monotonic() + seconds
        while not self.server(name).get("ready"):
            if time.monotonic() > until:
                raise TimeoutError(f"the server of {name} is not ready after {seconds:.0f} s")
            time.sleep(0.2)

    def stop(self, name: str, seconds: float = 60) -> None:
        """Stop an attendee's server and wait until it has stopped. Raises: TimeoutError."""
        until = time.monotonic() + seconds
        while self.server(name):
            self.call("DELETE", f"/hub/api/users/{name}/server")
            if time.monotonic() > until:
                raise TimeoutError(f"the server of {name} has not stopped after {seconds:.0f} s")
            time.sleep(0.2)

    def server(self, name: str) -> dict[str, Any]:
        """What the hub knows of an attendee's server; {} if there is none."""
        return (self.call("GET", f"/hub/api/users/{name}")[1].get("servers") or {}).get("", {})

    def account(self, name: str) -> dict[str, Any]:
        """What the classroom keeps of an attendee: number and password's hash."""
        kept: dict[str, dict[str, Any]] = json.loads((self.state / "hub" / "attendees.json").read_text())
        return kept[name]

    def uid(self, name: str) -> int:
        """An attendee's user id."""
        return pwd.getpwnam(name).pw_uid


@contextlib.contextmanager
def opened(names: list[str], port: int, **settings: str) -> Iterator[Room]:
    """Open a classroom and close it. `port`: the first of four. `settings`: CLASSROOM_…, such as engine="shared".

    Raises: RuntimeError if it does not open.
    """
    with tempfile.TemporaryDirectory(prefix="classroom-", dir="/tmp") as folder:
        state = Path(folder)
        state.chmod(0o711)
        environ = dict(os.environ, CLASSROOM_STATE=folder, CLASSROOM_PORT=str(port))
        environ |= {f"CLASSROOM_{name.upper()}": value for name, value in settings.items()}
        log = state / "hub.log"
        with log.open("wb") as output:
            hub = subprocess.Popen([*COMMAND, "open", *names], cwd=ROOT, env=environ, stdout=output, stderr=output)
        try:
            _wait_until_open(hub, port, log)
            passwords = re.findall(r"name: (\S+) +password: (\S+)", log.read_text())
            yield Room(hub.pid, port, state, environ, dict(passwords))
        finally:
            hub.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                hub.wait(120)
            hub.kill()
            hub.wait()
            subprocess.run([*COMMAND, "remove", "--all"], cwd=ROOT, env=environ, check=True)


def _wait_until_open(hub: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and hub.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/hub/health", timeout=5).close()
            return
        time.sleep(0.2)
    raise RuntimeError(f"The classroom did not open: {log.read_text()[-2000:]}")
