"""Figures of matplotlib as SVG in HTML: they say what they show, and follow the page's theme.

Matplotlib's own output is an image, which JupyterLab shows without words, and black on white in a dark theme, too.
"""

import io
import re
import sys
from html import escape
from typing import Any

from helpers.jupyter.output import in_notebook

# The colours that matplotlib draws with when it is not told otherwise.
THEMED = {"#000000": "currentColor", "#ffffff": "var(--jp-layout-color0, light-dark(#fff, #111))"}


def install() -> None:
    """Show figures so from now on, in a notebook's kernel; elsewhere do nothing."""
    if in_notebook():
        formatters = sys.modules["IPython"].get_ipython().display_formatter.formatters
        formatters["text/html"].for_type_by_name("matplotlib.figure", "Figure", html)


def html(figure: Any) -> str:
    """Return a matplotlib Figure as SVG whose label are its words."""
    import matplotlib

    drawn = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "labs"}):
        figure.savefig(drawn, format="svg", bbox_inches="tight", metadata={"Date": None})
    svg = drawn.getvalue()
    # A style for `*` and metadata, which belong to a document of its own, would be those of the page.
    svg = re.sub(r"<style\b.*?</style>|<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    for colour, themed in THEMED.items():
        svg = svg.replace(colour, themed)
    svg = re.sub(r' height="[^"]*"', "", svg, count=1)  # its width, and the page's, decide
    label = escape(words(figure))
    return svg.replace("<svg", f'<svg role="img" aria-label="{label}" fill="currentColor" style="max-width: 100%"', 1)


def words(figure: Any) -> str:
    """Return what is written in a figure: titles, axes, legends and labels of points, but not the scales' numbers."""
    found = []
    for axes in figure.axes:
        over = " over ".join(filter(None, (axes.get_ylabel(), axes.get_xlabel())))
        legend = axes.get_legend()
        texts = [text.get_text() for text in (*(legend.get_texts() if legend else ()), *axes.texts)]
        found += [axes.get_title(), over, *texts]
    return "; ".join(filter(None, found)) or "a figure without words"
