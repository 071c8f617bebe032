"""Pictures side by side."""

import struct

import pytest

from helpers.errors import LabError
from helpers.widgets import Gallery


def png(width, height):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def test_as_text_it_is_names_and_sizes():
    assert repr(Gallery({"fox.png": png(480, 320), "owl.png": png(2, 1)})) == "fox.png: 480 × 320\nowl.png: 2 × 1"


def test_every_picture_has_its_name_as_its_words():
    html = Gallery({"<fox>.png": png(480, 320)})._repr_html_()
    assert 'alt="&lt;fox&gt;.png"' in html and 'width="480"' in html and "<fox>" not in html


@pytest.mark.parametrize("data", [b"", b"not a picture", png(1, 1)[:20]])
def test_what_is_no_picture_is_an_error_that_names_it(data):
    with pytest.raises(LabError, match=r"notes\.png"):
        Gallery({"notes.png": data})
