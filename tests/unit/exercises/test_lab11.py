"""Lab 11's checks: they ask for what nobody can know before, and say which mistake an answer looks like."""

import base64
import io
import json
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.cost.workload import Workload
from helpers.exercises import lab11, load
from helpers.exercises.evidence import costs
from helpers.exercises.solutions import read as read_solutions


def handler_of(number, variable):
    """The handler in the solution of an exercise, as Python."""
    code = next(one.code for one in read_solutions("11").values() if one.number == number)
    space, source = {}, {}
    exec(code, {"deploy": lambda *_, **__: None, "lab": None, "python": {}}, space)
    exec(space[variable], source)
    return lambda event: source["handler"](event, None)


def published(event):
    return round(event["requests"] * event["billed_ms"] / 1000 * 0.00001667, 2)


def checked(number, monkeypatch, handler):
    """What the check says to a function that answers as `handler` does."""

    def invoke(lab, function, event):
        return FunctionResponse(handler(event), None, "r")

    monkeypatch.setattr(lab11, "invoke", invoke)
    return load("11").exercise(number).check(SimpleNamespace())


def weigh(scale=1.0, field="Billed Duration", size="Memory Size"):
    def handler(event):
        values = dict(part.split(": ") for part in event["report"].split("\t") if ": " in part)
        return float(values[field].split()[0]) / 1000 * float(values[size].split()[0]) / 1024 * scale

    return handler


def test_gb_seconds_are_billed_seconds_times_gigabytes(monkeypatch):
    assert checked("11.1", monkeypatch, weigh()).passed
    assert checked("11.1", monkeypatch, lambda event: round(weigh()(event), 4)).passed


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (weigh(1000), "that is of ms, not of seconds"),
        (weigh(1024), "that is of MB, not of GB"),
        (weigh(1000 * 1024), "that is of ms and MB"),
        (weigh(1.024), "its GB has 1,000 MB, Lambda's 1,024"),
        (weigh(size="Max Memory Used"), "the memory that was used is not what is billed"),
    ],
)
def test_a_weight_in_other_units_is_told_what_it_is(monkeypatch, handler, said):
    check = checked("11.1", monkeypatch, handler)
    assert not check.passed and check.actual.endswith(f": {said}")


def test_the_duration_without_init_is_not_what_is_billed(monkeypatch):
    check = checked("11.1", monkeypatch, weigh(field="Duration"))
    assert not check.passed and check.actual.endswith(": Duration is not what is billed")


@pytest.mark.parametrize("answer", [0, True, "0.1", None, {"gb": 1}, float("nan")])
def test_a_constant_is_no_weight(monkeypatch, answer):
    assert not checked("11.1", monkeypatch, lambda event: answer).passed


def test_the_solutions_of_bill_and_break_even_pass(monkeypatch):
    for _ in range(10):
        assert checked("11.2", monkeypatch, handler_of("11.2", "mended_py")).passed
        assert checked("11.4", monkeypatch, handler_of("11.4", "break_even_py")).passed


def bill(memory=True, requests=True, free="asked", floor=True):
    def handler(event):
        gb_seconds = event["requests"] * event["billed_ms"] / 1000 * (event["memory_mb"] / 1024 if memory else 1)
        million = event["requests"] / 1e6 if requests else 0
        if free == "always" or (free == "asked" and event["free_tier"]):
            gb_seconds, million = gb_seconds - 400_000, million - 1 if requests else 0
        if floor:
            gb_seconds, million = max(gb_seconds, 0), max(million, 0)
        return gb_seconds * 0.0000166667 + million * 0.20

    return handler


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (bill(memory=False), "the memory is missing"),
        (bill(requests=False), "the requests are missing"),
        (bill(free="never"), "what is free is charged"),
        (bill(free="always"), "what is free was not asked for"),
        (bill(floor=False), "nobody gets money back"),
    ],
)
def test_a_bill_that_leaves_something_out_is_told_what(monkeypatch, handler, said):
    check = checked("11.2", monkeypatch, handler)
    assert not check.passed and check.actual.endswith(f": {said}")


def test_what_was_published_is_refused_without_a_word_why(monkeypatch):
    check = checked("11.2", monkeypatch, published)
    assert (check.passed, check.actual) == (False, f"41.68 for {lab11.PUBLISHED!r}")


def test_the_bill_may_be_rounded_to_cents_and_reckoned_with_the_older_price(monkeypatch):
    def older(event):
        return round(bill()(event) * 0.00001667 / 0.0000166667, 2)

    assert checked("11.2", monkeypatch, older).passed
    assert not checked("11.2", monkeypatch, lambda event: bill()(event) * 1.05 + 0.01).passed


@pytest.mark.parametrize(("scale", "said"), [(1e-6, "that is in millions"), (0.9, ""), (1.1, "")])
def test_a_break_even_that_is_not_one_is_refused(monkeypatch, scale, said):
    def handler(event):
        return costs.break_even(event["server_usd"], event["billed_ms"], event["memory_mb"]) * scale

    check = checked("11.4", monkeypatch, handler)
    assert not check.passed and check.actual.endswith(said)


def test_a_break_even_without_the_free_tier_is_told_so(monkeypatch):
    def handler(event):
        return costs.break_even(event["server_usd"], event["billed_ms"], event["memory_mb"], free_tier=False)

    check = checked("11.4", monkeypatch, handler)
    assert not check.passed and check.actual.endswith(": that is without the free tier")


def test_at_the_break_even_lambda_costs_what_the_server_does():
    for usd, billed_ms, memory_mb in ((9, 30, 128), (200, 5, 128), (200, 900, 1024), (9, 900, 1024)):
        requests = costs.break_even(usd, billed_ms, memory_mb)
        assert Workload(requests, billed_ms, memory_mb).bill.total == pytest.approx(usd, abs=1e-4)


class Shop:
    """The shop: `each` bytes of log for an order, `error` for one that is not shipped, kept for `days`."""

    backend = "embedded"

    def __init__(self, monkeypatch, each, error, days, shipped=True):
        self.lines, self.each, self.error, self.days, self.shipped = ["x" * 9000], each, error, days, shipped
        monkeypatch.setattr(lab11, "invoke", self.invoke)
        monkeypatch.setattr(costs.logs, "fetch", lambda lab, *_, **__: self.lines)
        monkeypatch.setattr(lab11, "logged", lambda lab, function, matches, **_: list(filter(matches, self.lines)))

    def invoke(self, lab, function, event):
        if event["stock"]:
            self.lines.append("y" * self.each)
            return FunctionResponse({"shipped": self.shipped}, None, "r")
        self.lines += [f"order {event['order']} is not shipped"] * self.error
        return FunctionResponse({"shipped": False}, None, "r")

    def client(self, service):
        return self

    def describe_log_groups(self, logGroupNamePrefix):  # noqa: N803
        other = {"logGroupName": f"{logGroupNamePrefix}-other", "retentionInDays": 1}
        return {"logGroups": [other, {"logGroupName": logGroupNamePrefix, **self.days}]}


@pytest.mark.parametrize(
    ("each", "error", "days", "found"),
    [
        (12_000, 1, {"retentionInDays": 14}, "9 kB of log for each order"),
        (500, 0, {"retentionInDays": 14}, "no line about an order that was not shipped: nobody would hear of it"),
        (500, 1, {}, "0.4 kB of log for each order, kept for ever"),
        (500, 1, {"retentionInDays": 90}, "0.4 kB of log for each order, kept 90 days"),
        (500, 1, {"retentionInDays": 14}, "0.4 kB of log for each order, errors among it, kept 14 days"),
        (500, 1, {"retentionInDays": 1}, "0.4 kB of log for each order, errors among it, kept 1 day"),
    ],
)
def test_a_quiet_shop_logs_little_and_its_errors_and_forgets(monkeypatch, each, error, days, found):
    check = lab11.quiet_the_shop.check(Shop(monkeypatch, each, error, days))
    assert (check.passed, check.actual) == ("errors among it" in found, found)


def test_a_shop_that_no_longer_ships_is_not_quiet(monkeypatch):
    check = lab11.quiet_the_shop.check(Shop(monkeypatch, 0, 1, {"retentionInDays": 14}, shipped=False))
    assert not check.passed and "it is to be shipped" in check.actual


@pytest.mark.parametrize(
    ("memory", "used", "payload", "error", "found"),
    [
        (2048, 300, {"thumbnails": 1}, None, "300 of 2,048 MB used"),
        (600, 300, {"thumbnails": 1}, None, "300 of 600 MB used"),
        (128, 128, {"errorType": "Runtime.ExitError", "errorMessage": "signal: killed"}, "Unhandled", "too little"),
        (128, 40, {"thumbnails": 0}, None, "only its memory is to change"),
    ],
)
def test_memory_fits_if_half_of_it_is_used(memory, used, payload, error, found):
    report = f"REPORT RequestId: r\tDuration: 2.00 ms\tBilled Duration: 2 ms\tMemory Size: {memory} MB\t"
    log = f"{report}Max Memory Used: {used} MB\t\n"
    response = {
        "Payload": io.BytesIO(json.dumps(payload).encode()),
        "LogResult": base64.b64encode(log.encode()),
        **({"FunctionError": error} if error else {}),
    }
    lab = SimpleNamespace(client=lambda service: SimpleNamespace(invoke=lambda **_: response))
    check = lab11.give_it_what_it_needs.check(lab)
    assert (check.passed, found in check.actual) == (memory == 600, True)
