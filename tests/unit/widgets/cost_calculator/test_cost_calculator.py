"""The cost calculator: controls and code do the same, and the bar shows what the bill says."""

import re
import threading

import ipywidgets as w
import pytest

from helpers.cost.bill import Bill, Line
from helpers.cost.workload import ARCHITECTURES, FRONT_DOORS, Workload
from helpers.errors import CostError
from helpers.widgets import CostCalculator
from helpers.widgets.cost_calculator import bar
from helpers.widgets.cost_calculator.form import STOPS

API = Workload(5_000_000, 10, 128, front_door="REST API", response_kb=3, free_tier=False)


@pytest.fixture
def calculator():
    calculator = CostCalculator(API)
    calculator._view  # noqa: B018  builds the form
    return calculator


@pytest.fixture
def form(calculator):
    return calculator._form


def test_it_takes_a_workload_or_its_fields_or_both():
    fields = {"requests": 5_000_000, "billed_ms": 10, "memory_mb": 128, "response_kb": 3, "free_tier": False}
    assert CostCalculator(**fields, front_door="REST API").bill == API.bill
    assert CostCalculator(API, memory_mb=256).workload.memory_mb == 256
    with pytest.raises(TypeError, match="colour"):
        CostCalculator(colour="red")


def test_it_shows_what_the_pure_function_says(form):
    assert "<strong>USD 19.89</strong>" in form.shown.value
    assert API.bill._repr_html_() in form.shown.value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requests", 12_345_678),
        ("billed_ms", 33.3),
        ("memory_mb", 1769),
        ("architecture", "arm64"),
        ("front_door", "function URL"),
        ("response_kb", 100.0),
        ("ephemeral_mb", 2048),
        ("cold_percent", 1.5),
        ("log_kb", 12.0),
        ("provisioned", 3),
        ("snap_start", True),
        ("free_tier", True),
    ],
)
def test_a_control_and_set_do_the_same(calculator, form, field, value):
    form.fields[field].value = value
    by_hand, shown = calculator.workload, form.shown.value
    assert getattr(by_hand, field) == value
    other = CostCalculator(API)
    other._view  # noqa: B018
    assert other.set(**{field: value}) == by_hand.bill
    assert (other._form.fields[field].value, other._form.shown.value) == (value, shown)


def test_a_slider_moves_its_field_and_a_field_its_slider(calculator, form):
    for name, slider in form.sliders.items():
        slider.value += 3
        assert getattr(calculator.workload, name) == form.fields[name].value == STOPS[name][slider.value]
        form.fields[name].value = STOPS[name][14]
        assert slider.value == 14
    assert calculator.workload.requests == 200_000


def test_a_value_between_two_stops_of_a_slider_stays_as_it_is(calculator, form):
    calculator.set(requests=12_345_678, billed_ms=33.3, memory_mb=1600)
    fields = calculator.workload.requests, calculator.workload.billed_ms, calculator.workload.memory_mb
    assert fields == (12_345_678, 33.3, 1600)
    at = {name: STOPS[name][slider.value] for name, slider in form.sliders.items()}
    assert at == {"requests": 10_000_000, "billed_ms": 30, "memory_mb": 1536}
    calculator.set(requests=0, memory_mb=10_240)
    assert (form.sliders["requests"].value, calculator.workload.requests) == (0, 0)


def test_every_stop_of_a_slider_can_be_billed(calculator):
    for name, stops in STOPS.items():
        assert stops == sorted(set(stops))
        assert [getattr(CostCalculator(API, **{name: value}).workload, name) for value in stops] == stops


def test_a_value_that_will_not_do_is_a_sentence_in_the_form_and_changes_nothing(calculator, form):
    before = form.shown.value
    form.fields["memory_mb"].value = 20_000
    assert 'role="alert"' in form.error.value and "128 to 10,240" in form.error.value
    assert (calculator.workload, form.shown.value) == (API, before)
    form.fields["memory_mb"].value = 256
    assert (form.error.value, calculator.workload.memory_mb) == ("", 256)


def test_code_is_refused_the_same_value_with_an_error(calculator):
    with pytest.raises(CostError, match="memory_mb"):
        calculator.set(memory_mb=20_000)
    with pytest.raises(TypeError, match="colour"):
        calculator.set(colour="red")
    assert calculator.workload == API


def test_a_hand_that_moves_while_code_sets_is_heard_afterwards(calculator, form):
    def hand():
        form.fields["memory_mb"].value = 256

    with calculator.lock:
        form._filling = True  # as in the middle of `fill`
        other = threading.Thread(target=hand)
        other.start()
        other.join(0.05)
        assert calculator.workload.memory_mb == 128
        form._filling = False
    other.join(10)
    assert calculator.workload.memory_mb == 256


def test_every_control_has_a_name_to_be_found_by(form):
    assert [name for name, field in form.fields.items() if not field.description] == ["architecture"]  # its buttons
    assert tuple(form.fields["architecture"].options) == ARCHITECTURES
    assert tuple(form.fields["front_door"].options) == FRONT_DOORS
    assert isinstance(form.fields["free_tier"], w.Checkbox)


def test_the_static_picture_shows_workload_bar_and_bill():
    bundle = CostCalculator(API)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == f"{API!r}\n{API.bill!r}"
    for part in ("5,000,000 requests a month", "USD 19.89", "<svg", "first 333 million"):
        assert part in bundle["text/html"]


def test_the_bar_gives_each_part_its_share():
    picture = bar.draw(API.bill)
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="22"', picture)]
    assert sum(widths) == pytest.approx(bar.WIDTH, abs=1)
    assert widths[2] / sum(widths) == pytest.approx(17.50 / API.bill.total, abs=0.001)
    assert "API Gateway, REST API requests: 88 %" in picture and "duration on x86_64: &lt; 1 %" in picture


def test_the_bar_has_a_colour_for_all_that_can_be_on_a_bill():
    for door in FRONT_DOORS:
        more = {"ephemeral_mb": 2048, "log_kb": 1, "cold_percent": 1, "init_ms": 100}
        bill = CostCalculator(API, front_door=door, **more).bill
        assert bar.draw(bill).count("<title>") == 1 + len(bill.parts)


def test_a_month_for_nothing_has_no_bar():
    assert bar.draw(Bill((Line("Lambda", "requests", "free tier", 1, "million", 0.0),))) == (
        "<p>This month costs nothing.</p>"
    )
