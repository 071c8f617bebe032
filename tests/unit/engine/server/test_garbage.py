"""Garbage is not looked for while a service is loaded."""

import gc

import pytest

from helpers.engine.server import garbage


@pytest.fixture(autouse=True)
def unchanged():
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()
    gc.enable()


def test_python_looks_for_garbage_again_when_the_last_is_done():
    with garbage.postponed():
        with garbage.postponed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_left_out_for_good():
    before = gc.get_freeze_count()
    with garbage.postponed():
        made = [[] for _ in range(1000)]
    assert gc.get_freeze_count() >= before + len(made)


def test_a_service_that_fails_to_load_postpones_nothing():
    with pytest.raises(ValueError), garbage.postponed():
        raise ValueError
    assert gc.isenabled()
