"""The cost model: AWS's published examples, its tiers, and what it refuses."""

import pytest

from helpers.cost import prices
from helpers.cost.bill import Bill, Line, money
from helpers.cost.workload import ARCHITECTURES, FRONT_DOORS, LIMITS, Workload, measured
from helpers.errors import CostError, LogError
from helpers.logs import Report

LINE = (
    "REPORT RequestId: 3b1f\tDuration: 1.03 ms\tBilled Duration: {} ms\tMemory Size: {} MB\tMax Memory Used: 36 MB\t\n"
)
HUGE = {"requests": 10**12, "billed_ms": 1000, "memory_mb": 10_240, "free_tier": False}


def small(**fields):
    return Workload(**{"requests": 1_000_000, "billed_ms": 100, "memory_mb": 1024, "free_tier": False, **fields})


def usd(bill, *services):
    return money(bill.usd(*services))


def tiers(bill, what):
    return [(line.tier, line.quantity) for line in bill.lines if line.what.startswith(what)]


def test_thirty_million_short_requests_cost_what_aws_says_with_the_free_tier():
    bill = Workload(30_000_000, 200, 128).bill
    assert [(line.quantity, money(line.usd)) for line in bill.lines] == [
        (1, "0.00"),
        (29, "5.80"),
        (400_000, "0.00"),
        (350_000, "5.83"),
    ]
    assert money(bill.total) == "11.63"


def test_ten_million_requests_of_half_a_gigabyte_cost_20_83_and_2_00_before_the_free_tier():
    workload = Workload(10_000_000, 250, 512, free_tier=False)
    assert workload.gb_seconds == 1_250_000
    assert [money(line.usd) for line in workload.bill.lines] == ["2.00", "20.83"]


def test_five_million_calls_of_a_rest_api_with_answers_of_3_kb_cost_18_79():
    bill = small(requests=5_000_000, front_door="REST API", response_kb=3).bill
    assert (usd(bill, "API Gateway"), usd(bill, "Data transfer")) == ("17.50", "1.29")
    assert usd(bill, "API Gateway", "Data transfer") == "18.79"
    assert bill.total == pytest.approx(bill.usd("API Gateway", "Data transfer") + bill.usd("Lambda"))


def test_a_hundred_gigabytes_go_out_for_nothing_each_month():
    free = small(requests=5_000_000, response_kb=3, free_tier=True).bill
    assert usd(free, "Data transfer") == "0.00"
    more = small(requests=50_000_000, response_kb=3, free_tier=True).bill
    assert more.usd("Data transfer") == pytest.approx((50e6 * 3 / 1024**2 - 100) * 0.09)


def test_arm64_takes_a_fifth_off_the_duration_and_nothing_off_the_requests():
    x86, arm = (small(architecture=architecture).bill.parts for architecture in ("x86_64", "arm64"))
    assert arm["Lambda", "duration on arm64"] / x86["Lambda", "duration on x86_64"] == pytest.approx(0.8, abs=1e-4)
    assert arm["Lambda", "requests"] == x86["Lambda", "requests"]


def test_who_stays_within_the_free_tier_pays_nothing():
    bill = small(requests=1_000_000, billed_ms=100, free_tier=True).bill
    assert (bill.total, bill.parts) == (0, {})
    assert {line.tier for line in bill.lines} == {"free tier"}


def test_nobody_asks_for_what_no_request_used():
    assert small(requests=0).bill.lines == ()


@pytest.mark.parametrize(
    ("architecture", "expected"),
    [
        ("x86_64", [("first 6 billion", 6e9), ("next 9 billion", 9e9), ("over 15 billion", 1e13 - 15e9)]),
        (
            "arm64",
            [("first 7.5 billion", 7.5e9), ("next 11.25 billion", 11.25e9), ("over 18.75 billion", 1e13 - 18.75e9)],
        ),
    ],
)
def test_duration_gets_cheaper_by_tiers_which_each_architecture_has_of_its_own(architecture, expected):
    assert tiers(Workload(**HUGE, architecture=architecture).bill, "duration") == expected


def test_the_free_tier_comes_off_before_the_tiers_count():
    bill = Workload(**{**HUGE, "free_tier": True}).bill
    assert tiers(bill, "duration")[:2] == [("free tier", 400_000), ("first 6 billion", 6e9)]


@pytest.mark.parametrize(
    ("door", "million", "usd"),
    [
        ("REST API", 5, 17.50),
        ("REST API", 500, 1_633.10),
        ("REST API", 5_000, 12_553.10),
        ("REST API", 30_000, 333 * 3.50 + 667 * 2.80 + 19_000 * 2.38 + 10_000 * 1.51),
        ("HTTP API", 5, 5.00),
        ("HTTP API", 500, 300 * 1.00 + 200 * 0.90),
        ("function URL", 5_000, 0),
        ("none", 5_000, 0),
    ],
)
def test_the_front_door_costs_by_tiers_or_nothing(door, million, usd):
    assert small(requests=million * 10**6, front_door=door).bill.usd("API Gateway") == pytest.approx(usd)


def test_an_http_api_counts_an_answer_once_for_each_512_kb_and_a_rest_api_does_not():
    def calls(door, kb):
        return tiers(small(front_door=door, response_kb=kb).bill, door)[0][1]

    assert [calls("HTTP API", kb) for kb in (0, 512, 513, 1025)] == [1, 1, 2, 3]
    assert calls("REST API", 1025) == 1


def test_transfer_gets_cheaper_by_tiers():
    bill = small(requests=2 * 10**8, response_kb=1024).bill
    *full, (last, rest) = tiers(bill, "to the internet")
    assert [(tier, gigabytes / 1024) for tier, gigabytes in full] == [
        ("first 10 TB", 10),
        ("next 40 TB", 40),
        ("next 100 TB", 100),
    ]
    assert (last, rest) == ("over 150 TB", pytest.approx(2e8 / 1024 - 150 * 1024))


def test_tmp_is_charged_above_512_mb():
    assert ("Lambda", "ephemeral storage") not in small().bill.parts
    parts = small(ephemeral_mb=1536).bill.parts  # 100,000 s of 1 GB more
    assert parts["Lambda", "ephemeral storage"] == pytest.approx(100_000 * 0.0000000309)


@pytest.mark.parametrize("field", LIMITS)
@pytest.mark.parametrize("value", [-1, 10**13, float("nan"), float("inf"), True, "5", None])
def test_nonsense_is_one_sentence_that_names_the_field(field, value):
    with pytest.raises(CostError, match=rf"^{field} is .*: give a .*\.$"):
        small(**{field: value})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"memory_mb": 127}, "128 to 10,240"),
        ({"memory_mb": 10_241}, "128 to 10,240"),
        ({"memory_mb": 128.5}, "whole number"),
        ({"billed_ms": 0}, "1 to 900,000"),
        ({"architecture": "arm"}, "x86_64, arm64"),
        ({"front_door": "ALB"}, "none, function URL, HTTP API, REST API"),
    ],
)
def test_what_lambda_would_not_run_is_refused_with_what_it_would(fields, said):
    with pytest.raises(CostError, match=said):
        small(**fields)


def test_the_ends_of_each_range_are_allowed():
    for name, (least, most, _, _) in LIMITS.items():
        assert (getattr(small(**{name: least}), name), getattr(small(**{name: most}), name)) == (least, most)
    assert repr(small(requests=5e6)).startswith("5,000,000 requests")


@pytest.mark.parametrize("door", FRONT_DOORS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_way_in_has_a_bill_on_every_architecture(door, architecture):
    assert small(front_door=door, architecture=architecture).bill.total > 0


def test_a_price_has_falling_tiers_and_no_end():
    every = [
        *prices.LAMBDA_DURATION.values(),
        *prices.API_REQUESTS.values(),
        prices.LAMBDA_REQUESTS,
        prices.LAMBDA_STORAGE,
        prices.TRANSFER,
    ]
    for price in every:
        each = [tier.usd for tier in price.tiers]
        assert each == sorted(each, reverse=True) and price.tiers[-1].size == prices.REST_OF_IT


def test_a_report_line_leads_to_a_monthly_bill():
    log = "START RequestId: 3b1f Version: $LATEST\n" + LINE.format(200, 128) + "END RequestId: 3b1f\n"
    assert money(measured(log, requests=30_000_000).bill.total) == "11.63"
    assert measured(Report.parse(log), 30_000_000) == Workload(30_000_000, 200, 128)


def test_several_reports_give_their_average_and_how_the_rest_is():
    lines = ["START", LINE.format(100, 512).rstrip("\n"), "my REPORT is not one", LINE.format(20, 512)]
    workload = measured(lines, 1_000_000, architecture="arm64")
    assert workload == Workload(1_000_000, 60, 512, "arm64")
    assert measured([Report.parse(line) for line in lines if line.startswith("REPORT")], 1_000_000).billed_ms == 60
    assert measured(LINE.format(100, 512) + LINE.format(20, 512), 1_000_000).billed_ms == 60


def test_reports_of_two_sizes_or_none_at_all_are_refused():
    with pytest.raises(CostError, match=r"\[128, 256\] MB"):
        measured([LINE.format(1, 256), LINE.format(1, 128)], 1)
    with pytest.raises(LogError, match="no REPORT line"):
        measured(["START", "END"], 1)


def test_a_bill_reads_well_as_text():
    bill = Bill(
        (Line("Lambda", "requests", "", 2_500_000, "million", 0.2), Line("A", "b", "c", 0.00025, "GB-s", 1.5e-8))
    )
    assert repr(bill).splitlines() == [
        "        what       quantity  unit        USD each         USD",
        "Lambda  requests  2,500,000  million         0.20  500,000.00",
        "A       b, c        0.00025  GB-s     0.000000015      < 0.01",
        "Total                                              500,000.00",
    ]


def test_a_bill_in_a_notebook_has_the_total_the_date_and_numbers_to_the_right():
    html = small().bill._repr_html_()
    assert '<th style="text-align: right">1.87</th>' in html and "November 2026" in html
    assert html.count("<tr>") == 1 + 2 + 1


def test_a_name_that_is_on_no_bill_is_refused():
    with pytest.raises(CostError, match="Lambda, API Gateway, Data transfer"):
        small().bill.usd("lambda")


def test_a_workload_says_what_it_is():
    assert repr(Workload(5_000_000, 10, 128, front_door="HTTP API", response_kb=3)) == (
        "5,000,000 requests a month × 10 ms × 128 MB on x86_64, through an HTTP API, 3 kB an answer, with the free tier"
    )
    assert "1,024 MB of /tmp" in repr(small(ephemeral_mb=1024)) and "without the free tier" in repr(small())
