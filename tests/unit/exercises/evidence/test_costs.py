"""Workloads that checks make up: no two are alike, and each mistake has a figure of its own."""

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises.evidence import costs
from helpers.logs import Report


def answer(number):
    return FunctionResponse(number, None, "r")


@pytest.mark.parametrize("cold", [False, True])
def test_a_made_up_report_reads_as_lambdas_do(cold):
    made = costs.random_report(cold)
    report = Report.parse(made.line)
    assert (report.billed_ms, report.memory_mb, report.max_memory_mb) == (made.billed_ms, made.memory_mb, made.used_mb)
    assert (report.init_ms is not None) == cold
    assert report.billed_ms >= report.duration_ms + (report.init_ms or 0) - 1


def test_no_two_reports_and_no_two_workloads_are_alike():
    assert len({costs.random_report(True).gb_seconds for _ in range(20)}) > 15
    assert len({costs.random_workloads() for _ in range(20)}) > 15


def test_one_workload_is_without_the_free_tier_one_with_it_and_one_within():
    for _ in range(50):
        without, beyond, within = costs.random_workloads()
        assert (without.free_tier, beyond.free_tier, within.free_tier) == (False, True, True)
        assert beyond.bill.total > 0 and within.bill.total == 0


def test_no_mistake_passes_for_the_right_answer():
    for _ in range(50):
        for workload in costs.random_workloads()[:1]:
            wrong = costs.billing_mistakes(workload)
            for words in ("the memory is missing", "the requests are missing", "what is free was not asked for"):
                assert not costs.is_number(answer(wrong[words]), workload.bill.total, cents=True), (words, workload)
        report = costs.random_report(False)
        wrong = {words: number for words, number in report.mistakes.items() if "memory is missing" not in words}
        del wrong["Duration is not what is billed"]  # which a warm start does not tell apart
        assert not [one for one in wrong.values() if costs.is_number(answer(one), report.gb_seconds)]


def test_an_answer_that_is_no_mistake_of_ours_is_told_nothing():
    assert costs.near(answer(5), {"five": 5.0}) == ": five"
    assert costs.near(answer(6), {"five": 5.0}) == ""
    assert costs.near(FunctionResponse({"errorType": "E"}, "Unhandled", "r"), {"five": 5.0}) == ""
