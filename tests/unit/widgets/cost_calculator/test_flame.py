"""The flame: each bar stands under what it is a part of, and is as wide as its share."""

import re
from xml.dom import minidom

import pytest

from helpers.cost.bill import Bill
from helpers.cost.workload import FRONT_DOORS, Workload
from helpers.widgets import flame
from helpers.widgets.cost_calculator.flame import ROW

SHOP = Workload(5_000_000, 20, 128, front_door="REST API", response_kb=3, log_kb=12, free_tier=False).bill
HELLO = Workload(5_000_000, 2, 128, cold_percent=1, init_ms=200, free_tier=False).bill


def row(picture, number):
    return [block for block in picture.blocks if block.row == number]


def test_every_row_is_as_wide_as_the_month():
    picture = flame({"shop": SHOP, "hello": HELLO})
    for number in range(4):
        assert sum(block.end - block.start for block in row(picture, number)) == pytest.approx(picture.total)


def test_a_bar_stands_under_what_it_is_a_part_of():
    picture = flame({"shop": SHOP, "hello": HELLO})
    for number in (1, 2, 3):
        for block in row(picture, number):
            above = [one for one in row(picture, number - 1) if one.start - 1e-9 <= block.start < one.end]
            assert len(above) == 1 and block.end <= above[0].end + 1e-9, block
    assert [block.words for block in row(picture, 1)] == ["shop", "hello"]
    assert [block.words for block in row(picture, 2)][:4] == [
        "Lambda",
        "API Gateway",
        "CloudWatch Logs",
        "Data transfer",
    ]


def test_the_words_are_the_shares():
    lines = repr(flame({"shop": SHOP, "hello": HELLO})).splitlines()
    assert lines[0] == f"USD {SHOP.total + HELLO.total:.2f} a month"
    share = 100 * SHOP.usd("CloudWatch Logs") / (SHOP.total + HELLO.total)
    assert f"  CloudWatch Logs, ingestion: {share:.0f} %" in lines
    assert sum(line.startswith("hello: ") for line in lines) == 1


def test_the_picture_has_a_bar_for_each_and_words_where_there_is_room():
    picture = flame({"<shop>": SHOP})
    svg = picture._repr_html_()
    assert svg.count("<rect") == len(picture.blocks) and "\n" not in svg
    assert "&lt;shop&gt;" in svg and "<shop>" not in svg
    assert max(int(y) for y in re.findall(r' y="(\d+)" width', svg)) == 3 * ROW


def test_there_is_a_colour_for_all_that_can_be_on_a_bill():
    for door in FRONT_DOORS:
        for kept in ({"provisioned": 3}, {"snap_start": True, "cold_percent": 1}, {"cold_percent": 1, "init_ms": 9}):
            bill = Workload(10**6, 10, 128, front_door=door, response_kb=3, log_kb=1, free_tier=False, **kept).bill
            assert len(row(flame({"one": bill}), 3)) == len(bill.parts)


def test_a_month_for_nothing_has_no_flame():
    assert flame({"one": Bill(())})._repr_html_() == "<p>This month costs nothing.</p>"


def test_a_share_below_one_percent_leaves_the_picture_well_formed():
    picture = flame({"shop": SHOP, "hello": Workload(1000, 2, 128, free_tier=False).bill})
    drawn = picture._repr_html_()
    assert "&lt; 1 %" in drawn
    minidom.parseString(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])
