"""Exercises, their results and hints."""

import pytest
import requests
from botocore.exceptions import ClientError, EndpointConnectionError

from helpers.errors import NotThereError
from helpers.exercises import checks
from helpers.exercises.checks import Check, Hint, exercise

SOLUTION = 'lab.solution("1.1") shows the solution and explains it.'


@exercise("1.1", "Say hello", desired='"Hello"', hints=["nudge", "Invoke"], half="\nsay(___)\n")
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
    ("failures", "hint"),
    [
        (0, Hint("nudge")),
        (1, Hint("Invoke")),
        (2, Hint("Fill in each ___ and run it.", "say(___)")),
        (3, Hint(SOLUTION)),
        (9, Hint(SOLUTION)),
    ],
)
def test_each_further_failure_climbs_the_ladder_and_stays_on_top(failures, hint):
    assert checks.run(hello, "Bye", failures=failures).hint == hint


def test_without_a_half_filled_cell_the_solution_comes_after_the_hints():
    bare = exercise("1.2", "Be bare", desired="nothing", hints=["nudge"])(lambda lab: Check(False, "something"))
    assert str(bare.hint(1)) == 'lab.solution("1.2") shows the solution and explains it.'


def test_a_result_is_one_line_also_when_its_hint_is_code():
    assert str(checks.run(hello, "Bye", failures=2)).endswith('found "Bye" · Hint: Fill in each ___ and run it.')


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
