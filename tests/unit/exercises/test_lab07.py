"""Lab 07's checks: the scorecard in the bucket, and a counter's numbers."""

import io
import json
from fnmatch import fnmatchcase
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import lab07
from helpers.state.home import ROOT
from helpers.widgets.scorecard import FACTORS

RIGHT = {number: factor.borne_out[0] for number, factor in FACTORS.items()}


class MissingError(Exception):
    """S3 has no such object."""


NONE = SimpleNamespace(NoSuchKey=MissingError, ClientError=MissingError)


def missing(**_):
    raise MissingError


def stored(text: str):
    """A lab whose bucket holds `text` as the scorecard."""
    s3 = SimpleNamespace(get_object=lambda **_: {"Body": io.BytesIO(text.encode())}, exceptions=NONE)
    return SimpleNamespace(account="000000000000", client=lambda service: s3)


def judged(answers: object):
    return lab07.fill_the_scorecard.check(stored(json.dumps(answers)))


def test_twelve_answers_that_the_lab_bears_out_pass():
    assert judged(RIGHT).passed


@pytest.mark.parametrize("verdict", ["holds", "partly", "not"])
def test_one_verdict_for_nearly_all_is_no_scorecard(verdict):
    assert not judged(dict.fromkeys(FACTORS, verdict) | {"VII": "not"}).passed


def test_who_saw_nothing_hold_has_looked_at_the_ends_alone():
    partly = {number: "partly" if "partly" in factor.borne_out else "not" for number, factor in FACTORS.items()}
    assert judged(partly).actual == "none of III, V, VIII holding: read their answers again"
    assert all(judged({**partly, number: "holds"}).passed for number in ("III", "V", "VIII"))


def test_what_was_not_saved_is_said_to_be_so():
    lab = SimpleNamespace(account="0" * 12, client=lambda service: SimpleNamespace(get_object=missing, exceptions=NONE))
    assert "save()" in lab07.fill_the_scorecard.check(lab).actual


@pytest.mark.parametrize("number", FACTORS)
def test_an_answer_left_out_is_named(number):
    check = judged({key: verdict for key, verdict in RIGHT.items() if key != number})
    assert (check.passed, check.actual) == (False, f"no answer for {number} in what was saved")


@pytest.mark.parametrize("number", FACTORS)
def test_an_answer_against_what_was_seen_gets_what_was_seen(number):
    wrong = next(verdict for verdict in ("not", "holds") if verdict not in FACTORS[number].borne_out)
    check = judged({**RIGHT, number: wrong})
    assert not check.passed
    assert check.actual == f"answers that go against what you saw: {number} ({FACTORS[number].shown})"


def test_the_solution_names_the_factors_that_can_be_argued_either_way():
    comment = (ROOT / "labs" / "solutions" / "07_twelve_factors.py").read_text(encoding="utf-8")
    either = [number for number, factor in FACTORS.items() if len(factor.borne_out) > 1]
    assert f"{', '.join(either[:-1])} and {either[-1]} can be argued either way" in comment


@pytest.mark.parametrize("text", ["not JSON", "[]", '{"XIII": "holds"}', '{"I": "perhaps"}'])
def test_what_is_no_scorecard_does_not_pass(text):
    assert not lab07.fill_the_scorecard.check(stored(text)).passed


@pytest.mark.parametrize(
    ("numbers", "passed", "found"),
    [
        ([1, 2, 3, 4, 5, 6], True, "the answers 1, 2, 3, 4, 5, 6"),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], True, "the answers 1, 2, 3, 4, 5, 6"),
        ([1, 1, 1, 2, 2, 2], False, "the same answer for several visits"),
        ([None] * 6, False, "the same answer for several visits"),
        (list("123456"), False, 'the answers "1", "2", "3", "4", "5", "6"'),
        ([3, 4, 5, 6, 7, 8], False, "the answers 3, 4, 5, 6, 7, 8"),
    ],
)
def test_a_counter_passes_if_three_environments_count_from_1_to_6(monkeypatch, numbers, passed, found):
    check = counted(monkeypatch, numbers, lambda page: [{"id": {"S": page}, "visits": {"N": "6"}}])
    assert (check.passed, check.actual) == (passed, found)


def test_a_counter_may_keep_all_pages_in_one_item(monkeypatch):
    check = counted(monkeypatch, range(1, 7), lambda page: [{"id": {"S": "all"}, page: {"N": "6"}}])
    assert check.passed


@pytest.mark.parametrize("item", [[], [{"id": {"S": "home"}, "visits": {"N": "6"}}], [{"id": {"S": "PAGE"}}]])
def test_a_counter_that_does_not_count_in_the_table_does_not_pass(monkeypatch, item):
    def items(page):
        return [{**one, "id": {"S": one["id"]["S"].replace("PAGE", page)}} for one in item]

    check = counted(monkeypatch, range(1, 7), items)
    assert (check.passed, check.actual) == (
        False,
        "the answers 1, 2, 3, 4, 5, 6, but no item of this page with the number 6 in lab07-counters",
    )


def counted(monkeypatch, numbers, items):
    """The check of a counter that answers `numbers`, with the `items` of the page that was asked for."""
    answers, pages = iter(numbers), []

    def invoke(lab, function, event):
        pages.append(event["page"])
        return SimpleNamespace(error=None, payload=next(answers))

    monkeypatch.setattr(lab07, "invoke", invoke)
    table = SimpleNamespace(scan=lambda **_: {"Items": items(pages[0])})
    return lab07.count_where_everybody_can_see_it.check(SimpleNamespace(client=lambda service: table))


@pytest.mark.parametrize(
    ("usable", "passed", "found"),
    [
        (["lab07-archive-0"], True, "a role that may use lab07-archive"),
        ([], True, "a role that may use no bucket"),  # the bucket's own policy lets it in
        (["lab07-archive-0", "lab07-blue-0"], False, "a role that may use lab07-archive, lab07-blue"),
        (["lab07-archive-0", "any-other"], False, "a role that may use lab07-archive, any-other"),
    ],
)
def test_the_archive_is_the_only_bucket(monkeypatch, usable, passed, found):
    answer = SimpleNamespace(error=None, payload="check signed in")
    monkeypatch.setattr(lab07, "invoke", lambda *_: answer)
    monkeypatch.setattr(lab07, "allowed", lambda lab, role, actions, arn: arn[13:].partition("/")[0] in usable)
    monkeypatch.setattr(lab07, "allowed_resources", lambda *_: set())
    monkeypatch.setattr(lab07, "allowed_actions", lambda *_: set())
    names = ["lab07-archive-0", "lab07-blue-0", "lab01-mine-0"]
    api = SimpleNamespace(
        head_object=lambda **_: None,
        delete_object=lambda **_: None,
        exceptions=NONE,
        list_buckets=lambda: {"Buckets": [{"Name": name} for name in names]},
    )
    check = lab07.attach_the_archive.check(SimpleNamespace(account="0", client=lambda service: api))
    assert (check.passed, check.actual) == (passed, f"a guest in the archive, and {found}")


def test_who_says_that_a_guest_signed_but_leaves_none_has_attached_nothing(monkeypatch):
    monkeypatch.setattr(lab07, "invoke", lambda *_: SimpleNamespace(error=None, payload="ok"))
    monkeypatch.setattr(lab07, "may_use", lambda *_: [])
    api = SimpleNamespace(head_object=missing, exceptions=NONE)
    check = lab07.attach_the_archive.check(SimpleNamespace(account="0", client=lambda service: api))
    assert not check.passed and "no guest in the archive" in check.actual


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObjectTagging", "arn:aws:s3:::lab07-blue-0/*"),
        ("s3:PutObject", "arn:aws:s3:::lab07-blue-0/Grace.txt"),
        ("s3:ListBucket", "arn:aws:s3:::lab07-blue-0"),
    ],
)
def test_a_role_uses_a_bucket_also_by_a_rare_action_or_a_single_key(monkeypatch, action, resource):
    def allowed(lab, role, actions, arn):
        return [one for one in actions if one == action and fnmatchcase(arn, resource)]

    monkeypatch.setattr(lab07, "allowed", allowed)
    monkeypatch.setattr(lab07, "allowed_resources", lambda *_: {resource})
    monkeypatch.setattr(lab07, "allowed_actions", lambda *_: {action})
    s3 = SimpleNamespace(list_buckets=lambda: {"Buckets": [{"Name": "lab07-archive-0"}]})
    assert lab07.may_use(SimpleNamespace(client=lambda service: s3), "role") == ["lab07-blue-0"]


def test_a_package_that_greets_nobody_is_not_the_fixed_one(monkeypatch):
    api = SimpleNamespace(get_function_configuration=lambda **_: {"CodeSha256": "same"})
    lab = SimpleNamespace(client=lambda service: api)
    for greet, passed in (
        (lambda name: f"Hello {name or 'world'}", True),
        (lambda name: "Hello world", False),
        (lambda name: "Hello Grace" if name else "Hello world", False),
    ):
        monkeypatch.setattr(
            lab07, "invoke", lambda lab, stage, event, greet=greet: FunctionResponse(greet(event["name"]), None, "")
        )
        assert lab07.bring_the_hotfix_home.check(lab).passed is passed


@pytest.mark.parametrize(
    ("logging", "passed", "found"),
    [
        ({"LogFormat": "JSON", "ApplicationLogLevel": "ERROR"}, True, "LogFormat JSON and ApplicationLogLevel ERROR"),
        ({"LogFormat": "JSON", "ApplicationLogLevel": "INFO"}, False, "LogFormat JSON and ApplicationLogLevel INFO"),
        ({"LogFormat": "Text"}, False, "LogFormat Text and ApplicationLogLevel none"),
    ],
)
def test_the_guest_book_logs_json_and_only_errors_of_its_own(logging, passed, found):
    api = SimpleNamespace(get_function_configuration=lambda **_: {"LoggingConfig": logging})
    check = lab07.log_for_machines.check(SimpleNamespace(client=lambda service: api))
    assert (check.passed, check.actual) == (passed, found)
