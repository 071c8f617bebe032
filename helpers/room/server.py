"""Serving the page, on 127.0.0.1 only. Its address has a secret in it: on a classroom's machine, others listen, too."""

import http.server
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from helpers.errors import LabError
from helpers.room import attendees, page

HERE = Path(__file__).parent
FILES = {"room.css": "text/css", "room.js": "text/javascript"}
# Were a name ever not escaped: no script but ours runs, nothing is loaded from, or sent, anywhere else.
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'"
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def prepare(folder: Path) -> None:
    """Make the room's folder, unless it is there: anybody may put a file into it, and nobody but its owner list it.

    Raises: LabError if it cannot be made, or is no folder.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True)
        folder.chmod(0o1733)  # sticky: nobody removes another's file
    except OSError as error:
        raise LabError(f"The room {folder} cannot be made ({error.strerror}): choose another folder.") from error


def make(folder: Path, port: int = 0) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Return a server of the room's page, and the page's address. `port` 0: any that is free.

    Raises: LabError if the port is taken.
    """
    secret = secrets.token_urlsafe(16)
    labs = attendees.course()

    def text() -> str:
        now = datetime.now().astimezone()
        return page.html(attendees.read(folder, labs, now), labs, now)

    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, secret, text))
    except OSError as error:
        raise LabError(f"Port {port} cannot be used ({error.strerror}): choose another with --port.") from error
    return server, f"http://127.0.0.1:{server.server_port}/{secret}/"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers with the page, and its two files, below the secret; with 404 to all else."""

    server_version, sys_version = "room", ""

    def __init__(self, secret: str, text: Callable[[], str], *request: object):
        self.secret, self.text = secret, text
        super().__init__(*request)  # type: ignore[arg-type]  # it answers within

    def do_GET(self) -> None:
        """Answer."""
        secret, _, wanted = self.path.partition("?")[0].removeprefix("/").partition("/")
        if not secrets.compare_digest(secret.encode(), self.secret.encode()) or wanted not in ("", *FILES):
            self.answer(404, "text/plain", "Nothing is here: use the address that the terminal shows.")
        elif wanted:
            self.answer(200, FILES[wanted], (HERE / wanted).read_text(encoding="utf-8"))
        else:
            try:
                self.answer(200, "text/html", self.text())
            except LabError as error:
                self.answer(500, "text/plain", str(error))

    def answer(self, status: int, kind: str, text: str) -> None:
        """Send `text`."""
        content = text.encode()
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": f"{kind}; charset=utf-8"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a terminal full of requests tells an instructor nothing."""
