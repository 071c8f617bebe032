"""Saved notebooks: widgets are kept as the text and HTML that they also have.

A live widget belongs to one kernel. Opened again with another one, a notebook would say "Error displaying widget: model
not found" where the widget was; so a saved notebook has its picture instead, until it is shown again. (That holds for a
page that is loaded anew, too, though its kernel lives on: what the widget holds is still there, under its name.)

`make setup` names it to JupyterLab as its `pre_save_hook` (`helpers/setup/steps.py`).
"""

from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def without_live_widgets(model: dict[str, Any], **_: object) -> None:
    """Remove widget views from a notebook about to be saved, wherever the output has another form.

    `model`: as Jupyter Server's `pre_save_hook` gets it; the notebook open in the browser is not touched.
    """
    if model["type"] != "notebook" or model["content"]["nbformat"] < 4:
        return
    model["content"]["metadata"].pop("widgets", None)  # the state of those views
    for cell in model["content"]["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if len(data) > 1:
                data.pop(WIDGET, None)
