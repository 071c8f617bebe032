"""The base of all widgets: a view made when first shown, a static picture beside it, styles and script from files."""

import inspect
from functools import cached_property
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_suffix(".js")


class Shown:
    """Base of a widget: subclasses give `view()` (ipywidgets), `text()` and `html()`.

    A notebook saved and read without a kernel shows the HTML, a terminal the text, JupyterLab the widget.
    """

    def view(self) -> Any:
        """Return the ipywidgets widget."""
        raise NotImplementedError

    def text(self) -> str:
        """Return what the widget shows, as lines of text."""
        raise NotImplementedError

    def html(self) -> str:
        """Return what the widget shows, as HTML that needs no styles to be read."""
        raise NotImplementedError

    def framed(self, name: str, *parts: Any) -> Any:
        """Return a box around `parts`, with the CSS class `name`.

        It is styled by the CSS files beside the modules of its class and of that class's bases; base.css comes first.
        base.js names what ipywidgets leaves without a name.
        """
        import ipywidgets as w

        classes = [one for one in reversed(type(self).__mro__) if issubclass(one, Shown)]
        files = [Path(inspect.getfile(one)).with_suffix(".css") for one in classes]
        css = "".join(file.read_text(encoding="utf-8") for file in dict.fromkeys(files) if file.exists())
        script = {"output_type": "display_data", "metadata": {}}
        script["data"] = {"application/javascript": SCRIPT.read_text(encoding="utf-8")}
        hidden = {"display": "none"}
        style = w.HTML(f"<style>{css}</style>", layout=hidden)
        box = w.VBox([style, *parts, w.Output(outputs=(script,), layout=hidden)])
        box.add_class("lab-widget").add_class(name)
        return box

    @cached_property
    def _view(self) -> Any:
        return self.view()

    @property
    def is_shown(self) -> bool:
        """Whether the view was made."""
        return "_view" in self.__dict__

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle = self._view._repr_mimebundle_(include=include, exclude=exclude)
        return {**bundle, "text/plain": self.text(), "text/html": self.html()}


def answer_while_busy(widget: Any) -> None:
    """Answer clicks on `widget` while a cell runs, if the front end sends them to a subshell, as JupyterLab does.

    ipykernel 7.4 hands them to the thread that last used the widget (`_reply_subshell_for` in its comm.py), usually
    that of the cells, which is busy. This leaves the choice to the front end, as other versions do.
    """
    if hasattr(widget.comm, "_reply_subshell_for"):
        widget.comm._reply_subshell_for = lambda data, subshell: subshell
