"""Lab 12's checks: stacks, change sets, an alarm that acts, and what is left."""

from types import SimpleNamespace

import pytest

from helpers.exercises import lab12
from helpers.exercises.evidence.rest_api import Reply

FUNCTION = "lab12-greeting-HelloWorld-1"


class Cloud:
    """A lab whose clients answer with what was given, {operation: answer, or what makes it of the arguments}."""

    backend, region, account = "embedded", "us-east-1", "0" * 12

    def __init__(self, **answers):
        self.answers, self.called = answers, []

    def client(self, service):
        return self

    def get_paginator(self, operation):
        return SimpleNamespace(paginate=lambda **asked: [getattr(self, operation)(**asked)])

    def __getattr__(self, operation):
        answer = self.answers.get(operation, {})

        def call(**asked):
            self.called.append((operation, asked))
            return answer(**asked) if callable(answer) else answer

        return call


def resources(*made):
    """As DescribeStackResources has them: (logical id, type, physical id)."""
    return {"StackResources": [{"LogicalResourceId": name, "ResourceType": kind, "PhysicalResourceId": physical,
                                "ResourceStatus": "CREATE_COMPLETE"} for name, kind, physical in made]}  # fmt: skip


def stack(status="UPDATE_COMPLETE", greeting="Bonjour"):
    outputs = [{"OutputKey": "Url", "OutputValue": "http://here/hello"}]
    parameters = [{"ParameterKey": "Greeting", "ParameterValue": greeting}]
    return {"Stacks": [{"StackStatus": status, "Outputs": outputs, "Parameters": parameters}]}


HELLO = ("HelloWorld", "AWS::Lambda::Function", FUNCTION)


def greeting(monkeypatch, chosen="Bonjour", variable="Bonjour", says="Bonjour"):
    monkeypatch.setattr(
        lab12, "fetch", lambda verb, url, body=None: Reply(200, {}, f"{says} {url.partition('=')[2] or 'world'}")
    )
    configured = {"Environment": {"Variables": {"GREETING": variable}}}
    lab = Cloud(describe_stacks=stack(greeting=chosen), describe_stack_resources=resources(HELLO),
                get_function_configuration=configured)  # fmt: skip
    return lab12.say_it_in_french.check(lab)


def test_a_greeting_is_french_by_its_parameter_for_any_name(monkeypatch):
    assert greeting(monkeypatch).passed


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ({"chosen": "Hello", "variable": "Hello", "says": "Hello"}, "its parameter Greeting is Hello"),
        ({"chosen": "Hello"}, "Greeting is Hello, although the function's variable says Bonjour"),
        ({"says": "Hello"}, "200 Hello "),
    ],
)
def test_a_greeting_that_was_changed_by_hand_or_not_at_all_is_not(monkeypatch, state, found):
    check = greeting(monkeypatch, **state)
    assert not check.passed and found in check.actual


@pytest.mark.parametrize(
    ("seconds", "orders", "left", "passed", "found"),
    [
        ("60", "3", [], True, "60 s, and the orders are still there"),
        ("60", "0", [], False, "it was replaced"),
        ("30", "3", ["blue", "red"], False, "30 s for Waiting, and the change sets blue and red"),
        ("30", "3", [], False, "30 s for Waiting, and the change sets gone"),
        ("60", "3", ["red"], False, "60 s, and red still there"),
    ],
)
def test_the_queue_has_its_orders_and_the_new_time_and_no_change_set_is_left(seconds, orders, left, passed, found):
    attributes = {"VisibilityTimeout": seconds, "ApproximateNumberOfMessages": orders,
                  "ApproximateNumberOfMessagesNotVisible": "0"}  # fmt: skip
    sets = [{"ChangeSetName": name, "ExecutionStatus": "AVAILABLE"} for name in left]
    sets.append({"ChangeSetName": "done", "ExecutionStatus": "EXECUTE_COMPLETE"})
    lab = Cloud(describe_stack_resources=resources(("Waiting", "AWS::SQS::Queue", "url")),
                get_queue_attributes={"Attributes": attributes}, list_change_sets={"Summaries": sets})  # fmt: skip
    check = lab12.let_the_right_one_happen.check(lab)
    assert check.passed is passed and found in check.actual


@pytest.mark.parametrize(
    ("owned", "days", "passed", "found"),
    [
        (f"/aws/lambda/{FUNCTION}", 7, True, "7 days"),
        (f"/aws/lambda/{FUNCTION}", None, False, "no days"),
        ("/aws/lambda/other", 7, False, f"/aws/lambda/other, but its function writes to /aws/lambda/{FUNCTION}"),
        (None, 7, False, "no log group among its resources (UPDATE_COMPLETE); one that it does not own keeps"),
        (None, None, False, "no log group among its resources (UPDATE_COMPLETE)"),
    ],
)
def test_a_log_group_is_the_stacks_own_and_keeps_lines_for_a_week(owned, days, passed, found):
    made = [HELLO, *([("Log", "AWS::Logs::LogGroup", owned)] if owned else [])]
    group = {"logGroupName": f"/aws/lambda/{FUNCTION}", **({"retentionInDays": days} if days else {})}
    lab = Cloud(describe_stacks=stack(), describe_stack_resources=resources(*made),
                describe_log_groups={"logGroups": [group]})  # fmt: skip
    check = lab12.own_the_log_group.check(lab)
    assert check.passed is passed and found in check.actual


class Alarm(Cloud):
    """A lab whose alarm acts when the check sets it off: it takes the weights away, and sends its reason."""

    def __init__(self, actions, rolls_back=True, sends=True):
        super().__init__(get_queue_url={"QueueUrl": "url"})
        self.actions, self.rolls_back, self.sends = actions, rolls_back, sends
        self.weights, self.bodies = {}, []

    def list_versions_by_function(self, **asked):
        return {"Versions": [{"Version": version} for version in ("$LATEST", "9", "10")]}

    def describe_alarms(self, **asked):
        return {"MetricAlarms": [{"AlarmActions": self.actions}]}

    def update_alias(self, **asked):
        self.weights = asked["RoutingConfig"]["AdditionalVersionWeights"]

    def set_alarm_state(self, **asked):
        if asked["StateValue"] == "ALARM":
            self.weights = {} if self.rolls_back else self.weights
            self.bodies += [f'{{"Message": "{asked["StateReason"]}"}}'] if self.sends else []

    def get_alias(self, **asked):
        return {"FunctionVersion": "9", "RoutingConfig": {"AdditionalVersionWeights": self.weights}}

    def receive_message(self, **asked):
        return {"Messages": [{"MessageId": body, "ReceiptHandle": body, "Body": body} for body in self.bodies]}

    def change_message_visibility(self, **asked):
        pass


BACK, TOPIC = "arn:aws:lambda:us-east-1:000000000000:function:lab12-roll-back", "arn:aws:sns:us-east-1:0:lab12-alarms"


@pytest.mark.parametrize(
    ("alarm", "passed", "found"),
    [
        (Alarm([BACK, TOPIC]), True, "it rolled back, and said why"),
        (Alarm([BACK]), False, "tells nobody"),
        (Alarm([TOPIC]), False, "does not call lab12-roll-back any more"),
        (Alarm([BACK, TOPIC], rolls_back=False), False, "version 10 still has its weight"),
        (Alarm([BACK, TOPIC], sends=False), False, "no message came"),
    ],
)
def test_an_alarm_is_set_off_and_has_to_roll_back_and_to_say_why(monkeypatch, alarm, passed, found):
    monkeypatch.setattr(lab12, "until", lambda found, seconds: found())
    check = lab12.let_somebody_hear.check(alarm)
    assert check.passed is passed and found in check.actual


class Snippets:
    """Both stages of the service: what DELETE answers, and whether it deletes."""

    def __init__(self, monkeypatch, status=204, deletes=True, templates=("one", "one")):
        self.items, self.status, self.deletes = {}, status, deletes
        self.templates = dict(zip(lab12.STAGES, templates, strict=True))
        monkeypatch.setattr(lab12, "fetch", self.fetch)
        monkeypatch.setattr(lab12.stacks, "outputs", lambda lab, stack: {"Url": f"http://{stack}"})
        monkeypatch.setattr(lab12.stacks, "template", lambda lab, stack: self.templates[stack])

    def fetch(self, verb, url, body=None):
        if verb == "POST":
            self.items[f"{url}/1"] = body
            return Reply(201, {}, '{"id": "1"}')
        if verb == "DELETE":
            if self.deletes:
                self.items.pop(url, None)
            return Reply(self.status, {}, "")
        return Reply(200 if url in self.items else 404, {}, "")


@pytest.mark.parametrize(
    ("service", "passed", "found"),
    [
        ({}, True, "204, then 404, from one template"),
        ({"status": 403}, False, "403 for DELETE in test"),
        ({"deletes": False}, False, "200 for GET after DELETE in test: it is still there"),
        ({"templates": ("one", "two")}, False, "but from two templates"),
    ],
)
def test_a_snippet_is_deleted_in_both_stages_of_one_template(monkeypatch, service, passed, found):
    Snippets(monkeypatch, **service)
    check = lab12.let_snippets_be_deleted.check(SimpleNamespace())
    assert check.passed is passed and found in check.actual


@pytest.mark.parametrize(
    ("there", "deleted", "passed", "found"),
    [
        ({"functions": ["lab12-till"]}, True, True, "nothing"),
        ({"stacks": ["lab12-snippets-prod"], "tables": ["lab12-snippets-prod-T"]}, True, False, "lab12-snippets-prod"),
        ({"tables": ["lab12-snippets-test-T"]}, True, False, "still there: tables lab12-snippets-test-T"),
        ({"layers": ["lab12-pillow"], "buckets": ["lab12-packages-1"]}, True, False, "layers lab12-pillow; buckets"),
        ({}, False, False, "never deployed: lab12-snippets-test and lab12-snippets-prod"),
    ],
)
def test_nothing_of_the_service_is_left_of_stacks_that_have_been(monkeypatch, there, deleted, passed, found):
    monkeypatch.setattr(lab12.cleanup, "remove", lambda client, owns, dry_run: there)
    names = list(lab12.STAGES) if deleted else []
    lab = Cloud(list_stacks={"StackSummaries": [{"StackName": name} for name in names]})
    check = lab12.leave_nothing.check(lab)
    assert check.passed is passed and found in check.actual
