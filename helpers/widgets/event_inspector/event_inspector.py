"""Event inspector: the events in a function's log, the latest of each source, side by side.

    inspector = EventInspector(lab, "showEvent")
    inspector.find("inbox/red fox.png")   # where each event says it, as code

The function has to log its event as one line of JSON: `print(json.dumps(event))`, `console.log(JSON.stringify(event))`.
"""

import json
import time
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Any

from botocore.exceptions import ClientError

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.widgets.event_inspector import cards, sources
from helpers.widgets.shared.base import Shown
from helpers.widgets.shared.form_errors import alert, attempt


class EventInspector(Shown):
    """Show the events that `function` logged since `since` (`time.time()`), and find a value in them.

    `events` is {source: its latest event}, `counts` {source: how many of its events came}, `wanted` what was looked for
    last, "" at first.
    """

    def __init__(self, lab: Connection, function: str, *, since: float = 0):
        self.function = function
        self.since = since
        self.events: dict[str, Any] = {}
        self.counts: Counter[str] = Counter()
        self.wanted = ""
        self._logs = lab.client("logs")
        self.refresh()

    def refresh(self) -> "EventInspector":
        """Read the log again. Raises: what AWS answers."""
        found: dict[str, Any] = {}
        counts: Counter[str] = Counter()
        for event in self._logged():
            source = sources.source_of(event)
            found[source] = event
            counts[source] += 1
        self.events = {source: found[source] for source in sources.ORDER if source in found}
        self.counts = counts
        self._show()
        return self

    def wait(
        self,
        *wanted: str,
        times: int = 1,
        seconds: float = 50,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> "EventInspector":
        """Wait until `times` events of each source in `wanted` came, at most `seconds`; show what there is then."""
        deadline = clock() + seconds
        while any(self.counts[source] < times for source in wanted) and clock() < deadline:
            sleep(0.2)
            self.refresh()
        return self

    def find(self, value: object) -> "EventInspector":
        """Mark a value in every event, and show the code that gets it there. "" marks nothing."""
        self.wanted = str(value)
        self._show()
        return self

    def source(self, event: object) -> str:
        """Return which source an event is of, wherever it was found: "S3", or "Invoke" if it is no service's."""
        return sources.source_of(event)

    def paths(self, source: str) -> list[str]:
        """Return the code for each place in the event of `source` where what was looked for is written."""
        return cards.paths(self.events[source], self.wanted)

    def text(self) -> str:
        """Return sources and code as lines of text."""
        lines = []
        for source in self.events:
            paths = self.paths(source)
            says = paths[0] if paths else "not in it" if self.wanted else "an event"
            lines.append(f"{source:<16}{says}")
        return "\n".join(lines) or self._nothing()

    def html(self) -> str:
        """Return the events as HTML."""
        shown = "".join(cards.card(source, event, self.wanted) for source, event in self.events.items())
        return f'<div class="lab-events-cards">{shown or escape(self._nothing())}</div>'

    def view(self) -> Any:
        """Return the ipywidgets form."""
        import ipywidgets as w

        self._field = w.Text(description="Find", value=self.wanted, placeholder="a key, a bucket, a size")
        self._field.observe(lambda change: self.find(change["new"]), "value")
        button = w.Button(description="Refresh", icon="refresh", tooltip=f"Read the log of {self.function} again")
        button.on_click(lambda _: attempt(self.refresh, self._say))
        self._cards, self._error = w.HTML(), w.HTML()
        box = self.framed("lab-events", w.HBox([self._field, button]), self._error, self._cards)
        self._fill()
        return box

    def _logged(self) -> list[Any]:
        asked = {"logGroupName": f"/aws/lambda/{self.function}", "startTime": int(self.since * 1000)}
        try:
            lines = pages.collect(self._logs, "filter_log_events", "events", **asked)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":  # nothing was logged yet
                return []
            raise
        return [event for line in lines if (event := _event(line["message"])) is not None]

    def _nothing(self) -> str:
        return f"no event in the log of {self.function}"

    def _say(self, sentence: str) -> None:
        self._error.value = alert(sentence, "lab-events-error")

    def _show(self) -> None:
        if self.is_shown:
            self._fill()

    def _fill(self) -> None:
        self._field.value, self._error.value = self.wanted, ""
        self._cards.value = self.html()


def _event(line: str) -> Any:
    """Return the event in a line, None if the line is no JSON object."""
    try:
        return json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None
