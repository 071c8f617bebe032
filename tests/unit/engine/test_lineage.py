"""Lineages: how they are written, read and handed on."""

import pytest

from helpers.engine import lineage

A, B = "arn:aws:lambda:us-east-1:000000000000:function:a", "arn:aws:lambda:us-east-1:000000000000:function:b"


def test_each_function_is_counted_for_itself():
    text, times = lineage.passed(None, A)
    assert times == 1
    text, times = lineage.passed(text, B)
    assert times == 1
    text, times = lineage.passed(text, A)
    assert times == 2
    assert sorted(entry.rpartition(":")[2] for entry in text.split("|")) == ["0", "1"]


def test_a_bar_that_an_sdk_encoded_is_a_bar():
    text, _ = lineage.passed(lineage.passed(None, A)[0], B)
    assert lineage.passed(text.replace("|", "%7C"), A)[1] == 2


@pytest.mark.parametrize("odd", ["", "x", "|||", "1:zzzzzzzz:1", "a:b:c", "12345678:9", "=;%"])
def test_what_is_no_lineage_counts_nothing(odd):
    assert lineage.passed(odd, A)[1] == 1


def test_a_lineage_does_not_grow_without_end():
    text = ""
    for number in range(200):
        text, _ = lineage.passed(text, f"{A}{number}")
    assert text.count("|") + 1 == lineage.MOST_FUNCTIONS
    assert lineage.passed(text, f"{A}199")[1] == 2, "the latest are kept"


def test_several_headers_together_have_the_greatest_count_of_each():
    once = lineage.passed(None, A)[0]
    twice = lineage.passed(once, A)[0]
    assert lineage.of_headers([None, "", "Root=1-a-b"]) == ""
    header = lineage.of_headers([f"Root=1-a-b;Lineage={twice};Sampled=0", None, f"Root=1-a-c;Lineage={once}"])
    assert lineage.passed(header.removeprefix("Lineage="), A)[1] == 3


def test_a_header_is_handed_on_for_a_while():
    with lineage.handed_on("Lineage=1:12345678:0"):
        with lineage.handed_on(None):
            assert lineage.header() == {}
        assert lineage.header() == {"X-Amzn-Trace-Id": "Lineage=1:12345678:0"}
    assert lineage.header() == {}
