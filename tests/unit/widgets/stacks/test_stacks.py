"""Stacks, shown: the last operation as steps, a change set as a diff, a template beside the calls that it replaces."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from helpers.widgets import beside, changes, stack_events
from helpers.widgets.stacks.beside import parts
from helpers.widgets.stacks.changes import change_of
from helpers.widgets.stacks.events import steps

STACK = "arn:aws:cloudformation:us-east-1:000000000012:stack/greeting/1"
BEGAN = datetime(2026, 11, 29, 12, tzinfo=UTC)


def event(second, name, status, reason="", physical=None):
    about = {"ResourceStatusReason": reason} if reason else {}
    physical = STACK if name == "greeting" else physical or f"made-{name}"
    return {"StackId": STACK, "StackName": "greeting", "LogicalResourceId": name, "PhysicalResourceId": physical,
            "ResourceStatus": status, "Timestamp": BEGAN + timedelta(seconds=second), **about}  # fmt: skip


def listing(operation, **answer):
    """A lab whose CloudFormation has one operation, with pages."""
    pages = SimpleNamespace(paginate=lambda **_: [answer])
    api = SimpleNamespace(**{operation: lambda **_: answer}, get_paginator=lambda _: pages)
    return SimpleNamespace(client=lambda _: api)


ROLLED_BACK = [
    event(0, "greeting", "CREATE_IN_PROGRESS", "User Initiated"),
    event(1, "Role", "CREATE_IN_PROGRESS"),
    event(1, "Role", "CREATE_IN_PROGRESS", "Resource creation Initiated"),
    event(2, "Role", "CREATE_COMPLETE"),
    event(3, "greeting", "CREATE_COMPLETE"),
    event(10, "greeting", "UPDATE_IN_PROGRESS", "User Initiated"),
    event(11, "Role", "UPDATE_IN_PROGRESS"),
    event(12, "Role", "UPDATE_COMPLETE"),
    event(12, "Log", "CREATE_IN_PROGRESS"),
    event(13, "Log", "CREATE_FAILED", "it is there already"),
    event(13, "Other", "CREATE_FAILED", "Resource creation cancelled"),
    event(14, "greeting", "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [Log]."),
    event(15, "Role", "UPDATE_IN_PROGRESS"),
    event(16, "Role", "UPDATE_COMPLETE"),
    event(17, "greeting", "UPDATE_ROLLBACK_COMPLETE"),
]


def shown(events):
    return stack_events(listing("describe_stack_events", StackEvents=events[::-1]), "greeting")


def test_the_last_operation_is_told_with_its_rollback_and_the_reason():
    found = shown(ROLLED_BACK)
    assert [(step.name, step.start - BEGAN.timestamp(), step.kind) for step in found.steps] == [
        ("greeting", 10, "done"),
        ("Role", 11, "done"),
        ("Log", 12, "failed"),
        ("Other", 13, "failed"),
        ("greeting", 14, "rolled back"),
        ("Role", 15, "rolled back"),
    ]
    assert found.failures == {"Log": "it is there already"}
    assert found.text().splitlines() == [
        "greeting: UPDATE_IN_PROGRESS → UPDATE_ROLLBACK_IN_PROGRESS → UPDATE_ROLLBACK_COMPLETE",
        "Role: UPDATE_COMPLETE",
        "Log: CREATE_FAILED",
        "Other: CREATE_FAILED",
        "Log failed: it is there already",
    ]


def test_a_step_lasts_from_when_it_was_first_said_to_have_begun():
    found = steps(ROLLED_BACK[:5])
    assert [(step.name, step.end - step.start) for step in found] == [("greeting", 3), ("Role", 1)]


def test_what_is_deleted_is_told_apart_and_a_picture_has_a_bar_for_each_step():
    found = shown([event(0, "greeting", "DELETE_IN_PROGRESS"), event(1, "Role", "DELETE_IN_PROGRESS"),
                   event(2, "Role", "DELETE_COMPLETE"), event(3, "greeting", "DELETE_COMPLETE")])  # fmt: skip
    assert {step.kind for step in found.steps} == {"deleted"}
    picture = found._repr_html_()
    assert picture.count("<rect") == 2 + 1  # and one in the legend
    assert "<title>greeting: 1 resources, DELETE_COMPLETE</title>" in picture


def test_an_operation_that_is_still_under_way_has_the_steps_that_have_ended():
    assert [step.name for step in shown(ROLLED_BACK[:9]).steps] == ["Role"]


def described(action, replacement="False", before=None, after=None):
    contexts = {"BeforeContext": before, "AfterContext": after}
    return {"Action": action, "LogicalResourceId": "Hello", "ResourceType": "AWS::Lambda::Function",
            "Replacement": replacement,
            **{name: json.dumps({"Properties": one}) for name, one in contexts.items() if one is not None}}  # fmt: skip


def test_a_change_lists_the_properties_that_differ_and_of_a_text_the_lines():
    before = {"MemorySize": 128, "Code": {"ZipFile": "one\ntwo\n"}, "Handler": "h", "Layers": ["a"]}
    after = {"MemorySize": 256, "Code": {"ZipFile": "one\nthree\n"}, "Handler": "h", "Timeout": 3, "Layers": ["a"]}
    found = change_of(described("Modify", before=before, after=after))
    assert found.action == "Modify"
    assert found.lines == (
        ("-", "Code.ZipFile: two"),
        ("+", "Code.ZipFile: three"),
        ("-", "MemorySize: 128"),
        ("+", "MemorySize: 256"),
        ("+", "Timeout: 3"),
    )


@pytest.mark.parametrize(("replacement", "words"), [("True", "REPLACED"), ("Conditional", "perhaps REPLACED")])
def test_a_replacement_is_not_taken_for_a_change_in_place(replacement, words):
    found = change_set(described("Modify", replacement, {"A": 1}, {"A": 2}))
    assert found.replaced == ["Hello"] and f"! Hello (AWS::Lambda::Function) {words}: " in found.text()


def test_of_a_new_resource_only_its_name_is_told_and_of_an_unknown_value_that_it_is_unknown():
    assert change_of(described("Add", after={"A": 1})).lines == ()
    later = change_of(described("Modify", before={"Id": "a1"}, after={"Id": "{{changeSet:KNOWN_AFTER_APPLY}}"}))
    assert later.lines == (("~", "Id: known after it is made"),)


def change_set(*changes_of_it):
    about = {"Status": "CREATE_COMPLETE", "Changes": [{"ResourceChange": one} for one in changes_of_it]}
    return changes(listing("describe_change_set", **about), "greeting", "bigger")


def test_a_change_set_says_by_signs_what_it_says_by_colours():
    found = change_set(described("Modify", "True", {"A": "<1>"}, {"A": "2"}), described("Remove", before={"A": 1}))
    assert found.replaced == ["Hello", "Hello"]
    assert found.text().splitlines() == [
        "bigger: CREATE_COMPLETE",
        "! Hello (AWS::Lambda::Function) REPLACED: a new one",
        "  - A: <1>",
        "  + A: 2",
        "- Hello (AWS::Lambda::Function) removed",
    ]
    html = found._repr_html_()
    assert "- A: &lt;1&gt;" in html and html.count("color-mix") == 4
    assert change_set().text() == "bigger: CREATE_COMPLETE\nno changes"


TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  # a comment
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: {Type: Api, Properties: {Path: /, Method: get}}

  HelloLog:
    Type: AWS::Logs::LogGroup
Outputs:
  Url: {Value: x}
"""
PROCESSED = {
    "HelloRole": {"Type": "AWS::IAM::Role", "Properties": {"ManagedPolicyArns": ["a"], "Policies": [{}, {}]}},
    "Hello": {"Type": "AWS::Lambda::Function"},
    "HelloLog": {"Type": "AWS::Logs::LogGroup"},
    "ServerlessRestApi": {
        "Type": "AWS::ApiGateway::RestApi",
        "Properties": {"Body": {"paths": {"/": {"get": {}, "post": {}}}}},
    },
}


def test_each_resource_stands_beside_what_is_made_of_it_and_an_api_beside_the_function_with_its_event():
    hello, log = parts(TEMPLATE, PROCESSED)
    assert (hello.name, len(hello.source.splitlines()), log.name) == ("Hello", 5, "HelloLog")
    assert dict(log.made) == {"HelloLog": ("create_log_group",)}
    assert list(hello.made) == ["Hello", "HelloRole", "ServerlessRestApi"]
    assert hello.made["HelloRole"] == ("create_role", "attach_role_policy", "put_role_policy", "put_role_policy")
    verbs = ("put_method", "put_integration")
    assert hello.made["ServerlessRestApi"] == ("create_rest_api", "create_resource", *verbs, *verbs)


def test_both_sides_are_shown_and_counted():
    bodies = {"Original": TEMPLATE, "Processed": {"Resources": PROCESSED}}
    api = SimpleNamespace(get_template=lambda StackName, TemplateStage: {"TemplateBody": bodies[TemplateStage]})  # noqa: N803
    found = beside(SimpleNamespace(client=lambda _: api), "greeting")
    assert found.summary == "7 lines, 4 resources, 12 calls"
    assert "  HelloRole: create_role, attach_role_policy, 2 × put_role_policy" in found.text()
    html = found._repr_html_()
    assert "Type: AWS::Serverless::Function" in html and "<code>HelloRole</code>" in html
