"""Lab 08's checks: what is loaded once, memory that fits, throttles and provisioned environments, bundles, arm64."""

import base64
import io
import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab08
from helpers.exercises.evidence.at_once import Answer

LAB = SimpleNamespace()


def response(payload, error=None):
    return FunctionResponse(payload, error, "r")


# --- 8.1


def menu(monkeypatch, edition, dish=None):
    """Check a function whose answers have `edition(environment, request)`; the block and what follows are two."""
    state = {"environment": 0, "request": 0}

    @contextmanager
    def new_environments(lab, function):
        state["environment"] += 1
        yield
        state["environment"] += 1

    def invoke(lab, function, event):
        assert function == "lab08-menu-js"
        state["request"] += 1
        return response({"dish": dish or event["dish"], "edition": edition(**state)})

    monkeypatch.setattr(lab08, "with_new_environments", new_environments)
    monkeypatch.setattr(lab08, "invoke", invoke)
    return lab08.load_once.check(LAB)


def test_an_edition_for_each_environment_is_right(monkeypatch):
    assert menu(monkeypatch, lambda environment, request: f"edition {environment}").passed


@pytest.mark.parametrize(
    ("edition", "found"),
    [
        (lambda environment, request: f"edition {request}", "3 editions in 3 requests to one environment"),
        (lambda environment, request: "constant", "the same edition in a new environment: it was not loaded there"),
        (lambda environment, request: None, "for the dish "),
    ],
)
def test_loading_each_time_or_never_is_told_apart(monkeypatch, edition, found):
    check = menu(monkeypatch, edition)
    assert not check.passed and found in check.actual


def test_an_answer_for_another_dish_is_wrong(monkeypatch):
    check = menu(monkeypatch, lambda environment, request: f"edition {environment}", dish="soup")
    assert not check.passed and '"dish": "soup"' in check.actual


# --- 8.2


def photos(used, memory, payload=None, error=None):
    """Check a function that uses `used(mb)` of `memory` MB."""

    def invoke(FunctionName, Payload, LogType):  # noqa: N803
        mb = json.loads(Payload)["mb"]
        report = f"REPORT RequestId: r\tDuration: 1.0 ms\tBilled Duration: 1 ms\tMemory Size: {memory} MB\t"
        log = base64.b64encode(f"{report}Max Memory Used: {used(mb)} MB\t\n".encode())
        answer = payload or {"mb": mb}
        failed = {"FunctionError": "Unhandled"} if error else {}
        return {"Payload": io.BytesIO(json.dumps(answer).encode()), "LogResult": log, **failed}

    lab = SimpleNamespace(client=lambda service: SimpleNamespace(invoke=invoke))
    return lab08.give_it_what_it_needs.check(lab)


@pytest.mark.parametrize("memory", [384, 512, 600])
def test_memory_of_which_half_is_used_is_right(memory):
    assert photos(lambda mb: mb + 30, memory).passed


def test_too_much_memory_is_refused_with_what_was_used():
    check = photos(lambda mb: 330, 2048)
    assert not check.passed and check.actual == "330 of 2048 MB used"


def test_too_little_is_the_functions_error():
    check = photos(lambda mb: 128, 128, {"errorType": "Runtime.OutOfMemory", "errorMessage": "killed"}, error=True)
    assert not check.passed and "Runtime.OutOfMemory" in check.actual and "with 128 MB" in check.actual


def test_a_function_that_only_says_so_holds_no_photo():
    check = photos(lambda mb: 70, 128)
    assert not check.passed and "it is not held in memory" in check.actual


# --- 8.3


def till(monkeypatch, served, reason=lab08.RESERVED, word="has paid"):
    """Check a till that serves so many of those that come at once."""

    def send(lab, function, events):
        assert (function, len(events)) == ("lab08-till", 4)
        paid = [Answer(response(f"{event['name']} {word}")) for event in events[:served]]
        return paid + [Answer(None, reason)] * (len(events) - served)

    monkeypatch.setattr(lab08.at_once, "send", send)
    return lab08.spare_the_till.check(LAB)


def test_two_served_and_two_throttled_are_right(monkeypatch):
    assert till(monkeypatch, 2).passed


@pytest.mark.parametrize("served", [0, 1, 3, 4])
def test_another_number_is_counted(monkeypatch, served):
    check = till(monkeypatch, served)
    assert not check.passed
    assert check.actual == f"{served} served and {4 - served} throttled of 4 customers at once"


def test_throttles_of_the_account_are_not_the_tills(monkeypatch):
    assert not till(monkeypatch, 2, reason="ConcurrentInvocationLimitExceeded").passed


def test_a_till_that_does_something_else_is_refused(monkeypatch):
    check = till(monkeypatch, 2, word="stole")
    assert not check.passed and "stole" in check.actual


# --- 8.4


def welcome(monkeypatch, configs, started="provisioned-concurrency"):
    """Check an alias on version 3 with `configs`: {qualifier: (how many, status)}."""
    arn = "arn:aws:lambda:us-east-1:000000000000:function:lab08-welcome"
    listed = [
        {"FunctionArn": f"{arn}:{name}", "RequestedProvisionedConcurrentExecutions": count, "Status": status}
        for name, (count, status) in configs.items()
    ]
    api = SimpleNamespace(
        get_alias=lambda FunctionName, Name: {"FunctionVersion": "3"},  # noqa: N803
        list_provisioned_concurrency_configs=lambda FunctionName: {"ProvisionedConcurrencyConfigs": listed},  # noqa: N803
    )

    def send(lab, function, events, Qualifier):  # noqa: N803
        assert (function, Qualifier, len(events)) == ("lab08-welcome", "live", 2)
        return [Answer(response({"name": event["name"], "started": started})) for event in events]

    monkeypatch.setattr(lab08.at_once, "send", send)
    return lab08.keep_two_ready.check(SimpleNamespace(client=lambda service: api))


@pytest.mark.parametrize("qualifier", ["live", "3"])
def test_two_ready_for_the_alias_or_its_version_are_right(monkeypatch, qualifier):
    assert welcome(monkeypatch, {qualifier: (2, "READY")}).passed


@pytest.mark.parametrize(
    ("configs", "found"),
    [
        ({}, "none for live, which points at version 3"),
        ({"2": (2, "READY")}, "none for live, which points at version 3, but for 2"),
        ({"live": (1, "READY")}, "1 provisioned, READY"),
        ({"live": (2, "IN_PROGRESS")}, "2 provisioned, IN_PROGRESS: ask again soon"),
    ],
)
def test_what_is_provisioned_instead_is_said(monkeypatch, configs, found):
    check = welcome(monkeypatch, configs)
    assert (check.passed, check.actual) == (False, found)


def test_guests_served_on_demand_are_not_served_by_what_is_ready(monkeypatch):
    check = welcome(monkeypatch, {"live": (2, "READY")}, started="on-demand")
    assert not check.passed and "on-demand" in check.actual


# --- 8.5 and 8.6


def bundle(monkeypatch, files=("index.mjs",), size=900, total=sum):
    monkeypatch.setattr(lab08, "invoke", lambda lab, function, event: response({"total": total(event["prices"])}))
    monkeypatch.setattr(lab08.packages, "package_files", lambda lab, function: list(files))
    monkeypatch.setattr(lab08.packages, "configuration", lambda lab, function: {"CodeSize": size})
    return lab08.bundle_one_more.check(LAB)


def test_one_small_file_that_adds_up_is_right(monkeypatch):
    assert bundle(monkeypatch).passed


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"files": ("index.mjs", "node_modules/lodash-es/sum.js")}, "2 files, 900 bytes"),
        ({"size": 370_000}, "1 file, 370,000 bytes"),
        ({"total": lambda prices: 7}, '{"total": 7} for the prices'),
    ],
)
def test_a_large_package_and_a_wrong_total_are_said(monkeypatch, wrong, found):
    check = bundle(monkeypatch, **wrong)
    assert not check.passed and check.actual.startswith(found)


@pytest.mark.parametrize(
    ("architectures", "greeting", "passed"),
    [(["arm64"], "Hello {}", True), (["x86_64"], "Hello {}", False), (["arm64"], "Hi {}", False)],
)
def test_a_function_on_arm64_has_to_greet_as_before(monkeypatch, architectures, greeting, passed):
    monkeypatch.setattr(lab08, "invoke", lambda lab, function, event: response(greeting.format(event["name"])))
    monkeypatch.setattr(lab08.packages, "configuration", lambda lab, function: {"Architectures": architectures})
    assert lab08.change_the_processor.check(LAB).passed == passed
