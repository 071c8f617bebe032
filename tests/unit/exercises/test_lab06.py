"""Lab 06's checks: which functions a role may call, a memory that outlives environments, a message that is dead."""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from helpers.backend.function_response import FunctionResponse
from helpers.exercises import appendix06, lab06
from helpers.exercises.evidence.answers import allowed_resources
from helpers.exercises.evidence.roles import grants, may_call


def role(inline: dict, attached: dict):
    """A lab whose IAM knows one role with these policies."""
    versions = {
        name: {"PolicyVersion": {"Document": {"Statement": statements}}} for name, statements in attached.items()
    }
    iam = SimpleNamespace(
        get_role=lambda **_: {"Role": {}},
        list_role_policies=lambda **_: {"PolicyNames": list(inline)},
        get_role_policy=lambda **asked: {"PolicyDocument": {"Statement": inline[asked["PolicyName"]]}},
        list_attached_role_policies=lambda **_: {
            "AttachedPolicies": [{"PolicyName": name, "PolicyArn": name} for name in attached]
        },
        get_policy=lambda **_: {"Policy": {"DefaultVersionId": "v1"}},
        get_policy_version=lambda **asked: versions[asked["PolicyArn"]],
    )
    return SimpleNamespace(client=lambda service: iam)


def allow(action, resource, effect="Allow"):
    return {"Effect": effect, "Action": action, "Resource": resource}


def test_inline_and_attached_policies_count_and_a_statement_may_stand_alone():
    lab = role({"one": allow("lambda:InvokeFunction", "a")}, {"two": [allow(["lambda:InvokeFunction"], ["b", "c"])]})
    assert allowed_resources(lab, "lab06-first", "lambda:") == {"a", "b", "c"}


def test_a_star_is_found_as_a_resource_and_as_an_action():
    lab = role({"all": [allow("lambda:*", "*"), allow("*", "d")]}, {})
    assert allowed_resources(lab, "lab06-first", "lambda:") == {"*", "d"}


def test_other_services_and_refusals_do_not_count():
    lab = role({"logs": [allow("logs:PutLogEvents", "*"), allow("lambda:InvokeFunction", "a", "Deny")]}, {})
    assert allowed_resources(lab, "lab06-first", "lambda:") == set()


BOTH = {"secondFunction", "secondFunctionPython"}
SECOND, PYTHON = (f"arn:aws:lambda:us-east-1:000000000000:function:{name}" for name in sorted(BOTH))


def judged(*statements):
    return may_call(grants(role({"all": list(statements)}, {}), "lab06-first"), BOTH)


@pytest.mark.parametrize("action", ["lambda:InvokeFunction", "Lambda:invokefunction"])
@pytest.mark.parametrize("more", [[], [f"{SECOND}:*"]])
def test_a_role_may_call_two_functions_whatever_their_versions_and_write_logs(action, more):
    passed, found = judged(allow(action, [SECOND, PYTHON, *more]), allow("logs:PutLogEvents", "*"))
    assert (passed, found) == (True, "a role that may call secondFunction and secondFunctionPython")


@pytest.mark.parametrize(
    ("action", "resource", "shown"),
    [
        ("lambda:*", PYTHON, "lambda:* on secondFunctionPython"),
        ("lambda:Invoke*", f"{PYTHON}:*", "lambda:Invoke* on secondFunctionPython:*"),
        ("lambda:GetFunction", SECOND, "lambda:GetFunction on secondFunction"),
        ("lambda:InvokeFunction", "*", "lambda:InvokeFunction on *"),
        ("lambda:InvokeFunction", f"{SECOND}*", "lambda:InvokeFunction on secondFunction*"),
        ("LAMBDA:InvokeFunction", f"{SECOND}Other", "LAMBDA:InvokeFunction on secondFunctionOther"),
        ("*", "*", "* on *"),
    ],
)
def test_a_role_that_may_more_is_told_what_is_too_much(action, resource, shown):
    passed, found = judged(allow("lambda:InvokeFunction", [SECOND, PYTHON]), allow(action, resource))
    assert (passed, found) == (False, f"a role that allows too much: {shown}")


def test_a_role_that_allows_all_but_something_allows_too_much():
    passed, found = judged({"Effect": "Allow", "NotAction": "iam:*", "NotResource": [SECOND, PYTHON]})
    assert (passed, found) == (False, f"a role that allows too much: all but iam:* on all but {SECOND} and {PYTHON}")


def test_a_version_alone_is_not_what_a_name_calls():
    assert judged(allow("lambda:InvokeFunction", [SECOND, f"{PYTHON}:1"])) == (
        False,
        "a role that may call secondFunction",
    )


def caller(monkeypatch, named="secondFunctionPython", role_name="lab06-first", answer=None, error=None):
    lab = role({"both": allow("lambda:InvokeFunction", [SECOND, PYTHON])}, {})
    iam = lab.client("iam")
    iam.get_function_configuration = lambda **_: {
        "Role": f"arn:aws:iam::000000000000:role/{role_name}",
        "Environment": {"Variables": {"SECOND_FUNCTION": named}},
    }
    payload = {"status": 200, "functionError": None} if answer is None else answer
    monkeypatch.setattr(lab06, "invoke", lambda *_: FunctionResponse(payload, error, "r"))
    return lab06.let_it_call_one_more.check(lab)


def test_a_caller_reaches_the_function_that_it_names(monkeypatch):
    assert caller(monkeypatch).passed
    assert caller(monkeypatch, named=PYTHON).passed


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"named": "secondFunction"}, "firstFunctionPython with SECOND_FUNCTION secondFunction"),
        ({"role_name": "lab06-orders"}, "firstFunctionPython with the role lab06-orders"),
        (
            {"answer": {"status": 200, "functionError": "Unhandled"}},
            '{"status": 200, "functionError": "Unhandled"}, and',
        ),
        ({"answer": "Hello"}, '"Hello", and'),
        ({"error": "Unhandled"}, "the error None"),
    ],
)
def test_a_caller_of_another_function_under_another_role_or_with_an_error_has_not_reached_it(monkeypatch, wrong, found):
    check = caller(monkeypatch, **wrong)
    assert not check.passed
    assert check.actual.startswith(found)


class Refunds:
    """A lab whose refundOrder remembers in `memory`: "table", "environment", "customer", "get, then put" or None."""

    def __init__(self, monkeypatch, memory):
        self.memory, self.seen, self.paid = memory, {}, []
        self.looked = threading.Barrier(lab06.AT_ONCE)
        monkeypatch.setattr(lab06, "invoke", self.invoke)
        monkeypatch.setattr(lab06, "with_new_environments", self.with_new_environments)
        monkeypatch.setattr(lab06, "refunded", lambda lab, customer: sum(self.paid))

    def client(self, service):
        return SimpleNamespace(put_item=lambda **_: None)

    def invoke(self, lab, function, event):
        mark = event["customer" if self.memory == "customer" else "order"]
        if self.memory == "get, then put":
            new = mark not in self.seen
            if not mark.endswith("-1"):  # those that come at once
                self.looked.wait(10)
            self.seen[mark] = event
        else:  # in one step
            mine = object()
            new = self.seen.setdefault(mark, mine) is mine or not self.memory
        self.paid += [event["amount"]] * new
        return FunctionResponse("refunded", None, "r")

    @contextmanager
    def with_new_environments(self, lab, function):
        if self.memory == "environment":
            self.seen.clear()
        yield


@pytest.mark.parametrize(
    ("memory", "passed", "found"),
    [
        ("table", True, "10 refunded"),
        ("environment", False, "20 refunded, for the third delivery met a new environment that knew of none"),
        (None, False, "20 refunded"),
        ("customer", False, "10 refunded, but nothing for the customer's next order"),
        ("get, then put", False, "40 refunded by 4 deliveries at once: some looked before the first had marked"),
    ],
)
def test_a_refund_is_remembered_by_its_order_in_the_table_in_one_step(monkeypatch, memory, passed, found):
    check = lab06.refund_once.check(Refunds(monkeypatch, memory))
    assert (check.passed, check.actual) == (passed, found)


class Orders:
    """A lab with messages in the dead-letter queue, seen and hidden, and a line in packOrders' log."""

    region, account = "us-east-1", "0" * 12

    def __init__(self, monkeypatch, paper=True, waiting=0, hidden=0, line="packed order 3", moved=1):
        self.paper, self.counts, self.moved = paper, (waiting, hidden), moved
        monkeypatch.setattr(
            appendix06, "logged", lambda lab, function, matches, seconds: [line] if matches(line) else []
        )

    def client(self, service):
        return self

    def get_function_configuration(self, **_):
        name = "GIFT_PAPER" if self.paper is True else self.paper
        return {"Environment": {"Variables": {name: ""}}} if name else {}

    def get_queue_url(self, **_):
        return {"QueueUrl": "url"}

    def get_queue_attributes(self, QueueUrl, AttributeNames):  # noqa: N803 (AWS's spelling)
        return {"Attributes": dict(zip(AttributeNames, map(str, self.counts), strict=True))}

    def list_message_move_tasks(self, SourceArn):  # noqa: N803 (AWS's spelling)
        assert SourceArn == "arn:aws:sqs:us-east-1:000000000000:lab06-orders-dead"
        return {"Results": [{"Status": "COMPLETED", "ApproximateNumberOfMessagesMoved": self.moved}]}


def test_an_order_that_was_packed_with_paper_is_done(monkeypatch):
    assert lab06.redrive_the_dead_order.check(Orders(monkeypatch)).passed


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ({"paper": False}, "packOrders has no GIFT_PAPER yet: what you move comes back"),
        ({"paper": "Gift_Paper"}, "the variable Gift_Paper, the goal says GIFT_PAPER"),
        ({"waiting": 1, "hidden": 1}, "2 messages in lab06-orders-dead"),
        (
            {"hidden": 1},
            "1 message in lab06-orders-dead, received but not deleted: hidden until its visibility timeout has passed",
        ),
        ({"line": "packed order 31"}, "no message, but order 3 not packed either"),
        ({"moved": 0}, "no message that SQS has moved from lab06-orders-dead, so the dead one is lost"),
    ],
)
def test_an_order_that_is_not_packed_or_still_dead_is_not_done(monkeypatch, state, found):
    check = lab06.redrive_the_dead_order.check(Orders(monkeypatch, **state))
    assert (check.passed, check.actual) == (False, found)


def variables(**of_function):
    """A lab with these environment variables of firstFunction and secondFunction."""
    return SimpleNamespace(
        client=lambda _: SimpleNamespace(
            get_function_configuration=lambda FunctionName: {"Environment": {"Variables": of_function[FunctionName]}}  # noqa: N803
        )
    )


TO_SECOND, EMPTY = {"SECOND_FUNCTION": "secondFunction"}, {"PAPER": "empty"}
FAILED = FunctionResponse({"errorMessage": "out of paper"}, "Unhandled", None)
WORKS = FunctionResponse({"answer": {"waited": 0}}, None, None)


@pytest.mark.parametrize(
    ("failed", "dry", "works", "found"),
    [
        (FAILED, 204, WORKS, None),
        (FunctionResponse({"functionError": "Unhandled"}, None, None), 204, WORKS, "firstFunction succeeded"),
        (FunctionResponse({"errorMessage": "no"}, "Unhandled", None), 204, WORKS, "firstFunction failing with 'no'"),
        (FAILED, 200, WORKS, "which does not fail"),
        (FAILED, 204, FAILED, "when secondFunction has paper"),
        (FAILED, 204, FunctionResponse({"answer": None}, None, None), "when secondFunction has paper"),
    ],
)
def test_a_caller_fails_with_its_callee_and_only_then(monkeypatch, failed, dry, works, found):
    answers = {
        (): failed,
        ("invocationType",): FunctionResponse({"status": dry}, None, None),
        ("waitingPeriodSeconds",): works,
    }
    changed = []

    @contextmanager
    def with_variables(lab, function, variables):
        changed.append((function, variables))
        yield

    monkeypatch.setattr(lab06, "invoke", lambda lab, name, event: answers[tuple(event)])
    monkeypatch.setattr(lab06, "with_variables", with_variables)
    check = lab06.let_the_error_be_one.check(variables(firstFunction=TO_SECOND, secondFunction=EMPTY))
    assert check.passed is (found is None)
    assert found is None or found in check.actual
    assert changed in ([], [("secondFunction", {"PAPER": "full"})])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (TO_SECOND, {}, "has paper"),
        ({"SECOND_FUNCTION": "secondFunctionPython"}, EMPTY, "SECOND_FUNCTION secondFunctionPython"),
        ({}, EMPTY, "SECOND_FUNCTION not set: deploy it with **settings"),
    ],
)
def test_a_caller_without_the_callee_that_fails_shows_nothing(first, second, found):
    assert found in lab06.let_the_error_be_one.check(variables(firstFunction=first, secondFunction=second)).actual


@pytest.mark.parametrize(
    ("mail", "stock", "passed"),
    [
        (["ordinary", "other gift", "gift"], ["gift"], True),
        (["ordinary", "other gift", "gift"], ["ordinary", "other gift", "gift"], False),
        (["ordinary", "other gift", "gift"], ["other gift", "gift"], False),
        (["gift"], ["gift"], False),
        (["ordinary", "other gift", "gift"], [], False),
    ],
)
def test_one_subscriber_hears_of_gifts_only_and_the_other_of_all(monkeypatch, mail, stock, passed):
    monkeypatch.setattr(appendix06.fan_out, "heard", lambda *_: {"mailCustomer": mail, "updateStock": stock})
    lab = SimpleNamespace(region="us-east-1", account="0" * 12)
    assert lab06.hear_of_gifts_only.check(lab).passed is passed


class Flow:
    """An execution of a durable function that waits `timeout` seconds for the desk, and ends as it is told."""

    def __init__(self, end, timeout=3600, steps=("charge", "ask", "refund")):
        self.callback = {"CallbackId": "c"} | ({"Timeout": timeout} if timeout else {})
        self._end, self._steps, self.told = end, steps, []

    def fail(self, message):
        self.told.append("failure")

    def succeed(self, answer):
        self.told.append(answer)

    def end(self):
        return self._end

    def events(self, kind):
        return [{"Name": name} for name in self._steps]


REFUNDED = ("SUCCEEDED", {"receipt": "receipt 1", "refunded": 1})
PACKED = ("SUCCEEDED", {"receipt": "receipt 2", "desk": "yes", "parcel": "a parcel"})


def test_a_desk_that_fails_has_the_order_refunded_and_one_that_answers_has_it_packed():
    first, second = Flow(REFUNDED), Flow(PACKED)
    assert appendix06.judge(first, second, 1, 2).passed
    assert (first.told, second.told) == (["failure"], ["yes"])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (Flow(REFUNDED, timeout=None), Flow(PACKED), "a question that waits for as long as the execution"),
        (Flow(REFUNDED, timeout=60), Flow(PACKED), "a question that waits for 60 s"),
        (Flow(("FAILED", None)), Flow(PACKED), "an execution that is FAILED after the desk has failed"),
        (Flow(("SUCCEEDED", {"refunded": 7})), Flow(PACKED), "{'refunded': 7} after the desk has failed"),
        (Flow(REFUNDED, steps=["charge"]), Flow(PACKED), "an order refunded, but not in a step called refund"),
        (Flow(REFUNDED), Flow(REFUNDED), "SUCCEEDED, {'receipt': 'receipt 1', 'refunded': 1} after the desk has answe"),
    ],
)
def test_an_hour_and_a_refund_are_both_looked_for_and_what_was_is_still_there(first, second, found):
    check = appendix06.judge(first, second, 1, 2)
    assert not check.passed and check.actual.startswith(found)


def test_an_execution_that_asks_nobody_is_not_waited_for(monkeypatch):
    first = Flow(PACKED)
    first.callback = {}
    assert appendix06.judge(first, Flow(PACKED), 1, 2).actual == "an execution that does not wait for the desk"
