"""Which stage and which route a request is for.

"API Gateway selects the route with the most-specific match": a full match of method and path, then a greedy path
variable, then $default; between matches of one kind the path with fewer variables, and a method before ANY (API
Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway", 2026-11).
"""

from __future__ import annotations

from collections.abc import Iterable

from .apis import Api, Fields

Match = tuple[Fields, dict[str, str]]  # a route, and its path parameters


def select_stage(api: Api, path: str) -> tuple[Fields | None, str]:
    """The stage that a path begins with, and the rest; $default for a path that begins with none."""
    _, first, *rest = path.split("/")
    stage = api.stage(first) if first != "$default" else None
    if stage:
        return stage, "/" + "/".join(rest)
    return api.stage("$default"), path


def select_route(routes: Iterable[Fields], method: str, path: str) -> Match | None:
    """The route for a method and a decoded path; None if there is none."""
    found: list[tuple[tuple[object, ...], Fields, dict[str, str]]] = []
    default: Match | None = None
    for route in routes:
        verb, _, pattern = route["RouteKey"].partition(" ")
        if verb == "$default":
            default = route, {}
        elif verb in (method, "ANY") and (parameters := match(pattern, path)) is not None:
            found.append(((*specificity(pattern), verb == "ANY"), route, parameters))
    if not found:
        return default
    _, route, parameters = min(found, key=lambda each: each[0])
    return route, parameters


def match(pattern: str, path: str) -> dict[str, str] | None:
    """The path parameters if a path matches; None if it does not."""
    wanted, given = pattern.split("/"), path.split("/")
    parameters: dict[str, str] = {}
    for index, part in enumerate(wanted):
        if part.startswith("{") and part.endswith("+}"):
            rest = "/".join(given[index:])
            return {**parameters, part[1:-2]: rest} if rest else None
        if index >= len(given):
            return None
        if part.startswith("{") and part.endswith("}"):
            if not given[index]:
                return None
            parameters[part[1:-1]] = given[index]
        elif part != given[index]:
            return None
    return parameters if len(given) == len(wanted) else None


def specificity(pattern: str) -> tuple[bool, list[int]]:
    """Sorts more specific patterns first: whether it is greedy, then of each segment 0 for text, 1, 2 for variables."""
    parts = pattern.split("/")
    kinds = [0 if not part.startswith("{") else 2 if part.endswith("+}") else 1 for part in parts]
    return 2 in kinds, kinds
