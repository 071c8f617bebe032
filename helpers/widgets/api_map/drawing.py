"""The drawing of a REST API's map: SVG without script. JupyterLab's variables carry the theme, light or dark."""

from collections.abc import Iterator, Sequence
from html import escape

from helpers.widgets.api_map.rest_api import Method, RestApi, Stage
from helpers.widgets.shared import svg

ROW, TOP, WIDTH = 44, 46, 760  # px
COLUMNS = {"path": (162, 146), "verb": (332, 74), "integration": (436, 318)}  # x, width
INK = "var(--jp-content-font-color1, light-dark(#212121, #e0e0e0))"
FAINT = "var(--jp-content-font-color2, light-dark(#616161, #b0b0b0))"
FILL = "var(--jp-layout-color2, light-dark(#f3f3f3, #333))"
LINE = "var(--jp-border-color1, light-dark(#9e9e9e, #757575))"
NEW = "var(--jp-brand-color1, light-dark(#1976d2, #42a5f5))"

Part = tuple[object, ...]  # what can be new: (stage, deployment), (path,), (path, verb), (method,)


class Drawing:
    """The picture of `api`. Whatever was not in `before`, an earlier reading (None: there was none), stands out."""

    def __init__(self, api: RestApi, before: RestApi | None = None):
        self._api = api
        # A resource is deployed with a method of its own, or of one below it.
        live = [method.path for method in api.methods if method.live]
        self._deployed = {
            path for path in api.paths if any(f"{one}/".startswith(f"{path.rstrip('/')}/") for one in live)
        }
        self._before: frozenset[Part] = frozenset() if before is None else _parts(before)

    def text(self) -> str:
        """Return the map as lines of text."""
        api = self._api
        stages = "; ".join(f"{s.name}{_variables(s)}" for s in api.stages) or "none"
        rows = [("resource", "method", "integration", "live in"), *(_row(method) for method in _lines(api))]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        table = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)
        return "\n".join([f"{api.name} · stages: {stages}", *table])

    def html(self) -> str:
        """Return the map as an SVG picture in HTML."""
        lines = _lines(self._api)
        height = TOP + ROW * max(len(lines), len(self._api.stages) + 1) + 26
        legend = "solid: live in a stage · dashed: not deployed"
        shapes = [
            *self._stages(),
            *(shape for number, line in enumerate(lines) for shape in self._line(number, line, lines)),
            _text(12, height - 8, legend + " · blue: new or changed since the last map", FAINT, size=11),
        ]
        head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}"'
        style = f"max-width: {WIDTH}px; width: 100%; font-family: var(--jp-ui-font-family, sans-serif)"
        return f'{head} aria-label="{escape(self.text())}" style="{style}">{"".join(shapes)}</svg>'

    def _colour(self, *part: object) -> str:
        return NEW if self._before and part not in self._before else LINE

    def _stages(self) -> Iterator[str]:
        yield _text(12, 20, "REST API", FAINT, size=11)
        yield _text(COLUMNS["path"][0], 20, "resource", FAINT, size=11)
        yield _text(COLUMNS["verb"][0], 20, "method", FAINT, size=11)
        yield _text(COLUMNS["integration"][0], 20, "integration", FAINT, size=11)
        yield _box(10, TOP, 116, 30, LINE)
        yield _text(20, TOP + 20, _short(self._api.name, 13), INK, bold=True)
        for number, stage in enumerate(self._api.stages, 1):
            y = TOP + ROW * number
            yield _box(22, y - 4, 104, 34, self._colour(stage.name, stage.deployment))
            yield _text(30, y + 10, f"/{stage.name}", INK)
            yield _text(30, y + 24, _short(_variables(stage).strip(" ()") or "stage", 16), FAINT, size=10)

    def _line(self, number: int, line: Method | str, lines: Sequence[Method | str]) -> Iterator[str]:
        y = TOP + ROW * number
        path = line if isinstance(line, str) else line.path
        x, width = COLUMNS["path"]
        if number == 0 or path != _path(lines[number - 1]):
            middle = y + 15
            yield _way(f"M 126 {TOP + 15} H 144 V {middle} H {x}")
            yield _box(x, y, width, 30, self._colour(path), dashed=path not in self._deployed)
            yield _text(x + 10, y + 20, _short(path, 20), INK)
        if isinstance(line, str):
            return
        start = y + 15 if path != _path(lines[number - 1]) or number == 0 else y - ROW + 30
        verb, verb_width = COLUMNS["verb"]
        colour = self._colour(line.path, line.verb)
        yield _way(
            f"M {x + width} {y + 15} H {verb}" if start == y + 15 else f"M {verb + verb_width // 2} {start} V {y}"
        )
        yield _box(verb, y, verb_width, 30, colour, dashed=not line.live)
        yield _text(verb + 10, y + 20, line.verb, INK, bold=True)
        if line.integration:
            x, width = COLUMNS["integration"]
            yield _way(f"M {verb + verb_width} {y + 15} H {x - 6} m -5 -4 l 5 4 l -5 4")
            yield _box(x, y - 4, width, 38, self._colour(line), dashed=not line.live)
            yield _text(x + 10, y + 11, " · ".join((line.integration, *line.notes)), INK, bold=True, size=12)
            yield _text(x + 10, y + 27, _short(line.target, 50), FAINT, size=11)


def _lines(api: RestApi) -> list[Method | str]:
    """A line for each method, and one for each resource that has none."""
    found: list[Method | str] = []
    for path in api.paths:
        methods = [method for method in api.methods if method.path == path]
        found += methods or [path]
    return found


def _row(line: Method | str) -> tuple[str, str, str, str]:
    if isinstance(line, str):
        return line, "", "", ""
    integration = " · ".join(filter(None, (line.integration, line.target, *line.notes)))
    return line.path, line.verb, integration or "none yet", ", ".join(line.stages) or "no stage"


def _parts(api: RestApi) -> frozenset[Part]:
    stages: set[Part] = {(stage.name, stage.deployment) for stage in api.stages}
    methods: set[Part] = {part for method in api.methods for part in ((method.path, method.verb), (method,))}
    return frozenset(stages | methods | {(path,) for path in api.paths})


def _path(line: Method | str) -> str:
    return line if isinstance(line, str) else line.path


def _variables(stage: Stage) -> str:
    return f" ({', '.join(f'{name}={value}' for name, value in stage.variables)})" if stage.variables else ""


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _box(x: int, y: int, width: int, height: int, colour: str, *, dashed: bool = False) -> str:
    dash = "; stroke-dasharray: 5 4" if dashed else ""
    thick = 2 if colour == NEW else 1
    style = f"fill: {FILL}; stroke: {colour}; stroke-width: {thick}{dash}"
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" style="{style}"/>'


def _text(x: int, y: int, words: str, colour: str, *, bold: bool = False, size: int = 13) -> str:
    return svg.text(x, y, words, fill=colour, size=size, weight=600 if bold else 400)


def _way(points: str) -> str:
    return f'<path d="{points}" style="fill: none; stroke: {LINE}"/>'
