"""Going on after a pause: what a lab's first cell offers."""

import html
import json
import re
from types import SimpleNamespace

import pytest

from helpers.jupyter import resuming
from helpers.jupyter.resuming import Offer, find


def code(name: str, ran: int | None = None) -> dict:
    return {"cell_type": "code", "id": name, "source": ["1"], "execution_count": ran}


def text(*lines: str) -> dict:
    return {"cell_type": "markdown", "id": lines[0], "source": list(lines)}


def notebook(*ran: str) -> dict:
    """Title, the first cell, and two sections; cells of these ids were run."""
    cells = [text("# 01\n", "words"), code("first"), text("## 1. One"), code("one"), text("## 2. Two"), code("two")]
    return {"cells": [{**cell, "execution_count": 7} if cell["id"] in ran else cell for cell in cells]}


@pytest.mark.parametrize(
    ("ran", "offered"),
    [
        ((), None),
        (("first",), None),
        (("first", "one"), Offer("1. One", 2)),
        (("one", "two"), Offer("2. Two", 4)),
        (("first", "two"), Offer("2. Two", 4)),
    ],
)
def test_the_way_leads_to_the_cell_that_was_run_last_if_cells_are_between(ran, offered):
    assert find(notebook(*ran), "first") == offered


def test_a_cell_that_was_made_since_the_notebook_was_saved_offers_nothing():
    assert find(notebook("two"), "new") is None


def test_where_the_next_cell_was_the_last_one_nothing_is_offered():
    assert find({"cells": [code("first", 1), code("one", 2)]}, "first") is None


def test_the_button_moves_to_the_cell_and_runs_all_above_it():
    (arguments,) = re.findall(r'data-commandlinker-args="([^"]*)"', Offer("1. <One>", 2)._repr_html_())
    down = "notebook:move-cursor-down"
    assert json.loads(html.unescape(arguments)) == {"commands": [down, down, "notebook:run-all-above"]}
    assert "“1. &lt;One&gt;”" in Offer("1. <One>", 2)._repr_html_()
    assert "“1. <One>”" in repr(Offer("1. <One>", 2))


@pytest.fixture
def shown(monkeypatch, tmp_path):
    """`shown(file=…, inputs=…, request=…)` gives what is displayed in a kernel that runs the cell "first"."""

    def shown(file: str = "my/01.ipynb", inputs: tuple = ("", "Lab()"), request: dict | None = None) -> list:
        displayed: list = []
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook("two")))
        kernel = SimpleNamespace(get_parent=lambda channel: {"metadata": request or {"cellId": "first"}})
        shell = SimpleNamespace(kernel=kernel, user_ns={"In": list(inputs)})
        monkeypatch.setattr(resuming, "in_notebook", lambda: True)
        monkeypatch.setattr("IPython.get_ipython", lambda: shell)
        monkeypatch.setattr("IPython.display.display", displayed.append)
        resuming.offer({"JPY_SESSION_NAME": str(path)})
        return displayed

    return shown


def test_the_first_cell_offers_it_after_a_restart_and_after_other_cells(shown):
    assert shown() == [Offer("2. Two", 4)]
    assert shown(inputs=("", "other", "Lab()")) == [Offer("2. Two", 4)]


def test_the_first_cell_offers_nothing_when_it_runs_again_at_once_as_by_the_button(shown):
    assert shown(inputs=("", "Lab()", "Lab()")) == []


def test_the_labs_as_they_came_offer_nothing_for_their_outputs_are_not_the_readers(shown):
    assert shown(file="labs/01.ipynb") == []


def test_other_programs_than_jupyterlab_are_offered_nothing(shown, monkeypatch, tmp_path):
    assert shown(request={"no": "cell"}) == []
    monkeypatch.setattr(resuming, "in_notebook", lambda: True)
    resuming.offer({})
    resuming.offer({"JPY_SESSION_NAME": str(tmp_path / "renamed.ipynb")})


def test_a_script_offers_nothing(capsys):
    resuming.offer({"JPY_SESSION_NAME": "/anywhere/my/01.ipynb"})
    assert capsys.readouterr().out == ""
