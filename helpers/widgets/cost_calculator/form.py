"""The form of the cost calculator: every control calls `CostCalculator.set`."""

from typing import Any

import ipywidgets as w

from helpers.cost.workload import ARCHITECTURES, FRONT_DOORS
from helpers.widgets.shared.form_errors import alert, attempt

NAMES = "9.5em"  # width of the labels
FIELD = {"layout": {"width": "19em"}, "style": {"description_width": NAMES}}
SLIDER = {"readout": False, "layout": {"flex": "1 1 12em", "width": "auto"}}
ROUND = [1, 1.5, 2, 3, 5, 7]
# The stops of a slider, whose value is the number of the stop: a browser moves a slider from a value between two stops
# to one of them, and would report that as if a hand had done it.
STOPS = {
    "requests": [int(number * 10**power) for power in range(3, 10) for number in ROUND] + [10**10],
    "billed_ms": [number * 10**power for power in range(6) for number in ROUND] + [900_000],
    "memory_mb": [128, 192, 256, 384, 512, 768, 1024, 1536, 1769, 2048, 3008, 4096, 5120, 6144, 8192, 10_240],
}


class CostForm:
    """Fields, sliders and toggles in `box`; `calculator`, a CostCalculator (whose module imports this), does the work.

    `fields`, `sliders`: by the name of what they change. A field takes every value, a slider those at its STOPS.
    """

    def __init__(self, calculator: Any):
        self._calculator = calculator
        self._filling = False
        self.fields = {
            "requests": w.IntText(description="Requests a month", **FIELD),
            "billed_ms": w.FloatText(description="Billed (ms)", **FIELD),
            "memory_mb": w.IntText(description="Memory (MB)", **FIELD),
            "architecture": w.ToggleButtons(options=ARCHITECTURES),
            "front_door": w.Dropdown(description="Front door", options=FRONT_DOORS, **FIELD),
            "response_kb": w.FloatText(description="Answer (kB)", **FIELD),
            "ephemeral_mb": w.IntText(description="/tmp (MB)", **FIELD),
            "cold_percent": w.FloatText(description="Cold starts (%)", **FIELD),
            "init_ms": w.FloatText(description="INIT (ms)", **FIELD),
            "log_kb": w.FloatText(description="Log (kB)", **FIELD),
            "provisioned": w.IntText(description="Provisioned", **FIELD),
            "snap_start": w.Checkbox(description="SnapStart", indent=False),
            "free_tier": w.Checkbox(description="Free tier", indent=False),
        }
        self.sliders = {name: w.IntSlider(min=0, max=len(stops) - 1, **SLIDER) for name, stops in STOPS.items()}
        for controls in (self.fields, self.sliders):
            for name, control in controls.items():
                control.observe(lambda change, name=name: self._change(name, change), "value")
        self.error, self.shown = w.HTML(), w.HTML()
        self.shown.add_class("lab-cost-bill")
        fields = self.fields
        self.box = calculator.framed(
            "lab-cost",
            *(w.HBox([fields[name], slider]) for name, slider in self.sliders.items()),
            w.HBox([fields["front_door"], fields["response_kb"], fields["log_kb"]]),
            w.HBox([fields["cold_percent"], fields["init_ms"], fields["ephemeral_mb"]]),
            w.HBox([fields["provisioned"], fields["snap_start"], fields["free_tier"]]),
            w.HBox([w.Label("Architecture", layout={"width": NAMES}), fields["architecture"]]),
            self.error,
            self.shown,
        )
        self.fill()

    def fill(self) -> None:
        """Show what the calculator holds."""
        workload = self._calculator.workload
        self._filling = True
        try:
            for name, field in self.fields.items():
                field.value = getattr(workload, name)
            for name, slider in self.sliders.items():
                slider.value = _stop(name, getattr(workload, name))
            self.error.value = ""
            self.shown.value = self._calculator.bill_html()
        finally:
            self._filling = False

    def _change(self, name: str, change: dict[str, Any]) -> None:
        with self._calculator.lock:
            if self._filling:  # by the form itself, not by hand
                return
            value = change["new"]
            if change["owner"] is self.sliders.get(name):
                value = STOPS[name][value]
            attempt(lambda: self._calculator.set(**{name: value}), self._say)

    def _say(self, sentence: str) -> None:
        self.error.value = alert(sentence, "lab-cost-error")


def _stop(name: str, value: float) -> int:
    """The number of the stop that is nearest to a value."""
    return min(range(len(STOPS[name])), key=lambda number: abs(STOPS[name][number] - value))
