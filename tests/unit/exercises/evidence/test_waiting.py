"""Waiting until something is found."""

from itertools import count
from types import SimpleNamespace

from helpers.exercises.evidence import waiting


def test_waiting_is_longer_on_aws_and_ends():
    assert waiting.seconds_for(SimpleNamespace(backend="aws"), 5, 60) == 60
    assert waiting.seconds_for(SimpleNamespace(backend="embedded"), 5, 60) == 5
    assert waiting.until(lambda: 0, 0) == 0


def test_what_is_found_is_returned_once_it_is_enough():
    numbers, naps = count(), []
    assert waiting.until(lambda: next(numbers), 60, enough=lambda n: n == 2, pause=0.1, sleep=naps.append) == 2
    assert naps == [0.1, 0.1]


def test_what_there_is_then_is_returned_when_the_time_is_over():
    clock, naps = iter(range(9)), []
    assert waiting.until(list, 3, sleep=naps.append, clock=lambda: next(clock)) == []
    assert naps == [0.3, 0.3]
