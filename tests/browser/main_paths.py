"""What a learner does with each widget, step by step, and what must then be so: in the page, and on the backend.

A widget of a lab is a line in WIDGETS. Its main path is a function of a `Shown`; a picture has none to click, so its
path looks at what it shows. A lab that shows a widget without a line here fails its test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jupyterlab import OpenLab

from helpers.launch import wait_for
from helpers.widgets import fit
from helpers.widgets.events import TestEvents


@dataclass(frozen=True)
class Shown:
    """A widget in view: where in the page, a boto3 client of the lab's account, the backend's folder, and figures.

    `place` is a selector that finds this one only; `client("lambda")`; `figures` takes milliseconds by name.
    """

    lab: OpenLab
    place: str
    client: Callable
    account: str
    home: Path
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def widget(self):
        """The widget, as Playwright locates it."""
        return self.lab.page.locator(self.place)

    def click(self, button: str, says: str, within: str) -> None:
        """Click the button, wait until the part `within` says something new, and note how long that took."""
        pressed = self.widget.get_by_role("button", name=button, exact=True)
        self.figures[f"click on {button}"] = self.lab.answer(pressed, f"{self.place} {within}", says)


@dataclass(frozen=True)
class Widget:
    """A widget of a lab: the id of the first cell that shows it, how CSS finds it there, what a learner does."""

    lab: str
    cell: str
    selector: str
    main_path: Callable[[Shown], None]


def console(shown: Shown) -> None:
    """Save an event, test with it, read result and log; choose a saved event; be refused a name; delete."""
    form, saved = shown.widget, TestEvents(shown.account, "HelloWorld", shown.home)
    before = reports(shown, "HelloWorld")

    form.get_by_label("Name").fill("browser")
    form.get_by_label("JSON").fill('{"name": "Chromium"}')
    shown.click("Save", "Saved as browser", ".lab-console-shown")
    assert saved.all()["browser"] == {"name": "Chromium"}

    shown.click("Test", "Executing function: succeeded", ".lab-console-shown")
    assert "Chromium" in form.locator(".lab-console-result pre").first.inner_text()
    assert "REPORT RequestId" in form.locator(".lab-console-result pre").last.inner_text()
    assert wait_for(lambda: reports(shown, "HelloWorld") == before + 1, 10)

    form.get_by_label("Event").select_option("David")
    assert wait_for(lambda: form.get_by_label("Name").input_value() == "David", 10)
    assert json.loads(form.get_by_label("JSON").input_value()) == saved.all()["David"]

    form.get_by_label("Name").fill("a name of far more than 25")
    shown.click("Save", "at most 25 letters", ".lab-console-shown")

    form.get_by_label("Event").select_option("browser")
    shown.click("Delete", "Deleted", ".lab-console-shown")
    assert "browser" not in saved.all()


def questionnaire(shown: Shown) -> None:
    """Answer two questions with yes, by keyboard and by mouse: the verdict is that of the function without a form."""
    row = shown.widget.locator(".widget-hbox", has_text="one large program")
    expected = fit(central_state=False, frequent_requests=False, monolith=True, known_schedule=False, synchronous=False)
    assert expected.verdict not in shown.widget.inner_text()
    yes = row.get_by_role("button", name="yes")
    shown.figures["click on yes"] = shown.lab.answer(yes, shown.place, expected.verdict)
    assert expected.advice[0] in shown.widget.inner_text()

    no = row.get_by_role("button", name="no")
    no.focus()
    no.press("Enter")
    shown.widget.get_by_text("5 of 5 noes").wait_for()


def api_map(shown: Shown) -> None:
    """The map that was drawn last names every resource that the API has, and every stage."""
    gateway = shown.client("apigateway")
    apis = {api["name"]: api["id"] for api in gateway.get_rest_apis()["items"]}
    drawn = shown.lab.page.locator("svg[aria-label*='stages:']").last.get_attribute("aria-label")
    name = drawn.partition(" · ")[0]
    assert name in apis
    for resource in gateway.get_resources(restApiId=apis[name])["items"]:
        assert resource["path"] in drawn
    for stage in gateway.get_stages(restApiId=apis[name])["item"]:
        assert stage["stageName"] in drawn


def timeline(shown: Shown) -> None:
    """Lanes and bars are those of the log streams: each bar's title names a request that a log group holds."""
    titles = shown.widget.locator("g > title").all_text_contents()
    requests = [title.partition("; request ")[2] for title in titles]
    assert requests and all(requests)
    groups = [f"/aws/lambda/{name}" for name in ("firstFunction", "secondFunction")]
    logged = "".join(event["message"] for group in groups for event in events(shown, group))
    assert [request for request in requests if request not in logged] == []


WIDGETS = (
    Widget("00_start_here", "start-47", ".lab-fit", questionnaire),
    Widget("01_hello_world", "hello-83", ".lab-console", console),
    Widget("04_api_gateway", "api-012", "svg[aria-label*='stages:']", api_map),
    Widget("06_chaining", "chain-24", "svg.lab-timeline", timeline),
)


def events(shown: Shown, group: str) -> list[dict]:
    pages = shown.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    return [event for page in pages for event in page["events"]]


def reports(shown: Shown, function: str) -> int:
    """How many invocations its log group has."""
    return sum(event["message"].startswith("REPORT") for event in events(shown, f"/aws/lambda/{function}"))
