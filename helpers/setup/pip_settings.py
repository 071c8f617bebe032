"""pip's configuration, translated for uv.

uv does not read ``pip.conf`` or ``PIP_…``. A learner who has configured pip for a mirror, a proxy or a certificate
should not have to do it twice. Sources: "Configuration" (pip documentation), "Environment variables" and
"Package indexes" (uv documentation), read in November 2026.

One thing differs on purpose. pip asks ``extra-index-url`` and ``index-url`` alike and takes the best release, whoever
has it. Here the first index that has a name supplies it (uv's ``first-index``), and ``index-url`` comes first: another
index is asked only for what that one lacks. Without ``index-url`` the first is the public index, which has every name
in our locks, so that the others are not asked at all. Whatever answers, the hashes in the locks decide.
"""

import ast

NOWHERE = "file:///nowhere"  # an index without packages: uv has no variable for its --no-index
PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")


def parse(listing: str) -> "dict[str, str]":
    """Return the settings in the output of ``pip config list``, by option; the environment wins over the file."""
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
    """Return the environment variables that tell uv the same; what the user has set for uv in ``environ`` wins."""
    main = settings.get("index-url")
    indexes = [main, *settings.get("extra-index-url", "").split()] if main else []
    if settings.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        indexes = [NOWHERE]
    words = {
        "UV_DEFAULT_INDEX": indexes[-1] if indexes else None,  # uv asks it last
        "UV_INDEX": " ".join(indexes[:-1]),
        "UV_FIND_LINKS": ",".join(settings.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": settings.get("timeout") or settings.get("default-timeout"),
        "SSL_CERT_FILE": settings.get("cert"),
    }
    if settings.get("proxy") and not any(environ.get(name) or environ.get(name.lower()) for name in PROXIES):
        words["ALL_PROXY"] = settings["proxy"]
    older = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}  # names uv still reads
    return {
        name: value
        for name, value in words.items()
        if value and not environ.get(name) and not environ.get(older.get(name, name))
    }
