"""The cost calculator: a month's bill that follows sliders, fields and toggles.

    cost = CostCalculator(requests=5_000_000, billed_ms=10, memory_mb=128, front_door="REST API")
    cost.set(memory_mb=256).total  # what moving the slider does
    CostCalculator(measured(logs.tail(response), requests=5_000_000))

The model is in `helpers.cost.workload`, `measured` in `helpers.cost.measuring`, the prices in `helpers.cost.prices`.
"""

import dataclasses
import threading
from html import escape
from typing import Any

from helpers.cost.bill import Bill, money
from helpers.cost.workload import Workload
from helpers.widgets.cost_calculator import bar
from helpers.widgets.shared.base import Shown

USUAL = Workload(requests=1_000_000, billed_ms=100, memory_mb=128)


class CostCalculator(Shown):
    """A `workload` as a form, and its `bill`. Fields of `Workload` can be given instead of a workload, or to change it.

    Raises: CostError for a workload that Lambda would not run, TypeError for a field that does not exist.
    """

    def __init__(self, workload: Workload = USUAL, **fields: Any):
        self.workload = dataclasses.replace(workload, **fields)
        self.lock = threading.RLock()  # a click is answered while a cell runs, in another thread

    @property
    def bill(self) -> Bill:
        """The bill of the current workload."""
        return self.workload.bill

    def set(self, **fields: Any) -> Bill:
        """Change fields of the workload, as controls do: `set(memory_mb=256)`. Return the new bill.

        Raises: CostError for an invalid value, TypeError for another name; then nothing is changed.
        """
        with self.lock:
            self.workload = dataclasses.replace(self.workload, **fields)
            if self.is_shown:
                self._form.fill()
            return self.bill

    def text(self) -> str:
        """Return workload and bill as lines of text."""
        return f"{self.workload!r}\n{self.bill!r}"

    def html(self) -> str:
        """Return workload and bill as HTML."""
        return f"<p>{escape(repr(self.workload))}</p>{self.bill_html()}"

    def bill_html(self) -> str:
        """Return total, bar and lines of the bill as HTML."""
        bill = self.bill
        total = f'<p role="status"><strong>USD {money(bill.total)}</strong> a month</p>'
        return f"{total}{bar.draw(bill)}{bill._repr_html_()}"

    def view(self) -> Any:
        """Return the ipywidgets form."""
        from helpers.widgets.cost_calculator.form import CostForm

        self._form = CostForm(self)
        return self._form.box
