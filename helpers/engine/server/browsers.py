"""Cross-origin requests of web pages: which are let in.

A browser sends requests for any page it shows, to any address of this machine. It says so: in `Sec-Fetch-Site` (Fetch
Metadata Request Headers, W3C), in `Origin` (Fetch Standard), at least in `Referer`; none of the three can a page set.
Let in are published APIs and function URLs, which are for everybody (`endpoints`); of S3, what a bucket's own CORS
rules allow and what is presigned. All else of another origin is refused, before a service sees it, as is a `Host` that
is no name of this machine: a page whose own name was made to point here ("DNS rebinding") would else be of the same
origin.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.chain import HandlerChain
from localstack.http import Response
from werkzeug.datastructures import Headers

from .. import settings
from ..iam import s3_signatures

NAMES = ("localhost", "localhost.localstack.cloud")  # and all below them; their DNS answers are 127.0.0.1
# What a function URL has in its end here; no browser takes it for a name, since it ends like an IP address.
NUMERIC = ".127.0.0.1"
# AWS's own names for published APIs, which labs send as a header: nobody but AWS can point them anywhere.
PUBLISHED_AT_AWS = re.compile(r"[\w-]+\.(execute-api\.[a-z0-9-]+\.amazonaws\.com|lambda-url\.[a-z0-9-]+\.on\.aws)")
FOREIGN_SITES = ("cross-site", "same-site")  # another port of this machine is "same-site"
REFUSAL = "Requests from web pages of another origin are refused."


def is_foreign(headers: Headers) -> bool:
    """Return whether a browser sent this for a page of another origin.

    Where any secret is accepted (LAB_AUTH=off) no page is trusted, not even one that a function has published here; nor
    are names under which browsers do not say where a request comes from, because there is no `localhost` in them.
    """
    site, origin, referer = (headers.get(name) for name in ("Sec-Fetch-Site", "Origin", "Referer"))
    if not settings.current().auth:
        silent = headers.get("Host", "").lower().partition(":")[0].endswith(NAMES[1])
        return silent or site not in (None, "none") or bool(origin or referer)
    if site in FOREIGN_SITES or (origin and not _is_own(origin, headers)):
        return True
    return bool(referer) and site is None and origin is None and not _is_own(referer, headers)


def is_origin_allowed(headers: Headers) -> bool:
    """Replace `CorsEnforcer.is_cors_origin_allowed`."""
    return not is_foreign(headers)


def should_enforce_self_managed_service(context: RequestContext) -> bool:
    """Replace the function of `localstack.aws.handlers.cors`: no service enforces rules of its own."""
    return False


def _is_own(url: str, headers: Headers) -> bool:
    return urlsplit(url).netloc.lower() == headers.get("Host", "").lower()


@lru_cache(maxsize=256)
def is_ours(host: str) -> bool:
    """Return whether a Host header names this machine: a loopback address, `NAMES`, or one of LAB_HOSTS."""
    try:
        name = "" if "@" in host else urlsplit(f"//{host}").hostname or ""
    except ValueError:  # half an IPv6 address
        return False
    if name in (*NAMES, *settings.current().hosts) or PUBLISHED_AT_AWS.fullmatch(name):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name.endswith((*(f".{known}" for known in NAMES), NUMERIC))


def refuse_foreign(chain: HandlerChain, context: RequestContext, response: Response) -> None:
    """A handler before every service. Raises: AccessDenied for a page of another origin."""
    if not is_foreign(context.request.headers):
        return
    if context.service and context.service.service_name == "s3":
        if "Access-Control-Allow-Origin" in response.headers:  # a rule of the bucket's has matched
            return
        verified = settings.current().auth and s3_signatures.MARK in context.request.environ
        if verified and context.request.method in ("GET", "HEAD"):
            return  # a link that somebody was given
    raise CommonServiceException("AccessDenied", REFUSAL, 403, True)
