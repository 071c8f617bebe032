"""Charts of values over time."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from helpers.widgets.shared.charts import chart

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
END = START + timedelta(hours=1)


def at(minute, value):
    return START + timedelta(minutes=minute), value


def draw(points, **how):
    return chart("Errors <count>", {"sum": points}, START, END, period=60, **how)


def test_values_are_dots_and_neighbours_are_joined():
    picture = draw([at(0, 1), at(1, 3), at(30, 2)])
    assert picture.count("<circle") == 3
    assert len(re.findall(r'<path d="M[^H"]*L', picture)) == 1
    assert "sum 3, 09:01 UTC" in picture


def test_the_scale_ends_at_a_round_number_above_all_values():
    picture = draw([at(0, 0), at(60, 37)])
    heights = [float(y) for y in re.findall(r'cy="([\d.]+)"', picture)]
    assert ">50<" in picture
    assert heights[0] == 118 and 30 < heights[1] < 60


def test_nothing_measured_says_so():
    assert "no data" in draw([])
    assert "no data" not in draw([at(1, 0)])


def test_the_picture_is_one_line_of_well_formed_svg_that_says_what_it_shows():
    picture = draw([at(2, 5)], alarm=True)
    assert "\n" not in picture
    root = ElementTree.fromstring(picture)
    assert (root.get("class"), root.get("role")) == ("lab-chart", "img")
    assert root[0].text == "Errors <count>: 1 values, at most 5"
    assert "--jp-error-color1" in picture


def test_more_than_one_series_is_named():
    picture = chart("Duration", {"least": [at(1, 1)], "most": [at(1, 9)]}, START, END, period=60)
    assert ">least<" in picture and ">most<" in picture
