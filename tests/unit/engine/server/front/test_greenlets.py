"""The order in which the loop serves requests."""

from pathlib import Path

from engine_guard import found_by


def test_what_has_begun_goes_on_before_what_is_new_begins():
    found = found_by(Path(__file__).with_name("greenlets_guard.py"))
    assert found[0] == "all are known"  # requests that come together are read before the first begins
    assert found.index("0 ends") < found.index("2 begins")
