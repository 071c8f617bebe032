"""The API map in JupyterLab: a picture and, on demand, the fields of a request below it.

Every click has a method of `ApiMap` that does the same.
"""

import re
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from helpers.errors import LabError
from helpers.widgets.shared.form_errors import alert, attempt

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
WIDE = {"width": "100%"}


class ApiForm:
    """A view in `box`; `shown` is the ApiMap (whose module imports this one) that does the work."""

    def __init__(self, shown: Any):
        self._map = shown
        self.picture = w.HTML(shown.html())
        self.open = w.ToggleButton(description="Send a request", icon="paper-plane")
        self.follow = w.ToggleButton(description="Follow")
        self.again = w.Button(description="Refresh", icon="refresh")
        self.answer = w.HTML()
        self.fields = w.VBox(layout={"display": "none"})
        self.open.observe(lambda change: self._open(change["new"]), "value")
        self.follow.observe(lambda change: shown.redraw_after_calls(self, change["new"]), "value")
        self.again.on_click(lambda _: self.redraw())
        for name in ("picture", "open", "follow", "again", "answer", "fields"):
            getattr(self, name).add_class(f"lab-api-{name}")
        what = w.HTML("<small>Follow: redraw after each call of this notebook that changes the API</small>")
        bar = w.HBox([self.open, self.follow, self.again, what])
        self.box = shown.framed("lab-api", self.picture, bar, self.fields, self.answer)

    @property
    def closed(self) -> bool:
        """Whether the widget was removed from the page."""
        return self.box.comm is None

    def redraw(self) -> None:
        """Read the API again and draw it."""
        attempt(self._map.refresh, self._say)
        self.picture.value = self._map.html()
        if self.fields.children:
            self._offer()

    def _open(self, on: bool) -> None:
        if not self.fields.children:
            self._build()
        self.fields.layout.display = "" if on else "none"

    def _build(self) -> None:
        self.method = w.Dropdown(description="Method", layout=WIDE)
        self.verb = w.Dropdown(description="Verb", options=VERBS)
        self.stage = w.Dropdown(description="Stage")
        self.path = w.Text(description="Path", layout=WIDE)
        self.query = w.Text(description="Query", placeholder="name=David&language=en", layout=WIDE)
        self.headers = w.Textarea(description="Headers", placeholder="x-api-key: …", rows=2, layout=WIDE)
        self.body = w.Textarea(description="Body", rows=3, layout=WIDE)
        self.buttons = {
            "Send": self._button("Send", self._send, "primary", "Through the stage, as any caller"),
            "Test": self._button("Test", self._test, "", "TestInvokeMethod, as the console does: needs no deployment"),
        }
        self.method.observe(lambda change: self._choose(change["new"]), "value")
        fields = [self.method, self.verb, self.stage, self.path, self.query, self.headers, self.body]
        self.fields.children = [*fields, w.HBox(list(self.buttons.values()))]
        self._offer()

    def _button(self, label: str, action: Callable[[], None], style: str, tooltip: str) -> w.Button:
        button = w.Button(description=label, button_style=style, tooltip=tooltip)
        button.add_class(f"lab-api-{label.lower()}")
        button.on_click(lambda _: self._click(action))
        return button

    def _offer(self) -> None:
        """Offer the current methods and stages; the choice is kept."""
        api, chosen, stage = self._map.api, self.method.value, self.stage.value
        path, verb = self.path.value, self.verb.value
        self._methods = {f"{one.verb} {one.path}": one for one in api.methods if one.integration}
        if self.method.options != (labels := tuple(self._methods)):
            self.method.options = labels
            self.method.value = chosen if chosen in labels else next(iter(labels), None)
            if chosen in labels:  # what was typed for it stays, too
                self.path.value, self.verb.value = path, verb
        if self.stage.options != (stages := tuple(one.name for one in api.stages)):
            self.stage.options = stages
            self.stage.value = stage if stage in stages else next(iter(stages), None)

    def _choose(self, label: str | None) -> None:
        method = self._methods.get(label or "")
        if method is None:
            return
        self.verb.layout.display = "" if method.verb == "ANY" else "none"
        self.verb.value = method.verb if method.verb in VERBS else "GET"
        self.path.value = re.sub(r"[{}+]", "", method.path)

    def _send(self) -> None:
        self._map.send(stage=self.stage.value, **self._asked())

    def _test(self) -> None:
        self._map.test(**self._asked())

    def _asked(self) -> dict[str, Any]:
        headers = {}
        for line in filter(str.strip, self.headers.value.splitlines()):
            name, colon, value = line.partition(":")
            if not colon:
                raise LabError(f"{line!r} is not a header: write one in each line, as name: value.")
            headers[name.strip()] = value.strip()
        asked = {"verb": self.verb.value, "path": self.path.value, "query": self.query.value}
        return {**asked, "headers": headers, "body": self.body.value}

    def _click(self, action: Callable[[], None]) -> None:
        def shown() -> None:
            action()
            self.answer.value = self._map.answer._repr_html_()

        attempt(shown, self._say)
        self.redraw()

    def _say(self, sentence: str) -> None:
        self.answer.value = alert(sentence, "lab-api-error")
