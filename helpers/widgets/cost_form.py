"""The form of the cost calculator: what a control does, `CostCalculator.set` does."""

from html import escape

import ipywidgets as w

from helpers.cost import ARCHITECTURES, FRONT_DOORS
from helpers.errors import CostError

FIELD = {"layout": {"width": "17em"}, "style": {"description_width": "8.5em"}}
SLIDER = {"readout": False, "layout": {"flex": "1 1 12em", "width": "auto"}}


class CostForm:
    """Fields, sliders and toggles in `box`; `calculator` does the work.

    `fields`, `sliders`: by the name of what they change. A field takes every value, a slider those one usually wants.
    """

    def __init__(self, calculator):
        self._calculator = calculator
        self._filling = False
        self.fields = {
            "requests": w.IntText(description="Requests a month", **FIELD),
            "billed_ms": w.FloatText(description="Billed (ms)", **FIELD),
            "memory_mb": w.IntText(description="Memory (MB)", **FIELD),
            "architecture": w.ToggleButtons(description="Architecture", options=ARCHITECTURES, style=FIELD["style"]),
            "front_door": w.Dropdown(description="Front door", options=FRONT_DOORS, **FIELD),
            "response_kb": w.FloatText(description="Answer (kB)", **FIELD),
            "ephemeral_mb": w.IntText(description="/tmp (MB)", **FIELD),
            "free_tier": w.Checkbox(description="Free tier", indent=False, layout={"width": "8em"}),
        }
        self.sliders = {  # the first two by powers of ten
            "requests": w.FloatLogSlider(min=3, max=10, step=0.05, **SLIDER),
            "billed_ms": w.FloatLogSlider(min=0, max=5.95, step=0.05, **SLIDER),
            "memory_mb": w.IntSlider(min=128, max=10_240, step=64, **SLIDER),
        }
        for controls in (self.fields, self.sliders):
            for name, control in controls.items():
                control.observe(lambda change, name=name: self._change(name, change), "value")
        self.error, self.shown = w.HTML(), w.HTML()
        self.shown.add_class("lab-cost-bill")
        fields = self.fields
        self.box = calculator.framed(
            "lab-cost",
            *(w.HBox([fields[name], slider]) for name, slider in self.sliders.items()),
            w.HBox([fields["front_door"], fields["response_kb"], fields["ephemeral_mb"]]),
            w.HBox([fields["architecture"], fields["free_tier"]]),
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
                value = getattr(workload, name)
                if _taken(slider) != value:  # not under the hand that moves it
                    slider.value = max(value, 1)  # which keeps to its range
            self.error.value = ""
            self.shown.value = self._calculator.bill_html()
        finally:
            self._filling = False

    def _change(self, name: str, change: dict) -> None:
        """Do what a control asks for; an error becomes a sentence in the form, where the learner looks."""
        with self._calculator.lock:
            if self._filling:  # it was not a hand
                return
            slider = self.sliders.get(name)
            value = _taken(slider) if change["owner"] is slider else change["new"]
            try:
                self._calculator.set(**{name: value})
            except CostError as error:
                self.error.value = f'<p role="alert" class="lab-cost-error">{escape(str(error))}</p>'


def _taken(slider: w.Widget) -> float:
    """What a slider stands for: by powers of ten, two digits are as much as a hand can mean."""
    return float(f"{slider.value:.2g}") if isinstance(slider, w.FloatLogSlider) else slider.value
