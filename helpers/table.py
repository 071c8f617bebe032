"""A small table, as text and as HTML for a notebook."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """Column heads and rows of text; its repr is the table."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __repr__(self) -> str:
        lines = [self.heads, *self.rows]
        widths = [max(len(str(line[column])) for line in lines) for column in range(len(self.heads))]

        def text(line: Sequence[str]) -> str:
            return "  ".join(str(cell).ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()

        return "\n".join(map(text, lines))

    def _repr_html_(self) -> str:
        def row(cells: Sequence[str], tag: str) -> str:  # to the left, where JupyterLab would put numbers to the right
            start = f'<{tag} style="text-align: left">'
            return "<tr>" + "".join(f"{start}{escape(str(cell))}</{tag}>" for cell in cells) + "</tr>"

        body = "".join(row(cells, "td") for cells in self.rows)
        return f"<table><thead>{row(self.heads, 'th')}</thead><tbody>{body}</tbody></table>"
