"""What is saved of a lab."""

import copy
import json
from types import SimpleNamespace

import pytest

from helpers.jupyter.saved_notebooks import WIDGET, without_what_does_not_last


def notebook(*outputs: dict, **metadata) -> dict:
    cells = [{"cell_type": "markdown", "source": "prose"}, {"cell_type": "code", "outputs": list(outputs)}]
    content = {"nbformat": 4, "metadata": {"widgets": {"state": {}}, **metadata}, "cells": cells}
    return {"type": "notebook", "content": content}


def shown(**data) -> dict:
    return {"output_type": "execute_result", "data": data}


@pytest.fixture
def save(tmp_path):
    """`save(model)` gives the content that is saved, of a notebook that may be there."""

    def save(model: dict, path: str = "labs/00_start_here.ipynb") -> dict | str:
        without_what_does_not_last(model, path=path, contents_manager=SimpleNamespace(root_dir=str(tmp_path)))
        return model["content"]

    return save


@pytest.fixture
def saved(save):
    return lambda *outputs: save(notebook(*outputs))["cells"][1]["outputs"]


def test_a_widget_is_saved_as_the_picture_it_also_is(saved):
    widget = shown(**{"text/plain": "a map", "text/html": "<table></table>", WIDGET: {"model_id": "7"}})
    assert saved(widget) == [shown(**{"text/plain": "a map", "text/html": "<table></table>"})]


def test_a_widget_that_is_nothing_else_stays(saved):
    assert saved(shown(**{WIDGET: {"model_id": "7"}})) == [shown(**{WIDGET: {"model_id": "7"}})]


def test_other_outputs_stay_as_they_are(saved):
    others = [shown(**{"text/plain": "1", "text/html": "<b>1</b>"}), {"output_type": "stream", "text": "printed"}]
    assert saved(*copy.deepcopy(others)) == others


def test_the_state_of_widgets_is_not_saved(save):
    assert save(notebook())["metadata"] == {}


def test_files_that_are_no_notebooks_are_saved_as_they_are(save):
    assert save({"type": "file", "content": "text", "format": "text"}) == "text"


NAMED, UNNAMED = {"name": "python", "version": "3.13.1"}, {"name": "python"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"language_info": UNNAMED}, UNNAMED, id="stays-as-it-came"),
        pytest.param({"language_info": {**NAMED, "version": "3.11.7"}}, NAMED, id="follows-the-machine"),
        pytest.param({}, NAMED, id="says-no-language"),
        pytest.param(None, NAMED, id="is-new"),
    ],
)
def test_the_version_of_python_is_saved_unless_the_notebook_says_python_and_no_version(before, after, save, tmp_path):
    if before is not None:
        (tmp_path / "labs").mkdir()
        (tmp_path / "labs" / "a.ipynb").write_text(json.dumps({"metadata": before}))
    assert save(notebook(language_info=dict(NAMED)), "/labs/a.ipynb")["metadata"]["language_info"] == after
