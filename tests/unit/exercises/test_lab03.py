"""Lab 03's checks, against HelloWorlds with other variables, aliases and versions."""

from types import SimpleNamespace

import pytest

from helpers.exercises import lab03
from helpers.exercises.checks import run

VERSIONS = {"1": (128, "Hello"), "2": (128, "Bonjour"), "3": (128, "sealed"), "4": (512, "sealed")}
ALIASES = {"live": {"1": 1}, "standard": {"3": 1}, "premium": {"4": 1}}
GOLD = {"5": (1024, "sealed"), "$LATEST": (1024, "sealed")}


def routing(shares: dict) -> dict:
    first, *others = shares
    found = {"FunctionVersion": first}
    return {**found, "RoutingConfig": {"AdditionalVersionWeights": {v: shares[v] for v in others}}} if others else found


def judged(exercise, versions=VERSIONS, aliases=ALIASES, variables=None, solved=()):
    """The result of a check of a HelloWorld with versions {number: (MB, code)} and aliases {name: {version: share}}."""

    def configuration(FunctionName):  # noqa: N803
        alias = FunctionName.partition(":")[2]
        if not alias:
            return {"Environment": {"Variables": variables}} if variables else {}
        version = next(iter(aliases[alias]))
        memory, code = versions[version]
        return {"Version": version, "MemorySize": memory, "CodeSha256": code}

    listed = {
        "list_versions_by_function": {"Versions": [{"Version": version} for version in versions]},
        "list_aliases": {"Aliases": [{"Name": name} for name in aliases]},
    }
    api = SimpleNamespace(
        get_function_configuration=configuration,
        get_alias=lambda FunctionName, Name: routing(aliases[Name]),  # noqa: N803
        get_paginator=lambda operation: SimpleNamespace(paginate=lambda **_: [listed[operation]]),
    )
    return run(exercise, SimpleNamespace(client=lambda service: api, solved=set(solved)))


@pytest.mark.parametrize(
    ("variables", "passed"),
    [
        ({"ENVIRONMENT": "production", "APP_PREFIX": "[dev] "}, True),
        ({"ENVIRONMENT": "production", "APP_PREFIX": "[dev] ", "TEAM": "green"}, True),
        ({"ENVIRONMENT": "production"}, False),
        ({"ENVIRONMENT": "production", "APP_PREFIX": ""}, False),
        ({}, False),
    ],
)
def test_production_needs_both_variables_and_may_have_more(variables, passed):
    assert judged(lab03.go_to_production, variables=variables).check.passed is passed


def test_a_variable_of_nearly_the_right_name_is_said_to_be_that():
    found = judged(lab03.go_to_production, variables={"Environment": "production", "APP_PREFIX": "[dev] "}).check.actual
    assert found.endswith("Environment 'production'; the variable Environment, the goal says ENVIRONMENT")


def test_a_prefix_without_its_blank_is_told_where_the_blank_is():
    found = judged(lab03.go_to_production, variables={"ENVIRONMENT": "production", "APP_PREFIX": "[dev]"}).check
    assert not found.passed
    assert found.actual.endswith("; APP_PREFIX ends in a blank")


HALVES = {"1": 0.5, "2": 0.5}


@pytest.mark.parametrize(
    ("beta", "live", "passed"),
    [
        (HALVES, {"1": 1}, True),
        ({"2": 0.5, "1": 0.5}, {"1": 1}, True),
        (HALVES, {"1": 1, "2": 0}, True),
        (HALVES, {"2": 1}, False),
        (HALVES, {"$LATEST": 1}, False),
        (HALVES, {"1": 0.9, "2": 0.1}, False),
        ({"1": 0.501, "2": 0.499}, {"1": 1}, False),
    ],
)
def test_friends_get_half_and_half_while_live_stays_as_it_is(beta, live, passed):
    assert judged(lab03.try_it_on_friends, aliases={"beta": beta, "live": live}).check.passed is passed


def test_a_share_that_is_nearly_half_is_not_shown_as_half():
    aliases = {"live": {"1": 1}, "beta": {"1": 0.501, "2": 0.499}}
    found = judged(lab03.try_it_on_friends, aliases=aliases).check.actual
    assert found == "beta: version 1 with 50.1% and version 2 with 49.9%; live: version 1 with 100%"


def offered(gold=None, **changed):
    """The result for `gold` ({version: share}), with some versions {"v3": (MB, code)} or aliases changed."""
    versions = {**VERSIONS, **GOLD, **{name[1:]: kind for name, kind in changed.items() if name[0] == "v"}}
    aliases = {name: shares for name, shares in changed.items() if name[0] != "v"}
    return judged(lab03.offer_gold, versions, {**ALIASES, "gold": gold or {"5": 1}, **aliases}).check


def test_gold_is_one_published_version():
    assert offered().passed
    assert offered().actual == "gold: 1024 MB, the code of premium"
    assert offered({"$LATEST": 1}).actual.endswith("; gold is on $LATEST, which can still change")
    assert not offered({"$LATEST": 1}).passed
    assert not offered(v5=(512, "sealed")).passed
    assert not offered(v5=(1024, "Hello")).passed


def test_gold_that_routes_some_calls_to_other_code_is_not_gold():
    found = offered({"5": 0.75, "1": 0.25})
    assert not found.passed
    assert found.actual.endswith("; gold: version 1 with 25% and version 5 with 75%")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"premium": {"5": 1}}, "premium: 1024 MB instead of 512"),
        ({"standard": {"4": 1}}, "standard: 512 MB instead of 128"),
        ({"standard": {"1": 1}}, "standard and premium differ in code"),
        ({"standard": {"3": 0.5, "4": 0.5}}, "standard: version 3 with 50% and version 4 with 50%"),
    ],
)
def test_gold_is_not_offered_at_the_cost_of_standard_or_premium(changed, said):
    found = offered(**changed)
    assert not found.passed
    assert said in found.actual


def cleaned(aliases=ALIASES, without=("2",), solved=()):
    versions = {name: kind for name, kind in {**VERSIONS, **GOLD}.items() if name not in without}
    return judged(lab03.throw_away_what_nobody_uses, versions, aliases, solved=solved).check


def test_what_no_alias_needs_is_gone_and_what_one_needs_is_kept():
    assert cleaned(without="25").passed
    assert not cleaned(without="5").passed
    assert cleaned({**ALIASES, "gold": {"5": 1}, "own": {"2": 1}}, without="").passed
    assert not cleaned({**ALIASES, "beta": {"1": 0.5, "2": 0.5}}, without="5").passed


@pytest.mark.parametrize(
    ("changed", "without", "said"),
    [
        ({"live": {"$LATEST": 1}}, "125", "live: version $LATEST with 100%"),
        ({"live": {"3": 1}}, "125", "live: version 3 with 100%"),
        ({"standard": {"4": 1}}, "235", "standard: 512 MB instead of 128"),
        ({"premium": {"$LATEST": 1}}, "245", "premium is on $LATEST"),
        ({"premium": None}, "245", "no alias premium"),
    ],
)
def test_the_other_aliases_stay_what_they_are(changed, without, said):
    aliases = {name: shares for name, shares in {**ALIASES, **changed}.items() if shares}
    found = cleaned(aliases, without)
    assert not found.passed
    assert said in found.actual


def test_gold_has_to_stay_if_it_was_made():
    assert cleaned(without="25").passed
    gone = cleaned(without="25", solved=["3.3"])
    assert (gone.passed, gone.actual) == (False, "no alias gold; every version is needed")
    assert cleaned({**ALIASES, "gold": {"5": 1}}, solved=["3.3"]).passed
    assert not cleaned({**ALIASES, "gold": {"$LATEST": 1}}, without="25", solved=["3.3"]).passed
