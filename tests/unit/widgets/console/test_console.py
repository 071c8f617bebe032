"""The console: what a click does, a method does."""

import json
import threading
from html import escape

import pytest
from botocore.exceptions import ClientError
from fake_lambda import Lab

from helpers.errors import LabError, TestEventError
from helpers.widgets import Console
from helpers.widgets.console.configuration_tab import variables


@pytest.fixture
def console(home, tmp_path):
    return Console(Lab(tmp_path), "HelloWorld")


class Form:
    """The console's form, as after it was shown. A click waits for what it started."""

    def __init__(self, console):
        self.console = console
        self.box = console._view
        self.settle()

    def __getattr__(self, name):
        """What the open tab has."""
        return getattr(self.console._open, name)

    def settle(self):
        assert self.console.background.join(20)

    def open(self, label):
        self.console._strip.selected_index = list(self.console.tabs).index(label)
        self.settle()
        return self

    def click(self, label):
        self.button(label).click()
        self.settle()

    def button(self, label):
        return next(one for one in widgets(self.box) if getattr(one, "description", None) == label)

    @property
    def message(self):
        return self.console._status.value


def widgets(one):
    yield one
    for child in getattr(one, "children", ()):
        yield from widgets(child)


@pytest.fixture
def form(console):
    return Form(console)


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
    form.open("Test").body.value = '{"name": "Ada"}'
    form.click("Test")
    assert form.console.result.payload == "Hello Ada"
    assert "Hello Ada" in form.answer.value


def test_the_save_button_saves_and_offers_the_event(form):
    form.open("Test").name.value = "Ada"
    form.body.value = '{"name": "Ada"}'
    form.click("Save")
    assert form.console.events == {"Ada": {"name": "Ada"}}
    assert form.choice.value == "Ada"
    assert "Saved as Ada." in form.message


def test_choosing_an_event_brings_it_into_the_form(form):
    form.open("Test").console.save("Ada", {"name": "Ada"})
    form.console.save("Bob", {"name": "Bob"})
    form.choice.value = "Ada"
    assert form.name.value == "Ada"
    assert json.loads(form.body.value) == {"name": "Ada"}


def test_the_delete_button_deletes_the_chosen_event(form):
    form.open("Test").console.save("Ada", {"name": "Ada"})
    form.click("Delete")
    assert form.console.events == {}
    assert form.choice.value == ""


def test_a_click_that_fails_puts_one_sentence_into_the_form(form):
    form.open("Test").name.value = "x" * 26
    form.click("Save")
    assert "use at most 25 letters" in form.message
    form.body.value = "{"
    form.click("Test")
    assert "The event is not JSON" in form.message
    form.body.value = '{"name": "Nobody"}'
    form.click("Test")
    assert "TooManyRequestsException (Rate Exceeded.)" in form.message


def test_what_code_does_shows_in_the_form(form):
    form.open("Test").console.save("Ada", {"name": "Ada"})
    form.console.run("Ada")
    assert ("Ada", "Ada") in form.choice.options
    assert "Hello Ada" in form.answer.value


def test_the_calls_of_the_last_action_are_shown(form):
    form.console.run({"name": "it's Ada"})
    boto3, cli = form.console.text().splitlines()[-2:]
    assert boto3.startswith("boto3  lab.client(\"lambda\").invoke(FunctionName='HelloWorld', Payload=")
    assert cli == (
        "CLI    aws lambda invoke --function-name HelloWorld --payload "
        """'{"name": "it'"'"'s Ada"}' --log-type Tail out.txt"""
    )
    form.open("Configuration")
    assert [call.operation for call in form.console.calls] == ["get_function_configuration", *["list_aliases"] * 2]
    assert "aws lambda list-aliases --function-name HelloWorld --marker 2" in form.console._calls.value


def test_a_tab_shows_its_own_calls_only(form):
    form.open("Configuration")
    shown = form.open("Test").console._calls
    assert shown.value == ""
    form.console.run({"name": "Ada"})
    assert "aws lambda invoke" in shown.value
    form.open("Configuration")
    assert "aws lambda invoke" not in shown.value and "aws lambda list-aliases" in shown.value
    form.console.run({"name": "Ada"})
    assert "aws lambda list-aliases" in shown.value
    form.open("Test")
    assert "aws lambda invoke" in shown.value


def test_a_call_that_was_refused_is_shown_too(console):
    with pytest.raises(ClientError):
        console.configure(memory=1)
    assert console.calls[-1].cli.endswith("--memory-size 1")


def test_nothing_is_asked_of_aws_before_a_tab_is_opened(console):
    console.save("empty", {})
    Form(console)
    assert console.calls == ()
    assert console.text() == "Test HelloWorld · saved events: empty"


def test_the_tab_that_was_used_last_is_open_first(console):
    console.configuration()
    assert Form(console).label == "Configuration"


def test_the_code_tab_opens_the_handlers_file(form):
    assert (form.label, form.file.value, form.editor.value) == ("Code", "index.js", "exports.handler = 1;\n")
    assert form.file.options == ("index.js", "lib/words.js")


def test_edits_of_several_files_are_deployed_together(form):
    form.editor.value = "exports.handler = 2;\n"
    form.file.value = "lib/words.js"
    form.editor.value = "// Bonjour\n"
    form.file.value = "index.js"
    assert form.editor.value == "exports.handler = 2;\n"
    assert "Not deployed: index.js, lib/words.js" in form.state.value
    form.click("Deploy")
    assert "Successfully updated the function HelloWorld." in form.message
    assert form.state.value == ""
    texts = form.console.code().package.texts
    assert texts == {"index.js": "exports.handler = 2;\n", "lib/words.js": "// Bonjour\n"}


def test_what_is_typed_while_it_deploys_is_kept(form):
    form.console.lab.gate = threading.Event()
    form.editor.value = "one"
    form.button("Deploy").click()
    form.editor.value = "two"
    form.console.lab.gate.set()
    form.settle()
    assert (form.console.code().package.texts["index.js"], form.editor.value) == ("one", "two")
    assert "Not deployed: index.js" in form.state.value


def test_revert_brings_back_what_is_deployed(form):
    form.editor.value = "x"
    form.click("Revert")
    assert form.editor.value == "exports.handler = 1;\n"
    assert form.state.value == ""


def test_what_code_deploys_shows_in_the_editor(form):
    deployment = form.console.deploy({"index.js": "exports.handler = 3;\n"})
    assert deployment.files == ("index.js",)
    assert form.editor.value == "exports.handler = 3;\n"


def test_a_deployment_shows_progress_and_can_be_left_alone(form):
    gate = form.console.lab.gate = threading.Event()
    form.button("Deploy").click()
    assert "Deploying…" in form.message
    assert "lab-console-busy" in form.console._shown._dom_classes
    assert form.button("Stop waiting").layout.display is None
    form.button("Stop waiting").click()
    assert "No longer waiting" in form.message
    assert "lab-console-busy" not in form.console._shown._dom_classes
    assert form.button("Stop waiting").layout.display == "none"
    gate.set()
    form.settle()
    assert "No longer waiting" in form.message


def test_a_tab_opened_while_it_deploys_is_filled_afterwards(form):
    form.console.lab.gate = threading.Event()
    form.button("Deploy").click()
    form.console._strip.selected_index = 3
    form.console.lab.gate.set()
    form.settle()  # the deployment, and what waited for it
    assert form.memory.value == 128


def test_a_button_that_calls_aws_stays_enabled_or_it_would_lose_the_focus_but_is_deaf_while_one_is_on_its_way(form):
    form.open("Test").console.lab.gate = threading.Event()
    form.console._code.button("Deploy", form.console._code._click_deploy).click()
    form.answer.value = "the last result"
    form.button("Test").click()
    assert not form.button("Test").disabled and form.answer.value == "the last result"
    form.console.lab.gate.set()
    form.settle()
    form.click("Test")
    assert "Executing function:" in form.answer.value and not form.button("Test").disabled


def test_the_monitor_tab_draws_when_opened_and_for_another_range(form):
    form.open("Monitor")
    assert form.charts.value.count("<svg") == 4
    form.console.lab.values = {}
    form.range.value = 24
    form.settle()
    assert "last 24 h" in form.charts.value


def test_monitor_in_code_gives_the_same(console):
    assert repr(console.monitor(hours=1)).startswith("Monitor HelloWorld · last 1 h\ninvocations  4\n")
    assert "<svg" in console.html()
    assert "invocations  4" in console.text()


def test_saving_sends_only_what_was_changed(form):
    form.open("Configuration").memory.value = 256
    form.environment.value = "NAME=Ada=Bob\n\n"
    form.click("Save changes")
    assert form.console.lab.asked[0] == {"MemorySize": 256, "Environment": {"Variables": {"NAME": "Ada=Bob"}}}
    assert "Successfully updated" in form.message
    assert "256 MB" in form.facts.value
    form.click("Save changes")
    assert "There is nothing to save." in form.message


def test_what_aws_refuses_it_says_in_the_form(form):
    form.open("Configuration").memory.value = 1
    form.click("Save changes")
    words = "ValidationException (Value '1' at 'memorySize' failed <to satisfy>)"
    assert escape(words) in form.message
    assert form.memory.value == 1


def test_a_line_that_is_no_variable_is_one_sentence(form):
    form.open("Configuration").environment.value = "NAME"
    form.click("Save changes")
    assert "is not an environment variable: write NAME=value" in form.message
    with pytest.raises(LabError):
        variables("x")


def test_configure_in_code_shows_in_the_form(form):
    form.open("Configuration")
    assert form.console.configure(timeout=9).timeout == 9
    assert form.timeout.value == 9


def test_no_error_of_a_click_is_a_traceback(form):
    def broken(**_):
        raise RuntimeError("a <bug>")

    form.console.lab.get_function = broken
    form.click("Revert")
    assert "RuntimeError (a &lt;bug&gt;)" in form.message


def test_tabs_and_buttons_have_names_to_find_them_by(form):
    for label in form.console.tabs:
        form.open(label)
    classes = {name for tab in form.console.tabs.values() for one in widgets(tab.form) for name in one._dom_classes}
    assert {"lab-console-panel-code", "lab-console-deploy", "lab-console-editor", "lab-console-test"} <= classes
    assert {"lab-console-panel-monitor", "lab-console-refresh", "lab-console-save-changes"} <= classes
