"""What labs create in AWS: of the labs as they are, and in words."""

import notebooks
import pytest
import store_creations

from helpers.cleanup.resource_types import RESOURCE_TYPES
from helpers.cost import creations
from helpers.cost.creations import Creations

pytestmark = pytest.mark.once

FIGURES = {"invocations": 1_000_000, "gb_seconds": 0, "log_kb": 0, "requests": 0, "code": ""}


@pytest.mark.parametrize("lab", notebooks.LABS, ids=notebooks.NAMES)
def test_the_figures_of_a_lab_are_of_its_code_as_it_is(lab):
    assert creations.read()[lab.stem[:2]].code == store_creations.code(lab), (
        f"{lab.name} or its solutions have changed: make creations LABS=labs/{lab.name}"
    )


def test_every_lab_has_figures():
    assert list(creations.read()) == [lab.stem[:2] for lab in notebooks.LABS]
    assert all(one.creates for one in creations.read().values())


@pytest.mark.parametrize(
    ("figures", "usd", "usd_a_month"),
    [
        ({"creates": {"functions": 1}}, 0.20, 0),
        ({"creates": {}, "invocations": 0, "gb_seconds": 60_000}, 1.000002, 0),
        ({"creates": {}, "invocations": 0, "log_kb": 1024 * 1024}, 0.50, 0),
        ({"creates": {}, "invocations": 0, "requests": 1000}, 0.025, 0),
        ({"creates": {"alarms": 3, "dashboards": 1}, "invocations": 0}, 3.3 / 730, 3.3),
        ({"creates": {"streams": 1}, "invocations": 0}, 0.015, 10.95),
    ],
)
def test_the_cost_is_that_of_the_price_list_without_free_tiers(figures, usd, usd_a_month):
    one = Creations(**{**FIGURES, **figures})
    assert one.usd == pytest.approx(usd)
    assert one.usd_a_month == pytest.approx(usd_a_month)


def test_what_a_lab_creates_is_told_with_its_price_and_its_date(capsys):
    one = Creations(**{**FIGURES, "creates": {"functions": 9, "policies": 1, "alarms": 1}, "requests": 1200})
    assert list(one.lines("10")) == [
        "Lab 10 will create in AWS: 9 functions, 1 policy, 1 alarm; and a log group for each function.",
        "It calls functions 1,000,000 times and services 1,200 times: about 0.24 USD if it is done within an hour, "
        "prices of us-east-1, November 2026, without tax.",
        "Left standing, its alarms cost up to 0.10 USD a month: reset it at the end.",
    ]
    creations.announce("01")
    assert capsys.readouterr().out.startswith("Lab 01 will create in AWS: ")


def test_each_kind_is_one_that_is_deleted():
    said = {kind.lower().removesuffix("urations") for kind in creations.KINDS.values()}
    known = {kind.replace("_", " ") for kind in RESOURCE_TYPES} | {"layer versions", "provisioned concurrencies"}
    assert said - {"code signing config"} <= known
