"""What the widgets share: a view made when first shown, a static picture beside it, styles from a file."""

import inspect
from functools import cached_property
from pathlib import Path


class Shown:
    """Base of a widget: subclasses give `view()` (ipywidgets), `text()` and `html()`.

    A notebook saved and read without a kernel shows the HTML, a terminal the text, JupyterLab the widget.
    """

    def view(self):
        """Return the ipywidgets widget."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what the widget shows, as lines of text."""
        raise NotImplementedError

    def html(self) -> str:
        """Return what the widget shows, as HTML that needs no styles to be read."""
        raise NotImplementedError

    def framed(self, name: str, *parts):
        """Return a box around `parts`, with the CSS class `name`; base.css and the file beside the module style it."""
        import ipywidgets as w

        files = (Path(__file__), Path(inspect.getfile(type(self))))
        css = "".join(file.with_suffix(".css").read_text(encoding="utf-8") for file in files)
        box = w.VBox([w.HTML(f"<style>{css}</style>", layout={"display": "none"}), *parts])
        box.add_class("lab-widget").add_class(name)
        return box

    @cached_property
    def _view(self):
        return self.view()

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = self._view._repr_mimebundle_(include=include, exclude=exclude)
        return {**bundle, "text/plain": self.text(), "text/html": self.html()}
