"""Figures of matplotlib."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from matplotlib.figure import Figure
from static_pictures import as_images

from helpers.jupyter import figures


@pytest.fixture
def figure():
    figure = Figure(figsize=(4, 2))
    axes = figure.subplots()
    axes.plot([1, 2, 3], label="version <2>")
    axes.bar_label(axes.bar([1, 2], [3, 4]), ["three", "four"])
    axes.set(title="Shares", xlabel="calls", ylabel="%")
    axes.legend()
    return figure


def test_a_figure_is_a_picture_whose_label_is_what_is_written_in_it(figure):
    root = ElementTree.fromstring(figures.html(figure))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Shares; % over calls; version <2>; three; four"


def test_a_figure_without_a_word_says_so():
    assert figures.words(Figure()) == "a figure without words"


def test_it_has_the_colours_of_the_page_and_brings_no_style_for_the_rest_of_it(figure):
    html = figures.html(figure)
    assert "#000000" not in html and "#ffffff" not in html and "<style" not in html
    assert "stroke: currentColor" in html and "fill: var(--jp-layout-color0" in html


def test_the_same_figure_is_the_same_text_and_its_words_are_text(figure):
    assert figures.html(figure) == figures.html(figure)
    assert ">four</text>" in figures.html(figure)


def test_its_stored_form_is_an_image_with_the_same_words(figure):
    assert 'alt="Shares; % over calls; version &lt;2&gt;; three; four"' in as_images(figures.html(figure))


def test_in_a_kernel_a_figure_is_shown_so_and_elsewhere_nothing_happens():
    code = """
        from ipykernel.ipkernel import IPythonKernel
        from helpers.jupyter import figures
        figures.install()
        formats = IPythonKernel.instance().shell.display_formatter.format
        from matplotlib.figure import Figure
        before = "text/html" in formats(Figure())[0]
        figures.install()
        print(before, formats(Figure())[0]["text/html"][:15])
    """
    lines = "\n".join(line.strip() for line in code.splitlines())
    said = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True).stdout
    assert said == 'False <svg role="img"\n'
