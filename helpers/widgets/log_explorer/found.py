"""What a search or a query found in log groups: a table, and how much of it there was when."""

from dataclasses import dataclass
from html import escape

from helpers.table import Table
from helpers.widgets.log_explorer.histogram import Histogram

SHOWN = 20  # rows of a search in the form; the histogram has all of them


@dataclass(frozen=True)
class Found:
    """An answer to `asked`. `table`: its rows; `histogram`: them over time, None if nothing has a time.

    `is_search`: whether the rows are log events that match a pattern, and not those of a query.
    """

    asked: str
    table: Table
    histogram: Histogram | None
    is_search: bool

    @property
    def summary(self) -> str:
        """How many there are, in one line."""
        count = len(self.table.rows)
        what = "event matches" if count == 1 else "events match"
        return f"{count} {what} {self.asked}" if self.is_search else f"{count} row{'' if count == 1 else 's'}"

    @property
    def summary_html(self) -> str:
        """The same as HTML. In `code`, JupyterLab does not take what is between two dollar signs for mathematics."""
        words, asked = escape(self.summary), escape(self.asked)
        return words.replace(asked, f"<code>{asked}</code>") if self.is_search else words

    def text(self) -> str:
        """Return a search's summary, or a query's rows, as text."""
        return self.summary if self.is_search or not self.table.rows else repr(self.table)

    __repr__ = text

    def _repr_html_(self) -> str:
        """Return the histogram with the summary of a search, or the rows of a query."""
        rows = "" if self.is_search or not self.table.rows else self.table._repr_html_()
        return f"<p>{self.summary_html}</p>{self.picture()}{rows}"

    def picture(self) -> str:
        """Return the histogram; nothing if nothing has a time."""
        return self.histogram.svg(self.summary) if self.histogram else ""

    def in_form(self) -> str:
        """Return all that a form shows: summary, histogram and the first rows."""
        shown = Table(self.table.heads, self.table.rows[:SHOWN])
        more = len(self.table.rows) - SHOWN
        rest = f"<p>and {more:,} more</p>" if more > 0 else ""
        rows = shown._repr_html_() if shown.rows else ""
        return f'<p role="status">{self.summary_html}</p>{self.picture()}{rows}{rest}'
