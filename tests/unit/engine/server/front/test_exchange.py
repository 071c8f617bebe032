"""Answers as they are sent: where one ends is never the handler's to say."""

from pathlib import Path

import pytest
from engine_guard import found_by

GUARD = Path(__file__).with_name("exchange_guard.py")


@pytest.fixture(scope="module")
def found():
    """The answers that the guard was given, in the engine's environment."""
    return found_by(GUARD)


@pytest.mark.parametrize("name", ["Content-Length", "Transfer-Encoding", "X: 1\r\nX-Injected", ""])
def test_headers_of_a_function_do_not_change_where_its_answer_ends(found, name):
    answer = found[name]
    assert answer["head"].count("content-length: 5") == answer["head"].count("content-length") == 1
    assert "transfer-encoding" not in answer["head"] and "injected" not in answer["head"]
    assert (answer["body"], answer["kept"]) == ("hello", True)


def test_an_answer_that_breaks_off_ends_the_connection_and_nothing_follows(found):
    assert (found["interrupted"]["body"], found["interrupted"]["kept"]) == ("2\r\nhe\r\n", False)


def test_an_answer_that_is_shorter_than_it_said_ends_the_connection(found):
    assert (found["short"]["body"], found["short"]["kept"]) == ("he", False)


def test_a_header_that_is_not_latin_1_is_sent_as_utf_8(found):
    assert "x-said: grüße ✓\r\n" in found["said"]["head"] and "x-more: gr\udcfcn\r\n" in found["said"]["head"]
