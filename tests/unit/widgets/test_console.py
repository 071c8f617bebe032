"""The Test console: what a click does, a method does."""

import base64
import io
import json

import pytest
from botocore.exceptions import ClientError

from helpers.errors import TestEventError
from helpers.widgets import Console

REPORT = "REPORT RequestId: r\tDuration: 2.0 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t\n"


class Lab:
    """A lab with one function, which greets, fails without a name, and is refused for the name Nobody."""

    account = "000000000000"

    def client(self, service):
        return self

    def invoke(self, FunctionName, Payload, LogType):  # noqa: N803
        event = json.loads(Payload)
        if event.get("name") == "Nobody":
            raise ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}}, "Invoke")
        failed = "name" not in event
        payload = {"errorType": "ValueError", "errorMessage": "<no name>"} if failed else f"Hello {event['name']}"
        response = {
            "Payload": io.BytesIO(json.dumps(payload).encode()),
            "LogResult": base64.b64encode(f"START\n{event}\nEND\n{REPORT}".encode()),
        }
        return {**response, "FunctionError": "Unhandled"} if failed else response


@pytest.fixture
def console(home):
    return Console(Lab(), "HelloWorld")


@pytest.fixture
def form(console):
    """The console with its form built, as after it was shown; `click("Test")` presses a button."""
    box = console._view

    def click(label):
        next(button for button in box.children[5].children if button.description == label).click()

    console.click = click
    return console


def test_a_saved_event_is_run_by_name(console):
    console.save("David", {"name": "David"})
    result = console.run("David")
    assert (result.payload, result.error) == ("Hello David", None)
    assert result.report.billed_ms == 3
    assert console.result is result


def test_an_event_can_be_run_without_saving_it(console):
    assert console.run({"name": "Ada"}).payload == "Hello Ada"
    assert console.events == {}


def test_a_name_that_was_not_saved_is_one_sentence(console):
    with pytest.raises(TestEventError, match="There is no test event 'David': save it first"):
        console.run("David")


def test_a_name_of_26_characters_is_refused(console):
    with pytest.raises(TestEventError, match="at most 25"):
        console.save("x" * 26, {})


def test_the_result_of_a_failure_says_so(console):
    result = console.run({})
    assert result.error == "Unhandled"
    assert str(result).startswith("Executing function: failed\n\n{\n")
    assert "Log output\nSTART" in str(result)


def test_the_static_picture_shows_events_and_result_and_escapes_them(console):
    console.save("empty", {})
    console.run("empty")
    bundle = console._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("Test HelloWorld · saved events: empty\nExecuting function: failed")
    assert "<code>empty</code> {}" in bundle["text/html"]
    assert "&lt;no name&gt;" in bundle["text/html"]
    assert "<no name>" not in bundle["text/html"]


def test_the_test_button_runs_what_is_in_the_form(form):
    form._body.value = '{"name": "Ada"}'
    form.click("Test")
    assert form.result.payload == "Hello Ada"
    assert "Hello Ada" in form._shown.value


def test_the_save_button_saves_and_offers_the_event(form):
    form._name.value = "Ada"
    form._body.value = '{"name": "Ada"}'
    form.click("Save")
    assert form.events == {"Ada": {"name": "Ada"}}
    assert form._choice.value == "Ada"
    assert form._shown.value == "Saved as Ada."


def test_choosing_an_event_brings_it_into_the_form(form):
    form.save("Ada", {"name": "Ada"})
    form.save("Bob", {"name": "Bob"})
    form._choice.value = "Ada"
    assert form._name.value == "Ada"
    assert json.loads(form._body.value) == {"name": "Ada"}


def test_the_delete_button_deletes_the_chosen_event(form):
    form.save("Ada", {"name": "Ada"})
    form.click("Delete")
    assert form.events == {}
    assert form._choice.value == ""


def test_a_click_that_fails_puts_one_sentence_into_the_form(form):
    form._name.value = "x" * 26
    form.click("Save")
    assert "use at most 25 letters" in form._shown.value
    form._body.value = "{"
    form.click("Test")
    assert "The event is not JSON" in form._shown.value
    form._body.value = '{"name": "Nobody"}'
    form.click("Test")
    assert "TooManyRequestsException (Rate Exceeded.)" in form._shown.value


def test_what_code_does_shows_in_the_form(form):
    form.save("Ada", {"name": "Ada"})
    form.run("Ada")
    assert ("Ada", "Ada") in form._choice.options
    assert "Hello Ada" in form._shown.value


def test_styles_come_from_the_file_and_follow_the_theme(form):
    style = form._view.children[0].value
    assert style.startswith("<style>/* The Test console.")
    assert "var(--jp-layout-color1" in style
