"""Lab: what a learner sees."""

import json
import os
from types import SimpleNamespace
from unittest import mock

import boto3
import pytest
from botocore.stub import Stubber

import helpers.lab
from helpers import Lab, exercises
from helpers.backend import session
from helpers.cleanup import owns as cleanup
from helpers.cleanup import sweeping
from helpers.cleanup.owns import Owns
from helpers.cost import budget, creations
from helpers.errors import BackendError, ExerciseError, NotThereError
from helpers.exercises import checks
from helpers.exercises.checks import Check, exercise
from helpers.state import last_account
from helpers.state.progress import Progress
from helpers.state.test_events import TestEvents

SOLUTION = 'lab.solution("1.1") shows the solution and explains it.'


class Backend:
    """What a Lab asks: the state that the exercise looks at, and what clean-up finds."""

    def __init__(self, monkeypatch):
        self.greeting = None
        self.found = {}
        self.removed = []
        self.session = SimpleNamespace(
            backend="embedded",
            endpoint=None,
            account="000000000000",
            region="us-east-1",
            features={"lambda": True},
            boto=SimpleNamespace(events=mock.Mock()),
            client=lambda service, credentials=None: self.clients[service],
        )
        self.clients = {}
        self.monkeypatch = monkeypatch
        monkeypatch.setattr(session, "connect", self.connect)
        monkeypatch.setattr(budget, "require", lambda session: None)
        monkeypatch.setattr(creations, "announce", lambda lab: print(f"Lab {lab} will create …"))
        monkeypatch.setattr(cleanup, "remove", self.remove)
        monkeypatch.setattr(cleanup, "remove_basic_role", lambda client: None)
        monkeypatch.setattr(exercises, "load", self.load)
        monkeypatch.setattr(exercises, "numbers", lambda: ["00", "01"])

    def connect(self, account=None, *, default, before_aws):
        self.session.account = account or default
        if self.session.backend == "aws":
            before_aws()
        return self.session

    def remove(self, client, owns, *, dry_run=False, pause=0):
        if not dry_run:
            self.removed.append(owns)
        return self.found

    def load(self, number):
        @exercise("1.1", "Say hello", desired="Hello", hints=["nudge", "Invoke"], half="say(___)")
        def hello(lab):
            if isinstance(self.greeting, Exception):
                raise self.greeting
            return Check(self.greeting == "Hello", str(self.greeting))

        about = {"title": "Hello world", "you_will": "", "minutes": 5, "place": (0, 0), "owns": Owns(functions=("f",))}
        about["on_aws"] = "Skip this on AWS."
        return exercises.Description(**about, number=number, exercises={"1.1": hello})


@pytest.fixture
def backend(home, monkeypatch):
    return Backend(monkeypatch)


def test_a_lab_begins_without_test_events_that_another_lab_has_saved_for_its_functions(backend, home):
    for function in ("f", "other"):
        TestEvents("000000000001", function).save("a", 1)
    Lab("01")
    assert [TestEvents("000000000001", function).all() for function in ("f", "other")] == [{}, {"a": 1}]


@pytest.mark.parametrize(("notebook", "noted"), [(True, "000000000004"), (False, None)])
def test_the_terminals_of_jupyterlab_follow_the_lab_that_a_notebook_starts(backend, monkeypatch, notebook, noted):
    monkeypatch.setattr(helpers.lab, "in_notebook", lambda: notebook)
    Lab("04")
    assert last_account.read() == noted


def test_another_account_may_be_asked_for(backend):
    assert Lab("04", account="123456789012").account == "123456789012"


def test_a_lab_on_aws_keeps_test_events_as_it_keeps_functions(backend, home):
    TestEvents("000000000000", "f").save("a", 1)
    backend.session.backend = "aws"
    Lab("01")
    assert TestEvents("000000000000", "f").all() == {"a": 1}


def test_a_lab_says_in_one_line_that_it_is_ready(backend, capsys):
    Lab("01")
    expected = "Lab 01 is ready: embedded backend, account 000000000001, region us-east-1.\n"
    assert capsys.readouterr().out == expected


def test_a_lab_removes_what_an_earlier_run_left(backend):
    Lab("01")
    assert backend.removed == [Owns(functions=("f",))]


def test_on_aws_nothing_is_removed_unasked(backend, capsys):
    backend.session.backend = "aws"
    backend.found = {"functions": ["f"]}
    Lab("01")
    assert backend.removed == []
    assert "In the account already: functions f. lab.reset() deletes this." in capsys.readouterr().out


def test_on_aws_a_lab_says_what_it_creates_and_which_labs_use_its_names(backend, capsys):
    backend.session.backend = "aws"
    Lab("01")
    assert capsys.readouterr().out.splitlines()[:3] == [
        "Lab 01 will create …",
        "All labs share your account, and names of this one are in 00, too: reset each.",
        "Skip this on AWS.",
    ]


def test_on_aws_reset_sweeps_the_account_for_this_lab(backend, monkeypatch):
    backend.session.backend = "aws"
    lab, swept = Lab("01"), []
    monkeypatch.setattr(sweeping, "run", lambda session, labs: swept.append((session, labs)))
    lab.reset()
    assert swept == [(backend.session, {"01": Owns(functions=("f",))})]
    assert backend.removed == []


@pytest.mark.parametrize(("where", "tag"), [("aws", "01"), ("embedded", "")])
def test_only_on_aws_is_what_a_lab_creates_tagged(backend, where, tag):
    backend.session.backend = where
    Lab("01")
    assert backend.session.boto.events.register.called == (where == "aws")
    assert os.environ["LAB_TAG"] == tag


def test_a_lab_without_what_it_needs_stops_with_a_sentence(backend):
    backend.session.features = {"lambda": False}
    with pytest.raises(BackendError, match="Lab 01 needs Lambda, which the embedded backend lacks"):
        Lab("01")


def test_a_check_shows_one_line_and_returns_nothing(backend, capsys):
    lab = Lab("01")
    capsys.readouterr()
    assert lab.check("1.1") is None
    assert capsys.readouterr().out == "1.1 not yet: wanted Hello, found None · Hint: nudge\n"


def test_each_failed_check_gives_the_next_hint(backend, capsys):
    lab = Lab("01")
    for attempt in range(5):
        backend.greeting = f"Bye {attempt}"
        lab.check("1.1")
    shown = [line.rpartition("Hint: ")[2] for line in capsys.readouterr().out.splitlines()[1:]]
    half = ["Fill in each ___ and run it.", "1.1 half filled", "", "say(___)"]
    assert shown == ["nudge", "Invoke", *half, SOLUTION, SOLUTION]


def test_a_check_that_finds_the_same_again_gives_the_same_hint(backend, capsys):
    lab = Lab("01")
    for greeting in ("Bye", "Bye", "Ciao", "Bye"):
        backend.greeting = greeting
        lab.check("1.1")
    hints = [line.rpartition("Hint: ")[2] for line in capsys.readouterr().out.splitlines()[1:]]
    assert hints[:4] == ["nudge", "nudge", "Invoke", "Fill in each ___ and run it."]


def test_a_check_without_a_number_says_which_there_are(backend):
    with pytest.raises(ExerciseError, match=r"Say which exercise: lab 01 has 1\.1"):
        Lab("01").check()


def test_a_check_without_anything_to_judge_spends_no_hint(backend, capsys):
    lab = Lab("01")
    backend.greeting = NotThereError("There is no function f: run the notebook from its first cell.")
    lab.check("1.1")
    backend.greeting = "Bye"
    lab.check("1.1")
    assert capsys.readouterr().out.endswith("1.1 not yet: wanted Hello, found Bye · Hint: nudge\n")


def test_a_lab_knows_what_was_solved_since_it_began(backend):
    backend.greeting = "Hello"
    lab = Lab("01")
    lab.check("1.1")
    assert lab.solved == {"1.1"}
    lab.reset()
    assert lab.solved == set() == Lab("01").solved


def test_hint_climbs_the_same_ladder(backend, capsys):
    lab = Lab("01")
    lab.hint("1.1")
    lab.check("1.1")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "1.1 Hint: nudge",
        "1.1 not yet: wanted Hello, found None · Hint: Invoke",
    ]


def test_the_third_hint_is_the_cell_half_filled_and_the_last_names_the_solution(backend, capsys):
    lab = Lab("01")
    capsys.readouterr()
    for _ in range(5):
        lab.hint("1.1")
    shown = "1.1 Hint: nudge\n1.1 Hint: Invoke\n1.1 Hint: Fill in each ___ and run it.\n\nsay(___)\n"
    assert capsys.readouterr().out == f"{shown}1.1 Hint: {SOLUTION}\n1.1 Hint: nudge\n", "and begins again"


def test_the_solution_of_one_exercise_is_shown_with_its_explanation(backend, capsys):
    lab = Lab("01")
    capsys.readouterr()
    lab.solution("1.4")
    shown = capsys.readouterr().out
    assert shown.startswith("Solution 1.4: Repair HelloBroken\n\n")
    assert 'Handler="index.handler"' in shown and "1.5" not in shown
    with pytest.raises(ExerciseError, match=r"Lab 01 has no solution '9\.9': it has 1\.1"):
        lab.solution("9.9")


def test_an_exercise_done_is_kept_for_other_kernels(backend, capsys):
    backend.greeting = "Hello"
    Lab("01").check("1.1")
    assert capsys.readouterr().out.endswith("1.1 done: Say hello (Hello).\n")
    assert list(Progress().done("01")) == ["hello"]


def test_an_exercise_not_done_is_not_kept(backend):
    Lab("01").check("1.1")
    assert Progress().done("01") == {}


def test_progress_that_cannot_be_kept_is_one_sentence_and_no_error(backend, capsys, home):
    backend.greeting = "Hello"
    lab = Lab("01")
    home.parent.joinpath("file").write_text("")
    backend.monkeypatch.setenv("LAB_HOME", str(home.parent / "file" / "lab"))
    lab.check("1.1")
    assert "The exercise is done, but that could not be saved." in capsys.readouterr().out


def test_a_corrupt_progress_file_is_reported_once_where_it_is_met(backend, capsys, home):
    backend.greeting = "Hello"
    home.mkdir()
    (home / "progress.json").write_text("{")
    lab = Lab("01")
    lab.check("1.1")
    lab.check("1.1")
    assert capsys.readouterr().out.count("The progress file could not be read") == 1
    assert list(Progress().done("01")) == ["hello"]


def test_an_exercise_that_does_not_exist_names_those_that_do(backend):
    with pytest.raises(ExerciseError, match=r"no exercise '9\.9': it has 1\.1"):
        Lab("01").check("9.9")


def test_progress_counts_the_exercises_of_all_labs(backend):
    Progress().record("01", "hello")
    Progress().record("01", "goodbye")  # an exercise of an older version of the lab
    assert repr(Lab("01").progress()).splitlines()[1:] == ["00   Hello world  0 of 1", "01   Hello world  1 of 1"]


def test_reset_says_what_it_removed_and_keeps_progress(backend, capsys):
    Progress().record("01", "hello")
    lab = Lab("01")
    backend.found = {"functions": ["f"], "log_groups": ["/aws/lambda/f"]}
    capsys.readouterr()
    lab.reset()
    assert capsys.readouterr().out == "Lab 01 is clean: removed functions f; log groups /aws/lambda/f.\n"
    assert Progress().done("01")


def test_a_client_can_sign_as_another_identity(backend):
    backend.session.client = lambda service, credentials=None: (service, credentials)
    lab = Lab("01")
    assert lab.client("s3") == ("s3", None)
    assert lab.client("s3", {"AccessKeyId": "AKIA"}) == ("s3", {"AccessKeyId": "AKIA"})


def test_the_role_is_made_once_when_first_asked_for(backend):
    iam = boto3.client("iam", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    backend.clients["iam"] = iam
    role = {
        "Path": "/",
        "RoleName": "lab-basic-execution",
        "RoleId": "AROAAAAAAAAAAAAAAAAA",
        "Arn": "arn:aws:iam::000000000000:role/lab-basic-execution",
        "CreateDate": "2026-11-21T00:00:00Z",
    }
    with Stubber(iam) as stub:
        stub.add_client_error("get_role", "NoSuchEntity")
        stub.add_response("create_role", {"Role": role})
        stub.add_response("attach_role_policy", {})
        lab = Lab("01")
        assert lab.role == lab.role == role["Arn"]
        stub.assert_no_pending_responses()


def test_the_role_may_be_assumed_by_lambda_only():
    from helpers.lab import TRUST_LAMBDA

    (statement,) = json.loads(json.dumps(TRUST_LAMBDA))["Statement"]
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_a_notebook_gets_colour_and_a_terminal_text(monkeypatch, capsys):
    from helpers import lab

    shown = []
    result = checks.Result(Backend.load(SimpleNamespace(), "01").exercises["1.1"], Check(True, "x"))
    monkeypatch.setattr("IPython.display.display", shown.append)
    lab.show(result)
    assert (shown, capsys.readouterr().out) == ([], "1.1 done: Say hello (x).\n")
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(kernel=True))
    lab.show(result)
    assert (shown, capsys.readouterr().out) == ([result], "")
