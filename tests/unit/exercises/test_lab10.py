"""Lab 10's checks: what they do themselves has to show in logs, metrics, alarms and answers."""

from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.errors import NotThereError
from helpers.exercises import lab10
from helpers.exercises.last_night import COUNTRIES

JSON = {"LogFormat": "JSON", "LogGroup": "/lab10/shop", "ApplicationLogLevel": "DEBUG"}


class Pages:
    """A client whose lists are these, by operation."""

    def __init__(self, **lists):
        self.lists = lists

    def get_paginator(self, operation):
        return SimpleNamespace(paginate=lambda **asked: [self.lists[operation]])


def lab(**calls):
    api = calls.pop("api", SimpleNamespace())
    for name, answer in calls.items():
        setattr(api, name, lambda answer=answer, **asked: answer)
    return SimpleNamespace(client=lambda service: api, backend="embedded")


@pytest.mark.parametrize(
    ("settings", "levels", "passed", "found"),
    [
        (JSON, ["DEBUG", "INFO"], True, "a payment's debug line"),
        (JSON, ["INFO"], False, "lines at INFO only"),
        (JSON, [], False, "lines at no level only"),
        (JSON | {"ApplicationLogLevel": "INFO"}, ["DEBUG"], False, "the level INFO"),
        (JSON | {"LogGroup": "/aws/lambda/lab10-payments"}, ["DEBUG"], False, "its log in /aws/lambda/lab10-payments"),
        ({"LogFormat": "Text"}, ["DEBUG"], False, "the format Text, which knows no levels"),
    ],
)
def test_payments_have_to_debug_into_the_shops_group(monkeypatch, settings, levels, passed, found):
    monkeypatch.setattr(lab10, "invoke", lambda *asked: FunctionResponse({"paid": True}, None, "r"))
    monkeypatch.setattr(lab10.queries, "levels", lambda *asked, seconds: levels)
    check = lab10.let_payments_say_more.check(lab(get_function_configuration={"LoggingConfig": settings}))
    assert (check.passed, check.actual) == (passed, found)


SUMS = [("b", 9.0), ("a", 5.0)]
ASKED = ["stats sum(amount) by country"]


@pytest.mark.parametrize(
    ("asked", "answers", "passed", "found"),
    [
        (ASKED, [[["b", "9"], ["a", "5"]]], True, "a query that does"),
        (["another with amount, country", *ASKED], [[], [["9", "b"], ["5.0", "a"]]], True, "a query that does"),
        (ASKED, [[["a", "5"], ["b", "9"]]], False, "the right sums, but not the largest first"),
        (ASKED, [[["b", "18"], ["a", "10"]]], False, "sums that are too large: not every line is an order"),
        (ASKED, [[["b", "2"], ["a", "1"]]], False, "sums that are too small"),
        (ASKED, [[["b", "9"]]], False, "1 rows with a country and a sum, of 2 countries"),
        (["fields @message"], [], False, "no query yet with amount and country in it"),
    ],
)
def test_a_query_has_to_give_the_right_sums_of_lines_nobody_has_seen(monkeypatch, asked, answers, passed, found):
    monkeypatch.setattr(lab10.queries, "latest", lambda *named: asked)
    monkeypatch.setattr(lab10.queries, "made_up_orders", lambda: (["line"], SUMS))
    monkeypatch.setattr(lab10.queries, "run_all", lambda *given: answers)
    check = lab10.ask_where_the_money_comes_from.check(lab())
    assert (check.passed, check.actual) == (passed, found)


@pytest.mark.parametrize(
    ("metric", "total", "passed", "found"),
    [
        ("Refused", sum, True, "their sum"),
        ("Refused", len, False, "the number of refused payments, not their amounts"),
        ("Refused", lambda amounts: sum(amounts) + 5, False, "another sum"),
        ("Refused", lambda amounts: None, False, "no value of Refused with the dimension country"),
        ("refused", sum, False, "the metric refused, the goal says Refused"),
        ("Else", sum, False, "no metric filter for Refused"),
    ],
)
def test_refused_amounts_have_to_be_added_up_by_country(monkeypatch, metric, total, passed, found):
    sent = []
    monkeypatch.setattr(lab10, "invoke", lambda lab, function, event: sent.append(event))

    def summed(lab, name, dimensions, wanted, *, seconds):
        assert dimensions == {"country": sent[0]["country"]}
        return total([event["amount"] for event in sent if event["amount"] > 900])

    monkeypatch.setattr(lab10.payments, "summed", summed)
    filters = [{"metricTransformations": [{"metricName": metric}]}]
    check = lab10.add_up_what_was_refused.check(lab(api=Pages(describe_metric_filters={"metricFilters": filters})))
    assert (check.passed, check.actual) == (passed, found)


@pytest.mark.parametrize(
    ("alarm", "heard", "passed", "found"),
    [
        (lab10.P95, True, True, "the pager hears it"),
        (lab10.P95 | {"DatapointsToAlarm": 3}, True, True, "the pager hears it"),
        (lab10.P95, False, False, "the right alarm, but no message in lab10-pager"),
        (lab10.P95 | {"DatapointsToAlarm": 1}, True, False, "an alarm that rings after 1 of 3 periods"),
        (lab10.P95 | {"ExtendedStatistic": None}, True, False, "an alarm with ExtendedStatistic not set, not p95"),
        (lab10.P95 | {"Dimensions": []}, True, False, "an alarm with Dimensions [], not"),
        (None, True, False, "the alarm lab10-payments-95, the goal says lab10-payments-p95"),
    ],
)
def test_an_alarm_has_to_be_as_the_goal_says_and_heard(monkeypatch, alarm, heard, passed, found):
    monkeypatch.setattr(lab10.alarms, "of_name", lambda *named: alarm)
    monkeypatch.setattr(lab10.alarms, "is_heard", lambda *named, seconds: heard)
    others = {"MetricAlarms": [{"AlarmName": "lab10-payments-95"}]}
    check = lab10.watch_what_most_customers_feel.check(lab(api=Pages(describe_alarms=others)))
    assert check.passed is passed and check.actual.startswith(found)


def fault(monkeypatch, live="1", tags=None, culprit="NO", weights=None):
    monkeypatch.setattr(lab10.payments, "versions", lambda lab: ["1", "2"])
    monkeypatch.setattr(
        lab10.payments, "unpaid", lambda lab, version, countries: [culprit] if version == "2" and culprit else []
    )
    routing = {"RoutingConfig": {"AdditionalVersionWeights": weights}} if weights else {}
    return lab10.find_it_and_end_it.check(
        lab(
            get_alias={"FunctionVersion": live, **routing},
            get_function_configuration={"FunctionArn": "arn"},
            list_tags={"Tags": tags or {}},
        )
    )


@pytest.mark.parametrize(
    ("given", "passed", "found"),
    [
        ({"tags": {"fault": "NO"}}, True, "everybody is charged, and the fault is on record"),
        ({"tags": {"fault": "SE"}}, False, "everybody charged, and the tag SE, whose payments went well"),
        ({"tags": {"Fault": "NO"}}, False, "the tag Fault, the goal says fault"),
        ({}, False, "everybody charged, but no tag fault"),
        ({"live": "2", "tags": {"fault": "NO"}}, False, f"live failing in 1 of {len(COUNTRIES)} countries"),
        ({"weights": {"2": 0.1}, "tags": {"fault": "NO"}}, False, f"live failing in 1 of {len(COUNTRIES)} countries"),
        ({"weights": {"2": 0.0}, "tags": {"fault": "NO"}}, True, "everybody is charged, and the fault is on record"),
    ],
)
def test_the_fault_has_to_be_over_and_named(monkeypatch, given, passed, found):
    check = fault(monkeypatch, **given)
    assert (check.passed, check.actual) == (passed, found)


def test_without_a_night_there_is_nothing_to_find(monkeypatch):
    with pytest.raises(NotThereError, match="run the cell with last_night"):
        fault(monkeypatch, culprit=None, tags={"fault": "NO"})


@pytest.mark.parametrize(
    ("failed", "money", "passed", "found"),
    [
        (["m3"], lambda first, second: first + second, True, "each amount once"),
        (["m3"], lambda first, second: 2 * first + second, False, "another sum than was charged"),
        (["m3"], lambda first, second: 0, False, "no Money for what the check had charged"),
        ([], lambda first, second: first + second, False, '{"batchItemFailures": []} to a batch in which the fourth'),
    ],
)
def test_money_has_to_be_counted_once_for_each_order(monkeypatch, failed, money, passed, found):
    amounts, counted = [], {"Money": 3.0, "Charged": 1.0}

    def invoke(lab, function, event):
        amounts.extend(int(record["body"].rpartition(": ")[2].rstrip("}")) for record in event["Records"])
        counted["Money"] += money(*amounts[:2])
        return FunctionResponse({"batchItemFailures": [{"itemIdentifier": one} for one in failed]}, None, "r")

    monkeypatch.setattr(lab10, "invoke", invoke)
    monkeypatch.setattr(lab10.payments, "summed", lambda lab, name, dimensions, wanted=None, *, seconds: counted[name])
    check = lab10.count_the_money_too.check(lab())
    assert check.passed is passed and check.actual.startswith(found)
