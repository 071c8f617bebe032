"""Evidence from headers: which verbs a reply allows, to whoever asked (Allow) or to pages of other origins (CORS)."""

from helpers.exercises.evidence.rest_api import Reply


def allows_page(reply: Reply, page: str, verbs: set[str]) -> bool:
    """Tell whether a reply to a preflight lets the page `page` send `verbs`."""
    named = _verbs(reply, "Access-Control-Allow-Methods")
    origin = reply.headers.get("Access-Control-Allow-Origin")
    return reply.status in (200, 204) and origin in (page, "*") and (verbs <= named or "*" in named)


def allowed_in_words(reply: Reply, page: str) -> str:
    """Return what a reply to a preflight allows, in words."""
    origin = reply.headers.get("Access-Control-Allow-Origin")
    if origin is None:
        return f"{reply.status} and no Access-Control-Allow-Origin"
    whom = {page: "the page", "*": "every page"}.get(origin, origin)
    return f"{reply.headers.get('Access-Control-Allow-Methods', 'no verb')} for {whom}"


def allow_in_words(reply: Reply) -> str:
    """Return the header `Allow` of a response, in words."""
    return f"Allow: {reply.headers['Allow']}" if "Allow" in reply.headers else "no Allow"


def allows_get(reply: Reply) -> bool:
    """Tell whether `Allow` names GET, and no verb that was refused."""
    return {"GET"} <= _verbs(reply, "Allow") <= {"GET", "HEAD", "OPTIONS"}


def _verbs(reply: Reply, header: str) -> set[str]:
    return {verb.strip().upper() for verb in reply.headers.get(header, "").split(",")}
