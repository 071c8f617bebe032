"""Which countries a version of the payments fails for, and metrics that come a moment later."""

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises.evidence import payments


def answers(monkeypatch, behaviour):
    def invoke(lab, function, event):
        paid = behaviour(function.rpartition(":")[2], event)
        return FunctionResponse(None, "Unhandled", "r") if paid is None else FunctionResponse({"paid": paid}, None, "r")

    monkeypatch.setattr(payments, "invoke", invoke)


@pytest.mark.parametrize(
    ("behaviour", "failing"),
    [
        (lambda version, event: event["amount"] <= 900, []),
        (lambda version, event: None if event["country"] == "NO" else event["amount"] <= 900, ["NO"]),
        (lambda version, event: True, ["SE", "NO"]),  # whatever it costs: nobody has asked the bank
        (lambda version, event: False, ["SE", "NO"]),
        (lambda version, event: event["amount"] <= 900 if version == "2" else None, []),
    ],
)
def test_a_version_has_to_charge_what_is_cheap_and_refuse_what_is_dear(monkeypatch, behaviour, failing):
    answers(monkeypatch, behaviour)
    assert payments.unpaid(None, "2", ["SE", "NO"]) == failing


class Metrics:
    """CloudWatch with one sum more at each question."""

    def __init__(self, *sums):
        self.sums = list(sums)

    def client(self, service):
        return self

    def get_metric_statistics(self, **asked):
        assert asked["Dimensions"] == [{"Name": "country", "Value": "SE"}]
        found = self.sums.pop(0) if len(self.sums) > 1 else self.sums[0]
        return {"Datapoints": [] if found is None else [{"Sum": found}]}


def test_a_sum_is_waited_for_but_not_for_ever():
    slept = []
    assert payments.summed(Metrics(None, 3, 7), "m", {"country": "SE"}, 7, seconds=60, sleep=slept.append) == 7
    assert len(slept) == 2
    times = iter(range(9))
    assert (
        payments.summed(Metrics(3), "m", {"country": "SE"}, 7, seconds=2, sleep=slept.append, clock=lambda: next(times))
        == 3
    )
    assert payments.summed(Metrics(None), "m", {"country": "SE"}, seconds=0) is None


def test_numbers_of_orders_meet_a_fast_bank():
    assert all(payments.order_number() % 20 for _ in range(100))
