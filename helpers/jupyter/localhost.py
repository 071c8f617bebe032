"""JupyterLab at http://localhost: a browser keeps its cookies apart from those of the engine at http://127.0.0.1.

Cookies depend on the host name, not on the port. Under the same name the engine, and each function behind one of its
APIs, would be sent the cookie with which a browser is logged in to JupyterLab.

`make lab` starts JupyterLab by `main`. However it is started, `make setup` has named this module to it as a server
extension (`helpers/setup/steps.py`): a browser that opens a page at 127.0.0.1 is redirected before a cookie is set.
"""

import sys

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.serverapp import ServerApp
from tornado.httputil import HTTPServerRequest, split_host_and_port
from tornado.routing import Matcher, Rule
from tornado.web import RequestHandler

NUMBERS = r"(127\.0\.0\.1|\[::1\])"


class OpensPage(Matcher):
    """Matches a browser's request to open a page (Fetch Metadata, W3C, 2026-11); not its calls, nor other programs'."""

    def match(self, request: HTTPServerRequest) -> dict[str, object] | None:
        """Return {}, no arguments for the handler, if the request matches, else None."""
        how = (request.method, request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
        return {} if how == ("GET", "navigate", "document") else None


class ToLocalhost(RequestHandler):
    """Redirects a browser to the same page at localhost, on the port that it asked for, which may be a tunnel's."""

    @allow_unauthenticated
    def get(self) -> None:
        """Redirect, but not for good: a browser would remember that."""
        _, port = split_host_and_port(self.request.host)
        self.redirect(f"{self.request.protocol}://localhost{f':{port}' if port else ''}{self.request.uri}")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "helpers.jupyter.localhost"}]


def _load_jupyter_server_extension(server: ServerApp) -> None:
    server.web_app.add_handlers(NUMBERS, [Rule(OpensPage(), ToLocalhost)])  # type: ignore[no-untyped-call] # tornado's


class Server(ServerApp):
    """Jupyter's server, printing only the address that it was told to listen at."""

    @property
    def local_url(self) -> str:
        """The address itself, in place of the one with 127.0.0.1: it is not printed twice."""
        return self.public_url


def main() -> None:
    """Run JupyterLab with the arguments of this process."""
    from jupyterlab.labapp import LabApp

    LabApp.serverapp_class = Server
    sys.exit(LabApp.launch_instance())


if __name__ == "__main__":
    main()
