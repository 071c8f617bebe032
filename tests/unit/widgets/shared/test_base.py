"""What all widgets share."""

import ipywidgets as w
from ipykernel.comm.comm import BaseComm

from helpers.widgets import MemorySweep, Questionnaire
from helpers.widgets.shared.base import SCRIPT, answer_while_busy


def test_a_frame_has_its_parts_and_the_styles_of_both_files():
    part = w.Label("what is in it")
    box = Questionnaire().framed("lab-fit", part)
    style = box.children[0].value
    assert box.children[1:-1] == (part,)
    assert set(box._dom_classes) == {"lab-widget", "lab-fit"}
    assert style.index(".lab-widget {") < style.index(".lab-fit .widget-label {")


def test_a_frame_brings_the_script_that_gives_names_which_ipywidgets_leaves_out():
    (script,) = Questionnaire().framed("lab-fit").children[-1].outputs
    assert script["data"] == {"application/javascript": SCRIPT.read_text(encoding="utf-8")}


def test_a_frame_follows_the_theme():
    style = Questionnaire().framed("lab-fit").children[0].value
    assert "background: var(--jp-layout-color1" in style and "color: var(--jp-ui-font-color1" in style


def test_a_frame_has_the_styles_of_the_classes_that_it_is_made_from():
    style = MemorySweep(None, "Hello").framed("lab-job").children[0].value
    assert style.index(".lab-widget {") < style.index(".lab-job progress {")


def test_a_click_goes_where_the_front_end_sends_it_wherever_the_widget_was_last_used():
    widget = w.Button()
    widget.comm = BaseComm(target_name="jupyter.widget", primary=False)
    widget.comm._reply_subshell_id = None  # last used by a cell
    assert widget.comm._reply_subshell_for({}, "subshell") is None
    answer_while_busy(widget)
    assert widget.comm._reply_subshell_for({}, "subshell") == "subshell"


def test_a_widget_without_a_kernel_takes_no_harm():
    answer_while_busy(w.Button())
