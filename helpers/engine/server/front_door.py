"""The first handler of every request from outside, before anything of it is parsed."""

from __future__ import annotations

import re

from localstack.aws.api import RequestContext
from localstack.aws.chain import HandlerChain
from localstack.aws.handlers.internal_requests import InternalRequestParamsEnricher
from localstack.http import Request, Response

from ..iam import internal_calls
from . import browsers

# What LocalStack and moto tell themselves; they would believe it of anybody.
OWN_HEADERS = ("x-localstack-", "x-moto-", "x-s3-vhost-forwarded-for")
# Cookies know no ports: a browser sends those of JupyterLab here, too, if both are on one host name. (Names:
# jupyter_server.auth.identity, jupyterhub.services.auth, tornado's `_xsrf`.)
JUPYTER_COOKIE = re.compile(r"username-|jupyter|_xsrf=", re.IGNORECASE)


def enter(
    self: InternalRequestParamsEnricher, chain: HandlerChain, context: RequestContext, response: Response
) -> None:
    """Replace the chain's first handler: answer to this machine's names only, and believe no internal header."""
    request = context.request
    if internal_calls.is_internal(request):
        internal_calls.read(context)
        return
    if not browsers.is_ours(request.headers.get("Host", "localhost")):
        message = "This engine answers to names of this machine only; LAB_HOSTS adds others."
        chain.respond(403, {"message": message})
        return
    remove_headers(request)


def remove_headers(request: Request) -> None:
    """Remove headers that nobody outside may set, and cookies that no function must see."""
    for name in [name for name in dict(request.headers) if name.lower().startswith(OWN_HEADERS)]:
        del request.headers[name]
    if cookies := request.headers.getlist("Cookie"):
        kept = [cookie for line in cookies for cookie in line.split(";") if not JUPYTER_COOKIE.match(cookie.strip())]
        del request.headers["Cookie"]
        request.environ.pop("HTTP_COOKIE", None)
        if text := ";".join(kept).strip():
            request.headers["Cookie"] = text
