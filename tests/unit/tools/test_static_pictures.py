"""Pictures in stored outputs."""

import base64
import re
import xml.etree.ElementTree as ElementTree
from xml.parsers.expat import ExpatError

import pytest
from static_pictures import as_images
from store_outputs import RULES

TIMELINE = '<svg class="t" viewBox="0 0 760 110" width="100%" style="max-width: 760px"><title>2 &lt;b&gt;</title></svg>'
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" aria-label="one\ntwo" style="x"><path/></svg>'


def decoded(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]))


@pytest.mark.parametrize("svg", [TIMELINE, MAP])
def test_a_picture_becomes_an_image_that_stands_alone(svg):
    html = as_images(f"<p>before</p>{svg}<p>after</p>")
    assert html.startswith('<p>before</p><img class="lab-picture"') and html.endswith("><p>after</p>")
    root = decoded(html)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "background: light-dark(#fff, #111)" in root.get("style")
    assert root.get("viewBox").startswith("-8 -8 ")


def test_its_words_are_those_of_the_picture_and_its_width_that_of_its_box_with_a_margin():
    assert 'alt="2 &lt;b&gt;"' in as_images(TIMELINE) and 'width="776"' in as_images(TIMELINE)
    assert 'alt="one · two"' in as_images(MAP)


def test_each_picture_becomes_one_image_and_what_has_none_stays():
    assert as_images(f"{TIMELINE}<b>between</b>{MAP}").count("<img ") == 2
    assert as_images("<table></table>") == "<table></table>"


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="says nothing"):
        as_images('<svg viewBox="0 0 1 1"><path/></svg>')


def test_a_picture_that_only_a_page_would_draw_is_refused():
    with pytest.raises(ExpatError, match="not well-formed"):
        as_images('<svg viewBox="0 0 1 1"><title>less</title><text>USD < 0.01</text></svg>')


def test_nbval_takes_a_picture_and_its_image_for_the_same():
    def sanitized(html):
        for regex, marker in RULES:
            html = re.sub(regex, marker, html)
        return html

    for svg in (TIMELINE, MAP):
        assert sanitized(f"a{svg}b{svg}c") == sanitized(as_images(f"a{svg}b{svg}c")) == "aPICTUREbPICTUREc"
