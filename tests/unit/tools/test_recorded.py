"""`make recorded`: what it takes for expected, and what it runs."""

import json

import pytest

from tests.tools.recorded import __main__ as recorded
from tests.tools.recorded import known

PASSED = {"outcome": "passed", "when": "call"}
FAILED = {"outcome": "failed", "when": "call", "reason": "AssertionError: 1 != 2"}
SKIPPED = {"outcome": "skipped", "when": "setup", "reason": "not here"}


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "PLACE", tmp_path)
    monkeypatch.setattr(known, "failures", lambda: {"known": "harness: the reason"})
    return tmp_path


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ({"one": PASSED, "known": FAILED, "other": SKIPPED}, 0),
        ({"one": PASSED}, 0),  # a run of some: the known one was not among them
        ({"one": FAILED, "known": FAILED}, 1),
        ({"one": PASSED, "known": PASSED}, 1),  # it is to be taken out of the list
        ({}, 2),
    ],
)
def test_a_run_is_as_expected_if_the_known_failures_fail_and_no_others(found, status, place, capsys):
    assert recorded.report(found) == status
    assert (place / "result.txt").read_text() in capsys.readouterr().out
    assert json.loads((place / "result.json").read_text()) == found


def test_each_failure_is_told_with_its_reason(capsys):
    recorded.report({"one": FAILED, "known": FAILED, "other": SKIPPED})
    said = capsys.readouterr().out
    assert "one\n          AssertionError: 1 != 2" in said
    assert "known\n          harness: the reason" in said
    assert "1 skipped: not here" in said


def test_a_failure_is_the_last_word_on_a_test(place):
    lines = [
        {"id": "a", **PASSED},
        {"id": "b", **FAILED},
        {"id": "b", **PASSED},
        {"id": "a", **FAILED, "when": "teardown"},
    ]
    (place / "results").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    assert {test: line["outcome"] for test, line in recorded.read(place / "results").items()} == {
        "a": "failed",
        "b": "failed",
    }


@pytest.mark.parametrize(
    ("arguments", "where", "options"),
    [
        (["events", "-k", "archive", "-x"], ["tests/aws/services/events"], ["-k", "archive", "-x"]),
        (["tests/aws/services/sns/test_sns.py::A::b"], ["tests/aws/services/sns/test_sns.py::A::b"], []),
        (["-k", "archive"], [f"tests/aws/services/{folder}" for folder in known.folders()], ["-k", "archive"]),
    ],
)
def test_tests_are_named_by_service_by_file_or_by_id(arguments, where, options):
    assert recorded.targets(arguments) == where
    assert arguments == options


@pytest.mark.parametrize(
    ("test", "applies"),
    [
        ("lambda_/test_lambda_common.py::TestLambdaRuntimesCommon::test_echo_invoke[python3.12]", True),
        ("lambda_/test_lambda_common.py::TestLambdaRuntimesCommon::test_echo_invoke[java21]", False),
        ("lambda_/test_lambda_common.py::TestLambdaRuntimesCommon::test_echo_invoke[provided.al2023]", False),
        ("lambda_/test_lambda_api.py::TestLambdaImages::test_lambda_image_crud", False),
        ("stepfunctions/v2/test_x.py::Test::test_javascript", True),
    ],
)
def test_what_needs_another_runtime_or_an_image_does_not_apply(test, applies):
    assert (known.inapplicable(f"tests/aws/services/{test}") is None) == applies


def test_the_list_names_each_failure_once_with_its_kind():
    known._table.cache_clear()
    rows = known._table().get("failure", [])
    names = [test for row in rows for test in row["tests"]]
    assert len(names) == len(set(names))
    assert {row["kind"] for row in rows} <= {"harness", "newer", "difference"}
    assert all(row["reason"] for row in rows)
