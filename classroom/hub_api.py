"""JupyterHub's REST API, called by the instructor's commands; where no hub runs, there is nothing to call."""

import http.client
import json
import os
import time
from typing import Any

from classroom import settings
from helpers.errors import LabError


def call(method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Return status and answer of the hub's API; (0, None) if no hub runs."""
    port = settings.from_environ(os.environ).port
    connection = http.client.HTTPConnection("127.0.0.1", port + 1, timeout=60)
    try:
        said = None if body is None else json.dumps(body)
        connection.request(method, f"/hub/api{path}", said, {"Authorization": f"token {settings.token()}"})
        response = connection.getresponse()
        text = response.read()
    except OSError:
        return 0, None
    finally:
        connection.close()
    return response.status, json.loads(text) if text else None


def users() -> dict[str, dict[str, Any]]:
    """Return what the hub knows of its users, by name."""
    status, answer = call("GET", "/users")
    return {user["name"]: user for user in answer} if status == 200 else {}


def stop_server(name: str, seconds: float = 60) -> None:
    """Stop a server and wait until it has stopped. Raises: LabError if it does not."""
    until = time.monotonic() + seconds
    while call("DELETE", f"/users/{name}/server")[0] in (202, 400, 429):
        if (users().get(name) or {}).get("servers") in (None, {}):
            return
        if time.monotonic() > until:
            raise LabError(f"The server of {name} does not stop: close the classroom (Ctrl-C), then try again.")
        time.sleep(0.2)


def forget_user(name: str) -> None:
    """Take a user out of the hub's database."""
    call("DELETE", f"/users/{name}")
