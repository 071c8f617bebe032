"""What LocalStack imports for features that are off, or seldom used, is not imported when the engine starts."""

import dataclasses
from pathlib import Path

import pytest
from engine_guard import found_by

from helpers.engine.server import late_modules

GUARD = Path(__file__).with_name("late_modules_guard.py")


@pytest.fixture(scope="module")
def found():
    """What the guard finds, in the engine's environment."""
    return found_by(GUARD)


def test_no_late_module_is_imported_at_the_start(found):
    assert found["imported"] == []


def test_every_late_name_is_one_of_its_real_module(found):
    assert found["wrong"] == [] and found["late"] > 0


def test_a_late_name_is_imported_when_it_is_called_or_looked_into():
    assert late_modules.Late("json", "dumps")([1]) == "[1]"
    assert late_modules.Late("json", "JSONDecoder").decode.__name__ == "decode"


def test_an_optional_package_can_be_imported_again_afterwards(monkeypatch):
    monkeypatch.setattr(late_modules, "MISSING", {"colorsys": ""})
    monkeypatch.setattr(late_modules, "LATE", {"package_of_nobody": ""})
    with late_modules.importing_late():
        with pytest.raises(ModuleNotFoundError):
            import colorsys
        from package_of_nobody.inside import anything
    import colorsys

    assert colorsys.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    with pytest.raises(ModuleNotFoundError):
        anything()


def test_a_field_keeps_its_default_and_none_is_checked():
    @dataclasses.dataclass
    class Backoff:
        interval: float = late_modules.field(0.5, title="seconds", gt=0)
        batch: list[int] = late_modules.field(default_factory=list, init=False)  # noqa: RUF009

    assert (Backoff().interval, Backoff(-1).interval, Backoff().batch) == (0.5, -1, [])
