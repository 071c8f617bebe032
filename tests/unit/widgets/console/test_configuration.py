"""A function's configuration: read and changed."""

import pytest
from fake_lambda import Lab

from helpers.widgets.console.configuration import change, read
from helpers.widgets.shared.calls import Calls


@pytest.fixture
def lab():
    return Lab()


def test_the_configuration_reads_as_text(lab):
    lab.settings["Environment"] = {"Variables": {"B": "2", "A": "1"}}
    lab.settings["Layers"] = [{"Arn": "arn:aws:lambda:us-east-1:000000000000:layer:greetings:7"}]
    assert repr(read(Calls(lab), "HelloWorld")).splitlines() == [
        "Configuration HelloWorld",
        "runtime      nodejs24.x",
        "handler      index.handler",
        "memory       128 MB",
        "timeout      3 s",
        "environment  A=1, B=2",
        "role         arn:aws:iam::000000000000:role/r",
        "layers       greetings:7",
        "aliases      live -> 3, next -> 3, and 4 with 10 %",
    ]


def test_only_what_is_given_is_changed_and_then_waited_for(lab):
    found = change(Calls(lab), "HelloWorld", memory=256)
    assert lab.asked == [{"MemorySize": 256}, "waited"]
    assert (found.memory, found.timeout) == (256, 3)


def test_an_empty_environment_is_a_change(lab):
    change(Calls(lab), "HelloWorld", timeout=9, environment={})
    assert lab.asked[0] == {"Timeout": 9, "Environment": {"Variables": {}}}


def test_nothing_given_changes_nothing(lab):
    calls = Calls(lab)
    change(calls, "HelloWorld")
    assert [call.operation for call in calls.made] == ["get_function_configuration", "list_aliases", "list_aliases"]


def test_it_is_escaped_in_a_page(lab):
    lab.settings["Environment"] = {"Variables": {"A": "<b>"}}
    assert "A=&lt;b&gt;" in read(Calls(lab), "HelloWorld")._repr_html_()
