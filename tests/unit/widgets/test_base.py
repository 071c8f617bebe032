"""What all widgets share."""

import ipywidgets as w

from helpers.widgets import Questionnaire


def test_a_frame_has_its_parts_and_the_styles_of_both_files():
    part = w.Label("what is in it")
    box = Questionnaire().framed("lab-fit", part)
    style = box.children[0].value
    assert box.children[1:] == (part,)
    assert set(box._dom_classes) == {"lab-widget", "lab-fit"}
    assert style.index(".lab-widget {") < style.index(".lab-fit .widget-label {")


def test_a_frame_follows_the_theme():
    style = Questionnaire().framed("lab-fit").children[0].value
    assert "background: var(--jp-layout-color1" in style and "color: var(--jp-ui-font-color1" in style
