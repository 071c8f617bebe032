"""Saved notebooks, without what does not last.

- A live widget belongs to one kernel. Opened again with another one, a notebook would say "Error displaying widget:
  model not found" where the widget was; so it is kept as the text and HTML that it also has, until it is shown again.
  (That holds for a page that is loaded anew, too, though its kernel lives on: what the widget holds is still there,
  under its name.)
- JupyterLab notes the version of this machine's Python as soon as a kernel has started. A notebook that names none, as
  those in `labs/`, stays as it came when it was only opened.

`make setup` names `without_what_does_not_last` to JupyterLab as its `pre_save_hook` (`helpers/setup/components.py`).
"""

from pathlib import Path
from typing import Any

from helpers.state.home import read_json

WIDGET = "application/vnd.jupyter.widget-view+json"


def without_what_does_not_last(model: dict[str, Any], path: str, contents_manager: Any, **_: object) -> None:
    """Change a notebook about to be saved; the one that is open in the browser is not touched.

    `model`, `path` and `contents_manager`: as Jupyter Server's `pre_save_hook` gets them.
    """
    if model["type"] == "notebook" and model["content"]["nbformat"] >= 4:
        without_live_widgets(model["content"])
        without_new_version(model["content"], Path(contents_manager.root_dir, path.lstrip("/")))


def without_live_widgets(notebook: dict[str, Any]) -> None:
    """Remove widget views wherever the output has another form."""
    notebook["metadata"].pop("widgets", None)  # the state of those views
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if len(data) > 1:
                data.pop(WIDGET, None)


def without_new_version(notebook: dict[str, Any], file: Path) -> None:
    """Remove Python's version if `file`, what was saved before, says that it is Python and not which."""
    try:
        before: Any = read_json(file)
        named = "version" in before["metadata"]["language_info"]
    except (OSError, ValueError, TypeError, KeyError):  # it is new, or not as Jupyter writes it
        return
    if not named:
        notebook["metadata"].get("language_info", {}).pop("version", None)
