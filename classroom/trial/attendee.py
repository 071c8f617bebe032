"""A simulated attendee: starts a server, opens working copies, runs their cells as JupyterLab does."""

import asyncio
import json
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

LABS = ("00_start_here", "01_hello_world", "02_iam", "03_updates")
CELL_SECONDS = 600  # then the attendee gives up


@dataclass(frozen=True)
class Cell:
    """A cell that was run: the lab, its place among the code cells, seconds until its kernel was idle again."""

    lab: str
    number: int
    seconds: float


@dataclass
class Played:
    """How an attendee fared: seconds until the server was ready, the cells, what went wrong (nothing: finished).

    `processor`: seconds of it that were used meanwhile, None if nobody counts them.
    """

    name: str
    server: float = 0.0
    cells: list[Cell] = field(default_factory=list)
    failure: str = ""
    processor: float | None = None


@dataclass
class Attendee:
    """`url`: the classroom's, http://127.0.0.1:8000. `think`: mean seconds between cells, half to one and a half."""

    name: str
    url: str
    token: str
    think: float
    labs: tuple[str, ...] = LABS

    async def play(self) -> Played:
        """Run the labs one after the other, and say how it went."""
        played, chance = Played(self.name), random.Random(self.name)
        began = time.perf_counter()
        try:
            await self._start()
            played.server = time.perf_counter() - began
            for lab in self.labs:
                await self._run(lab, played, chance)
        except Exception as error:  # the others go on
            played.failure = f"{self.name}: {type(error).__name__}: {error}"
        return played

    async def _start(self) -> None:
        await self._call("POST", f"/hub/api/users/{self.name}/server", good=(201, 202))
        while not (await self._call("GET", f"/hub/api/users/{self.name}"))["servers"].get("", {}).get("ready"):
            await asyncio.sleep(0.5)

    async def _run(self, lab: str, played: Played, chance: random.Random) -> None:
        """Open a working copy, run its code cells; its kernel ends with it."""
        base, path = f"/user/{self.name}/api", f"my/{lab}.ipynb"
        notebook = (await self._call("GET", f"{base}/contents/{path}"))["content"]
        opened = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = await self._call("POST", f"{base}/sessions", opened, good=(201,))
        socket = await connect(self.url, self.name, session["kernel"]["id"], self.token)
        for number, cell in enumerate(cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
            await asyncio.sleep(self.think * chance.uniform(0.5, 1.5))
            began = time.perf_counter()
            async with asyncio.timeout(CELL_SECONDS):
                error = await execute(socket, cell["source"])
            played.cells.append(Cell(lab, number, time.perf_counter() - began))
            if error and "raises-exception" not in cell["metadata"].get("tags", []):
                raise RuntimeError(f"cell {number} of lab {lab}: {error}")
        socket.close()
        await self._call("DELETE", f"{base}/sessions/{session['id']}", good=(204,))

    async def _call(self, method: str, path: str, body: object = None, good: tuple[int, ...] = (200,)) -> Any:
        data = None if body is None else json.dumps(body)
        request = HTTPRequest(f"{self.url}{path}", method, self._headers(), data, allow_nonstandard_methods=True)
        request.request_timeout = request.connect_timeout = CELL_SECONDS
        response = await AsyncHTTPClient().fetch(request, raise_error=False)
        if response.code not in good:
            raise RuntimeError(f"{method} {path}: {response.code} {response.body[:200]!r}")
        return json.loads(response.body) if response.body else None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"token {self.token}"}


async def connect(url: str, name: str, kernel: str, token: str) -> WebSocketClientConnection:
    """Connect to a kernel of an attendee's. Raises: tornado's HTTPClientError if that is refused."""
    address = f"{url.replace('http', 'ws', 1)}/user/{name}/api/kernels/{kernel}/channels"
    request = HTTPRequest(address, headers={"Authorization": f"token {token}"}, request_timeout=CELL_SECONDS)
    return await websocket_connect(request, max_message_size=2**28)


async def execute(socket: WebSocketClientConnection, code: str) -> str:
    """Run code, wait for the reply and until the kernel is idle. Return the error that it ended in, "" if in none."""
    sent = uuid.uuid4().hex
    header = {"msg_id": sent, "msg_type": "execute_request", "username": "", "session": "trial", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    await socket.write_message(json.dumps(message))
    replied, idle, error = False, False, ""
    while not (replied and idle):
        text = await socket.read_message()
        if text is None:
            raise ConnectionError("the kernel's websocket was closed")
        if sent.encode() not in (text if isinstance(text, bytes) else text.encode()):
            continue
        answer = json.loads(text)
        if answer["parent_header"].get("msg_id") != sent:
            continue
        if answer["msg_type"] == "execute_reply":
            replied = True
            if answer["content"]["status"] == "error":
                error = f"{answer['content']['ename']}: {answer['content']['evalue']}"[:300]
        elif answer["msg_type"] == "status":
            idle = answer["content"]["execution_state"] == "idle"
    return error
