import json
import threading

import pytest

from tests.tools.bench import client, engines
from tests.tools.bench import table as shown


def results(**medians):
    filled = shown.Results()
    for what, values in medians.items():
        with filled.row(what, "ours", "ms", floor="" if what == "noop" else "noop") as row:
            row += values
    return filled


def test_median_and_p95_are_those_of_the_values():
    series = shown.Series("ms", [float(value) for value in range(100, 0, -1)])
    assert series.median == 50.5
    assert series.p95 == 95.0
    assert shown.Series("ms", [3.0]).p95 == 3.0


def test_a_percentile_is_the_nearest_rank():
    values = [float(value) for value in range(200, 0, -1)]
    assert [shown.percentile(values, percent) for percent in (50, 95, 99, 100)] == [100.0, 190.0, 198.0, 200.0]


def test_a_rate_has_no_p95():
    assert shown.Series("/s", [1.0, 2.0]).p95 is None


def test_nothing_measured_has_no_median():
    assert shown.Series("ms").median is None


def test_a_row_is_compared_with_its_no_op_on_the_same_server():
    filled = results(noop=[2.0], warm=[5.0, 7.0])
    with filled.row("warm", "peer", "ms", "noop") as values:
        values.append(60.0)
    assert filled.times_floor("warm", "ours") == 3.0
    assert filled.times_floor("warm", "peer") is None
    assert filled.times_floor("noop", "ours") is None


def test_a_failing_row_is_reported_and_the_next_is_measured():
    filled = results(noop=[2.0])
    with filled.row("cold", "ours", "ms", "noop") as values:
        values.append(1.0)
        raise OSError("connection\nrefused")
    with filled.row("warm", "ours", "ms", "noop") as values:
        values.append(4.0)
    assert filled.failed("cold", "ours")
    assert not filled.failed("warm", "ours")
    text = shown.table(filled, ["ours"])
    assert "cold (ours): failed: OSError: connection refused" in text
    assert text.splitlines()[-2].split() == ["warm", "4.00", "ms", "4.00", "1", "2.00"]


def test_the_table_puts_two_servers_side_by_side_with_their_ratio():
    filled = results(noop=[2.0], start=[900.0])
    with filled.row("noop", "peer", "ms") as values:
        values.append(1.0)
    head, _, noop, start = shown.table(filled, ["ours", "peer"]).splitlines()
    assert head.split() == ["what", "ours", "p95", "n", "/no-op", "peer", "p95", "n", "/no-op", "ours/peer"]
    assert noop.split()[-1] == "2.00"
    assert start.split()[-5:] == ["-"] * 5


def test_the_json_holds_every_value_and_what_is_not_known_is_null():
    told = json.loads(json.dumps(results(noop=[2.0], warm=[5.0, 7.0]).as_json()))
    assert told["warm"]["ours"] == {
        "unit": "ms", "median": 6.0, "p95": 7.0, "n": 2, "times_noop": 3.0, "failure": None, "values": [5.0, 7.0]
    }  # fmt: skip
    assert told["noop"]["ours"]["times_noop"] is None


@pytest.mark.parametrize(("value", "text"), [(None, "-"), (1.234, "1.23 ms"), (12.34, "12.3 ms"), (1234.5, "1234 ms")])
def test_numbers_are_short(value, text):
    assert shown.number(value, "ms") == text


def test_an_answer_that_is_not_the_functions_is_refused():
    client.expect(b'{"hello":"bench"}', None)
    with pytest.raises(RuntimeError, match="did not answer"):
        client.expect(b'{"hello": "bench"}', "Unhandled")
    with pytest.raises(RuntimeError, match="did not answer"):
        client.expect(b"null", None)


def test_a_rate_counts_the_calls_of_all_clients_without_the_warm_up():
    made = []

    def make():
        made.append(wait := threading.Event())
        return lambda: wait.wait(0.01)

    assert 100 < client.load(make, 4, 0.2, warm_up=0.05).rate <= 400
    assert len(made) == 4


def test_what_counts_is_marked_at_its_begin_and_its_end():
    called, marks = [], []
    client.load(lambda: lambda: called.append(0), 1, 0.01, warm_up=0.01, mark=lambda: marks.append(len(called)))
    assert 0 < marks[0] < marks[1] == len(called)


def test_a_failing_call_fails_the_rate():
    def make():
        def call():
            raise RuntimeError("HTTP 500")

        return call

    with pytest.raises(RuntimeError, match="HTTP 500"):
        client.load(make, 2, 0.1, warm_up=0.01)


def test_engines_of_the_bench_know_nothing_of_the_learners_port(monkeypatch):
    monkeypatch.setenv("LAB_PORT", "4566")
    assert "LAB_PORT" not in engines.environ()
