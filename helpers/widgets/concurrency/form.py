"""The form of the concurrency widget: Run does what `Concurrency.run` does."""

from typing import Any

import ipywidgets as w

from helpers.widgets.concurrency.result import MOST
from helpers.widgets.shared.background import Background
from helpers.widgets.shared.base import answer_while_busy
from helpers.widgets.shared.form_errors import SHOWN, alert, attempt, sentence

NAMES = ("Requests at once", "Reserved", "Provisioned")
SLIDER = {"continuous_update": False, "layout": {"flex": "1 1 12em", "width": "auto"}}


class ConcurrencyForm:
    """Sliders and Run in `box`; `concurrency`, a Concurrency (whose module imports this), does the work."""

    def __init__(self, concurrency: Any):
        self._concurrency = concurrency
        self.at_once = w.IntSlider(value=6, min=1, max=MOST, **SLIDER)
        self.reserve = w.Checkbox(value=False, description="Reserve concurrency", indent=False)
        self.reserved = w.IntSlider(value=4, min=0, max=MOST, disabled=True, **SLIDER)
        self.provisioned = w.IntSlider(value=0, min=0, max=MOST, **SLIDER)
        self.reserve.observe(lambda change: setattr(self.reserved, "disabled", not change["new"]), "value")
        self.button = w.Button(description="Run", icon="play", button_style="primary")
        self.button.on_click(lambda _: self._run())
        answer_while_busy(self.button)
        self.status, self.picture = w.HTML(), w.HTML()
        self.status.add_class("lab-concurrency-status")
        self.picture.add_class("lab-concurrency-picture")
        self.background = Background(self._busy, self._idle)
        sliders = zip(NAMES, (self.at_once, self.reserved, self.provisioned), strict=True)
        rows = [w.HBox([w.Label(name, layout={"width": "9.5em"}), slider]) for name, slider in sliders]
        rows[1].children += (self.reserve,)
        self.box = concurrency.framed("lab-concurrency", *rows, w.HBox([self.button, self.status]), self.picture)
        self._begin()

    def fill(self, at_once: int) -> None:
        """Show the concurrency's result, and the settings that it was reached with."""
        result = self._concurrency.result
        self.picture.value = result.svg()
        self.at_once.value = at_once
        self._set(result.reserved, result.provisioned)
        self._say(self._sum(result))

    def _begin(self) -> None:
        """Show the settings that the function has now."""
        self._say(self._concurrency.text().splitlines()[0])
        attempt(lambda: self._set(*self._concurrency.settings), self._alert)
        if result := self._concurrency.result:
            self.picture.value = result.svg()

    def _set(self, reserved: int | None, provisioned: int) -> None:
        self.reserve.value = reserved is not None
        if reserved is not None:
            self.reserved.value = reserved
        self.provisioned.value = provisioned

    def _run(self) -> None:
        reserved = self.reserved.value if self.reserve.value else None
        settings = {"at_once": self.at_once.value, "reserved": reserved, "provisioned": self.provisioned.value}
        self.background.start("Sending…", lambda: self._concurrency.run(**settings), lambda _: None, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SHOWN):
            raise error
        self._alert(sentence(error))

    def _alert(self, words: str) -> None:
        self.status.value = alert(words, "lab-concurrency-error")

    def _busy(self, doing: str) -> None:
        self.button.disabled = True
        self._say(doing)

    def _idle(self) -> None:
        self.button.disabled = False

    def _say(self, words: str) -> None:
        self.status.value = f'<p role="status">{words}</p>'

    @staticmethod
    def _sum(result: Any) -> str:
        sent = sum(wave.at_once for wave in result.waves)
        return f"{sent} requests, {result.throttled} of them throttled"
