"""What is saved of a lab."""

import copy

from helpers.jupyter.saved_widgets import WIDGET, without_live_widgets


def notebook(*outputs: dict) -> dict:
    cells = [{"cell_type": "markdown", "source": "prose"}, {"cell_type": "code", "outputs": list(outputs)}]
    return {"type": "notebook", "content": {"nbformat": 4, "metadata": {"widgets": {"state": {}}}, "cells": cells}}


def shown(**data) -> dict:
    return {"output_type": "execute_result", "data": data}


def saved(*outputs: dict) -> list[dict]:
    model = notebook(*outputs)
    without_live_widgets(model, path="labs/00_start_here.ipynb", contents_manager=None)
    return model["content"]["cells"][1]["outputs"]


def test_a_widget_is_saved_as_the_picture_it_also_is():
    widget = shown(**{"text/plain": "a map", "text/html": "<table></table>", WIDGET: {"model_id": "7"}})
    assert saved(widget) == [shown(**{"text/plain": "a map", "text/html": "<table></table>"})]


def test_a_widget_that_is_nothing_else_stays():
    assert saved(shown(**{WIDGET: {"model_id": "7"}})) == [shown(**{WIDGET: {"model_id": "7"}})]


def test_other_outputs_stay_as_they_are():
    others = [shown(**{"text/plain": "1", "text/html": "<b>1</b>"}), {"output_type": "stream", "text": "printed"}]
    assert saved(*copy.deepcopy(others)) == others


def test_the_state_of_widgets_is_not_saved():
    model = notebook()
    without_live_widgets(model)
    assert model["content"]["metadata"] == {}


def test_files_that_are_no_notebooks_are_saved_as_they_are():
    file = {"type": "file", "content": "text", "format": "text"}
    without_live_widgets(file)
    assert file == {"type": "file", "content": "text", "format": "text"}
