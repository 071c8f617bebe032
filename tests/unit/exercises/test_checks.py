"""Exercises, their results and hints."""

import pytest
import requests
from botocore.exceptions import ClientError, EndpointConnectionError

from helpers.errors import NotThereError
from helpers.exercises import checks
from helpers.exercises.checks import Check, exercise


@exercise("1.1", "Say hello", desired='"Hello"', hints=["nudge", "Invoke", "see the solution"])
def hello(lab) -> Check:
    """A lab here is what the function answers, or the error that asking raises."""
    if isinstance(lab, Exception):
        raise lab
    return Check(lab == "Hello", f'"{lab}"')


def test_a_check_that_passes_is_one_line_without_a_hint():
    assert str(checks.run(hello, "Hello")) == '1.1 done: Say hello ("Hello").'


def test_a_check_that_fails_prints_wanted_beside_found_and_the_first_hint():
    assert str(checks.run(hello, "Bye")) == '1.1 not yet: wanted "Hello", found "Bye" · Hint: nudge'


@pytest.mark.parametrize(
    ("failures", "hint"), [(0, "nudge"), (1, "Invoke"), (2, "see the solution"), (9, "see the solution")]
)
def test_each_further_failure_climbs_the_ladder_and_stays_on_top(failures, hint):
    assert checks.run(hello, "Bye", failures=failures).hint == hint


def test_an_exercise_without_hints_gives_none():
    bare = exercise("1.2", "Be bare", desired="nothing", hints=[])(lambda lab: Check(False, "something"))
    assert str(checks.run(bare, None)) == "1.2 not yet: wanted nothing, found something"


def test_what_aws_refuses_is_what_was_found():
    error = ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "Function not\nfound: f"}}, "Invoke")
    result = checks.run(hello, error)
    assert not result.check.passed
    assert result.check.actual == "ResourceNotFoundException (Function not found: f)"


@pytest.mark.parametrize("error", [KeyError("payload"), RecursionError("deep"), ValueError("")])
def test_a_check_that_stumbles_never_raises(error):
    assert checks.run(hello, error).check.actual.startswith(type(error).__name__)


def test_a_backend_that_is_gone_says_how_to_bring_it_back():
    error = EndpointConnectionError(endpoint_url="http://127.0.0.1:4566/")
    assert "run the cell with Lab(...) again" in str(checks.run(hello, error))


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="http://127.0.0.1:4566/"),
        requests.ConnectionError(),
        NotThereError("There is no REST API hello: run the notebook from its first cell."),
    ],
)
def test_where_there_is_nothing_to_judge_no_hint_is_given(error):
    result = checks.run(hello, error)
    assert (result.check.passed, result.judged, result.hint) == (False, False, None)
    assert checks.run(hello, "Bye").judged


def test_what_the_notebook_has_not_made_yet_is_one_sentence():
    found = checks.run(hello, NotThereError("There is no REST API hello: run the notebook from its first cell."))
    sentence = "found nothing to check yet (There is no REST API hello: run the notebook from its first cell.)"
    assert str(found).endswith(sentence)


def test_interrupting_a_check_is_still_possible():
    def interrupted(lab):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.run(exercise("1.3", "", desired="", hints=[])(interrupted), None)


def test_html_says_the_same_and_escapes_what_a_function_answers():
    html = checks.run(hello, "<script>")._repr_html_()
    assert "found &quot;&lt;script&gt;&quot; · Hint: nudge" in html
    assert "--jp-warn-color1" in html
    assert "--jp-success-color1" in checks.run(hello, "Hello")._repr_html_()


def test_the_same_state_gives_the_same_output():
    first, second = (checks.run(hello, "Bye") for _ in range(2))
    assert (repr(first), first._repr_html_()) == (repr(second), second._repr_html_())
