"""Evidence from headers: which verbs a reply allows, to whoever asked (Allow) or to pages of other origins (CORS)."""

from helpers.exercises.evidence.rest_api import Reply


def allows_page(reply: Reply, page: str, verbs: set[str], header: str | None = None) -> bool:
    """Tell whether a reply to a preflight lets `page`, and no other, send `verbs`, with a header called `header`.

    `*` is not taken for an origin or for verbs: it lets every page in, or every verb.
    """
    fits = header is None or header.upper() in _listed(reply, "Access-Control-Allow-Headers")
    named = _listed(reply, "Access-Control-Allow-Methods")
    return reply.status in (200, 204) and answers_page(reply, page) and verbs <= named and fits


def answers_page(reply: Reply, page: str) -> bool:
    """Tell whether `page`, and no other, may read a reply."""
    return reply.headers.get("Access-Control-Allow-Origin") == page


def allowed_in_words(reply: Reply, page: str) -> str:
    """Return what a reply to a preflight allows, in words."""
    origin = reply.headers.get("Access-Control-Allow-Origin")
    if origin is None:
        return f"{reply.status} and no Access-Control-Allow-Origin"
    whom = {page: "the page", "*": "every page, not this one alone"}.get(origin, origin)
    verbs, headers = (reply.headers.get(f"Access-Control-Allow-{what}") for what in ("Methods", "Headers"))
    every = "every verb (*)" if verbs == "*" else verbs
    return f"{every or 'no verb'} {f'with {headers}' if headers else 'without any header'} for {whom}"


def allow_in_words(reply: Reply) -> str:
    """Return the header `Allow` of a response, in words."""
    return f"Allow: {reply.headers['Allow']}" if "Allow" in reply.headers else "no Allow"


def allows_get(reply: Reply) -> bool:
    """Tell whether `Allow` names GET, and no verb that was refused."""
    return {"GET"} <= _listed(reply, "Allow") <= {"GET", "HEAD", "OPTIONS"}


def _listed(reply: Reply, header: str) -> set[str]:
    return {one.strip().upper() for one in reply.headers.get(header, "").split(",")}
