"""The cost model: AWS's published examples, its tiers, and what it refuses."""

import pytest

from helpers.cost import prices
from helpers.cost.bill import Bill, Line, money
from helpers.cost.measuring import measured
from helpers.cost.workload import ARCHITECTURES, FRONT_DOORS, LIMITS, Workload
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
    for price in prices.EVERY.values():
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
    with pytest.raises(CostError, match="Lambda, API Gateway, CloudWatch Logs, Data transfer"):
        small().bill.usd("lambda")


def test_a_workload_says_what_it_is():
    assert repr(Workload(5_000_000, 10, 128, front_door="HTTP API", response_kb=3)) == (
        "5,000,000 requests a month × 10 ms × 128 MB on x86_64, through an HTTP API, 3 kB an answer, with the free tier"
    )
    assert "1,024 MB of /tmp" in repr(small(ephemeral_mb=1024)) and "without the free tier" in repr(small())


def test_a_cold_start_is_a_line_of_its_own_at_the_price_of_duration():
    bill = small(cold_percent=1, init_ms=2000).bill  # 10,000 cold starts of 2 s with 1 GB
    assert tiers(bill, "INIT") == [("first 6 billion", 20_000)]
    assert bill.parts["Lambda", "INIT on x86_64"] == pytest.approx(20_000 * 0.0000166667)
    assert small(cold_percent=1).bill == small(init_ms=2000).bill == small().bill


def test_init_and_duration_share_the_free_tier_and_the_tiers():
    bill = small(requests=3_000_000, cold_percent=10, init_ms=1000, free_tier=True).bill  # 300,000 GB-s and as many
    assert tiers(bill, "duration") == [("free tier", 300_000)]
    assert tiers(bill, "INIT") == [("free tier", 100_000), ("first 6 billion", 200_000)]
    bill = small(requests=10**11, cold_percent=1, init_ms=1000).bill
    assert tiers(bill, "duration") == [("first 6 billion", 6e9), ("next 9 billion", 4e9)]
    assert tiers(bill, "INIT") == [("next 9 billion", 1e9)]


def test_snapstart_costs_what_aws_says_in_its_example():
    # "AWS Lambda Pricing", SnapStart's example: 7.44 million requests of 2 s with 1,024 MB, 1% of them restored; there
    # for 31 days, here for 730 hours.
    workload = Workload(7_440_000, 2000, 1024, cold_percent=1, init_ms=900, snap_start=True, free_tier=False)
    parts = workload.bill.parts
    assert money(parts["Lambda", "requests"]) == "1.49" and money(parts["Lambda", "duration on x86_64"]) == "248.00"
    assert money(parts["Lambda", "SnapStart restores"]) == "10.40"
    assert parts["Lambda", "SnapStart cache"] == pytest.approx(730 * 3600 * 0.0000015046)
    assert ("Lambda", "INIT on x86_64") not in parts


@pytest.mark.parametrize(
    ("architecture", "kept", "run"), [("x86_64", 0.0000041667, 0.0000097222), ("arm64", 0.0000033334, 0.0000077778)]
)
def test_provisioned_concurrency_is_paid_for_being_there_and_runs_for_less(architecture, kept, run):
    bill = small(provisioned=7, architecture=architecture, free_tier=True).bill
    assert bill.parts["Lambda", f"provisioned concurrency on {architecture}"] == pytest.approx(7 * 2_628_000 * kept)
    assert bill.parts["Lambda", f"duration on {architecture}"] == pytest.approx(100_000 * run)  # and nothing is free


def test_a_provisioned_environment_that_is_busy_for_three_fifths_of_its_time_costs_what_on_demand_does():
    busy = prices.SECONDS * 0.6
    kept = Workload(int(busy), 1000, 1024, provisioned=1, free_tier=False).bill.total
    assert kept == pytest.approx(Workload(int(busy), 1000, 1024, free_tier=False).bill.total, rel=1e-4)


def test_logs_are_charged_by_the_gigabyte_and_get_cheaper_by_tiers():
    assert small(requests=5_000_000, log_kb=2).bill.usd("CloudWatch Logs") == pytest.approx(10e6 / 1024**2 * 0.5)
    bill = small(requests=10**8, log_kb=1024).bill
    assert [tier for tier, _ in tiers(bill, "ingestion")] == ["first 10 TB", "next 20 TB", "next 20 TB", "over 50 TB"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"snap_start": True, "provisioned": 1}, "exclude each other"),
        ({"snap_start": True, "ephemeral_mb": 513}, "with snap_start it is 512"),
        ({"provisioned": 1, "cold_percent": 1}, "set cold_percent to 0"),
        ({"provisioned": 1, "requests": 26_280_010}, "keep 2 environments busy"),
    ],
)
def test_what_excludes_each_other_at_aws_is_refused(fields, said):
    with pytest.raises(CostError, match=said):
        small(**fields)


def test_reports_of_cold_starts_give_init_apart_and_the_same_sum():
    cold = LINE.format(281, 128).replace("Max", "Init Duration: 280.00 ms\tMax")  # and 1.03 ms of work: 281.03 ms
    workload = measured([cold.replace(" 281 ", " 282 "), LINE.format(2, 128), LINE.format(2, 128)], 3_000)
    assert (workload.billed_ms, workload.init_ms) == (2, 280)
    assert workload.cold_percent == 33.33
    assert workload.gb_seconds + 1000 * 0.280 / 8 == pytest.approx((282 + 2 + 2) / 8)
    assert measured(cold, 1, cold_percent=1).cold_percent == 1
    assert measured(LINE.format(2, 128), 1).init_ms == 0


def test_the_table_of_prices_says_where_each_is_from():
    table = prices.table()
    assert all(page for *_, page in table.rows) and table.heads[-1] == "AWS's page that has it"
    assert ("Lambda, duration on x86_64", "0.0000166667", "GB-s", "400,000", "AWS Lambda Pricing") in table.rows
