"""pip's configuration in uv's words.

uv does not read ``pip.conf`` or ``PIP_…``. Who has set up pip for a mirror, a proxy or a certificate has done so for a
reason, and should not have to do it twice. Sources: "Configuration" (pip documentation) and "Environment variables"
(uv documentation), read in November 2026.
"""

import ast

PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")


def parse(listing: str) -> "dict[str, str]":
    """The settings in the output of ``pip config list``, by option name; the environment beats the file, as in pip."""
    found: dict[str, tuple[int, str]] = {}
    rank = {"global": 0, "install": 1, ":env:": 2}
    for line in listing.splitlines():
        key, separator, value = line.partition("=")
        section, dot, option = key.partition(".")
        if not (separator and dot and section in rank):
            continue
        try:
            text = str(ast.literal_eval(value))
        except (SyntaxError, ValueError):
            continue  # a warning that pip printed among its settings
        if option not in found or rank[section] >= found[option][0]:
            found[option] = (rank[section], text)
    return {option: text for option, (_, text) in found.items()}


def for_uv(settings: "dict[str, str]", environ: "dict[str, str]") -> "dict[str, str]":
    """The environment variables that tell uv the same; what the user has set for uv in ``environ`` wins."""
    words = {
        "UV_DEFAULT_INDEX": settings.get("index-url"),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_NO_INDEX": "1" if settings.get("no-index", "").lower() in ("1", "true", "yes", "on") else None,
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": settings.get("timeout") or settings.get("default-timeout"),
        "SSL_CERT_FILE": settings.get("cert"),
    }
    if words["UV_INDEX"]:
        words["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # what pip does: every index may answer, the best release wins
    if settings.get("proxy") and not any(environ.get(name) or environ.get(name.lower()) for name in PROXIES):
        words["ALL_PROXY"] = settings["proxy"]
    older = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}  # names uv still reads
    return {
        name: value
        for name, value in words.items()
        if value and not environ.get(name) and not environ.get(older.get(name, name))
    }
