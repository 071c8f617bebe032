"""The console's Monitor tab: charts of CloudWatch metrics."""

from typing import Any

from helpers.widgets.console import metrics
from helpers.widgets.console.tab import Tab, Window
from helpers.widgets.shared.calls import Calls

RANGES = (("1 hour", 1), ("3 hours", 3), ("12 hours", 12), ("1 day", 24), ("3 days", 72), ("1 week", 168))  # AWS's own


class MonitorTab(Tab):
    """The last Metrics read."""

    label = "Monitor"

    def __init__(self, console: Window):
        super().__init__(console)
        self.metrics: metrics.Metrics | None = None

    def read(self, calls: Calls, **how: Any) -> metrics.Metrics:
        """Return the metrics; parameters as for `metrics.read`."""
        return metrics.read(calls, self.function, **how)

    def show(self, found: metrics.Metrics) -> None:
        """Show `found`."""
        self.metrics, self.used = found, True
        if self.shown:
            self.charts.value = found._repr_html_()

    def text(self) -> str:
        """Return the figures as text."""
        return repr(self.metrics)

    def html(self) -> str:
        """Return figures and charts as HTML; empty before the first reading."""
        return self.metrics._repr_html_() if self.metrics else ""

    def build(self) -> Any:
        """Return the form."""
        import ipywidgets as w

        self.range = w.Dropdown(description="Range", options=RANGES, value=3)
        self.range.add_class("lab-console-range")
        self.range.observe(lambda _: self.console.clicked(self._click_refresh), "value")
        self.charts = w.HTML(self.html())
        return w.VBox([w.HBox([self.range, self.button("Refresh", self._click_refresh)]), self.charts])

    def opened(self) -> None:
        """Read again: there may be more values by now."""
        self._click_refresh()

    def _click_refresh(self) -> None:
        hours = self.range.value
        self.in_background("Reading the metrics", lambda calls: self.read(calls, hours=hours), self.show)
