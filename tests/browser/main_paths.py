"""What a learner does with each widget, step by step, and what must then be so: in the page, and on the backend.

A widget of a lab is a line in WIDGETS. Its main path is a function of a `Shown`; a picture has none to click, so its
path looks at what it shows. A lab that shows a widget without a line here fails its test.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from jupyterlab import OpenLab

from helpers import exercises
from helpers.backend.launch import wait_for
from helpers.cost.bill import money
from helpers.cost.workload import Workload
from helpers.state.progress import Progress
from helpers.state.test_events import TestEvents
from helpers.widgets import fit


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

    def click(self, button: str, says: str, within: str = "") -> None:
        """Click; wait until the widget, or its part `within`, says `says`; note how long that took."""
        # An icon is a character in front of the name.
        named = self.widget.get_by_role("button", name=re.compile(rf"^\W*{re.escape(button)}$"))
        pressed = named.and_(self.lab.page.locator(".widget-button"))  # not a tab of that name
        self.figures[f"click on {button}"] = self.lab.answer(pressed, f"{self.place} {within}".strip(), says)


@dataclass(frozen=True)
class Widget:
    """A widget of a lab: the id of the first cell that shows it, how CSS finds it there, what a learner does.

    `again`: whether its cell can be run again after the lab, which may have deleted what the cell shows.
    """

    lab: str
    cell: str
    selector: str
    main_path: Callable[[Shown], None]
    again: bool = True


# What may scroll in an output (selectors), and why. Nothing else does, on a page of a laptop's size.
SCROLLS = {
    "textarea": "what is typed, or edited, has no end",
    ".lab-api-body": "the answer to a request of the learner's own may be long",
    ".lab-console-calls dd": "a call that uploads code holds a whole zip file, one that asks for metrics names all",
    ".lab-event pre": "an event has dozens of lines, and five stand side by side",
    ".lab-timeline-picture": "a hundred environments must not push the page away",
}

# What axe-core need not find usable (selectors), and why.
NOT_OURS = {
    ".widget-slider:not(.lab-widget *)": "ipywidgets 8.1 names no slider; ours are named by shared/base.js",
    ".jp-RenderedImage img": "JupyterLab 4.6 shows an image that is an output without words",
}


def console(shown: Shown) -> None:
    """Save an event, test with it, read result and log; choose a saved event; be refused a name; delete."""
    form, saved = shown.widget, TestEvents(shown.account, "HelloWorld", shown.home)
    before = reports(shown, "HelloWorld")

    form.get_by_label("Name").fill("browser")
    form.get_by_label("JSON").fill('{"name": "Chromium"}')
    shown.click("Save", "Saved as browser", ".lab-console-status")
    assert saved.all()["browser"] == {"name": "Chromium"}

    shown.click("Test", "Executing function: succeeded")
    assert "Chromium" in form.locator(".lab-console-result pre").first.inner_text()
    assert "REPORT RequestId" in form.locator(".lab-console-result pre").last.inner_text()
    assert form.get_by_role("button", name="Test").evaluate("button => button === document.activeElement")
    assert wait_for(lambda: reports(shown, "HelloWorld") == before + 1, 10)

    form.get_by_label("Event").select_option("David")
    assert wait_for(lambda: form.get_by_label("Name").input_value() == "David", 10)
    assert wait_for(lambda: json.loads(form.get_by_label("JSON").input_value()) == saved.all()["David"], 10)

    form.get_by_label("Name").fill("a name of far more than 25")
    shown.click("Save", "at most 25 letters", ".lab-console-status")

    form.get_by_label("Event").select_option("browser")
    shown.click("Delete", "Deleted", ".lab-console-status")
    assert "browser" not in saved.all()


def slider(shown: Shown) -> None:
    """Move it by keyboard: ipywidgets works here, and the kernel hears of it."""
    shown.widget.get_by_role("slider").press("ArrowRight")
    shown.widget.get_by_text("6", exact=True).wait_for()


def console_tabs(shown: Shown) -> None:
    """Deploy edited code; read the charts; be refused a memory size, save another; reach a tab by keyboard."""
    form, functions = shown.widget, shown.client("lambda")

    def configuration() -> dict:
        return functions.get_function_configuration(FunctionName="HelloWorld")

    form.get_by_role("tab", name="Code").click()
    editor = form.locator(".lab-console-editor textarea")
    assert wait_for(lambda: "export const handler" in editor.input_value(), 20)
    before = configuration()["CodeSha256"]
    editor.fill(editor.input_value() + "// edited in Chromium\n")
    shown.click("Deploy", "Successfully updated the function HelloWorld", ".lab-console-shown")
    assert configuration()["CodeSha256"] != before
    assert (
        "aws lambda update-function-code --function-name HelloWorld" in form.locator(".lab-console-calls").inner_text()
    )

    form.get_by_role("tab", name="Monitor").click()
    form.locator("svg.lab-chart").nth(3).wait_for()
    assert len({chart.bounding_box()["width"] for chart in form.locator("svg.lab-chart").all()}) == 1
    assert "invocations" in form.locator(".lab-console-figures").inner_text()
    shown_calls = form.locator(".lab-console-calls")
    assert "get-metric-data" in shown_calls.inner_text()
    form.get_by_role("tab", name="Code").click()
    assert wait_for(lambda: "update-function-code" in shown_calls.inner_text(), 10)

    form.get_by_role("tab", name="Configuration").click()
    memory = form.get_by_label("Memory (MB)")
    assert wait_for(lambda: memory.input_value() == str(configuration()["MemorySize"]), 20)
    memory.fill("20000")
    shown.click("Save changes", "less than or equal to 10240", ".lab-console-shown")
    memory.fill("192")
    form.get_by_label("Environment").fill("SEEN=it's me")
    shown.click("Save changes", "Successfully updated the function HelloWorld", ".lab-console-shown")
    assert configuration()["MemorySize"] == 192
    assert configuration()["Environment"]["Variables"] == {"SEEN": "it's me"}

    form.get_by_role("tab", name="Configuration").focus()
    for key in ("ArrowLeft", "Enter"):
        shown.lab.page.keyboard.press(key)
    form.get_by_role("tab", name="Monitor", selected=True).wait_for()


def progress_map(shown: Shown) -> None:
    """What was solved meanwhile is on the map after Refresh; a box and what comes next lead to other labs."""
    progress, picture = Progress(shown.home), shown.widget
    assert "not begun · 0 of 3" in picture.inner_text()
    for exercise in ("0.1", "0.2", "0.3", "1.1"):
        lab = f"0{exercise[0]}"
        progress.record(lab, exercises.load(lab).exercise(exercise).name)
    shown.click("Refresh", "done · 3 of 3")
    assert "begun · 1 of 5" in picture.inner_text()

    box = picture.get_by_role("link", name=re.compile("^Lab 02, IAM: not begun"))
    box.focus()
    box.press("Enter")
    shown.lab.followed("labs/02_iam.ipynb")

    following = picture.get_by_role("link", name="Next: lab 01, exercise 1.2")
    shown.lab.follow(following, "labs/01_hello_world.ipynb", "### Exercise 1.2")


def questionnaire(shown: Shown) -> None:
    """Answer by mouse and by keyboard: the verdict is that of the function without a form, once all are answered."""
    rows = shown.widget.get_by_role("group")
    rows.nth(9).wait_for()
    for number, one in enumerate(rows.all()):
        shown.widget.get_by_text(f"{number} of 10 questions answered").wait_for()
        one.get_by_role("button", name="no").click()
    shown.widget.get_by_text("9 of 9 noes").wait_for()
    row = shown.widget.get_by_role("group", name=re.compile("one large program"))
    expected = fit(monolith=True)
    assert expected.verdict not in shown.widget.inner_text()
    yes = row.get_by_role("button", name="yes")
    shown.figures["click on yes"] = shown.lab.answer(yes, shown.place, expected.verdict)
    assert expected.advice[0] in shown.widget.inner_text()

    no = row.get_by_role("button", name="no")
    no.focus()
    no.press("Enter")
    shown.widget.get_by_text("9 of 9 noes").wait_for()


def api_map(shown: Shown) -> None:
    """A resource that was made elsewhere is on the map after Refresh; a request is sent, and answered."""
    gateway, form = shown.client("apigateway"), shown.widget
    drawn = form.locator("svg").first.get_attribute("aria-label")
    api = next(api["id"] for api in gateway.get_rest_apis()["items"] if drawn.startswith(f"{api['name']} · "))
    resources = gateway.get_resources(restApiId=api)["items"]
    assert all(resource["path"] in drawn for resource in resources)

    root = next(resource["id"] for resource in resources if resource["path"] == "/")
    made = gateway.create_resource(restApiId=api, parentId=root, pathPart="from-browser")["id"]
    shown.click("Refresh", "/from-browser", ".lab-api-picture")
    gateway.delete_resource(restApiId=api, resourceId=made)

    form.get_by_role("button", name="Send a request").click()
    form.get_by_role("button", name=re.compile(r"^\W*Send$")).click()
    assert wait_for(lambda: form.locator(".lab-api-answer").inner_text().strip() != "", 10)
    assert form.locator(".lab-api-error").count() == 0


def timeline(shown: Shown) -> None:
    """Each bar's title names a request, and a log group holds it."""
    titles = shown.widget.locator("rect > title").all_text_contents()
    requests = [title.partition("; request ")[2] for title in titles]
    assert requests and all(requests)
    groups = [group["logGroupName"] for group in shown.client("logs").describe_log_groups()["logGroups"]]
    logged = "".join(event["message"] for group in groups for event in events(shown, group))
    assert [request for request in requests if request not in logged] == []


def explorer(shown: Shown) -> None:
    """Preview a policy, which stores nothing; apply it, which does."""
    form, iam = shown.widget, shown.client("iam")
    kind, _, name = form.get_by_label("Principal").input_value().partition("/")
    stored = getattr(iam, f"list_{kind}_policies")
    whose = {f"{kind.title()}Name": name}

    form.get_by_label("Policy").select_option("(new inline policy)")
    form.get_by_label("Name").fill("browser")
    shown.click("Preview", "with this browser")
    assert "browser" not in stored(**whose)["PolicyNames"]

    form.get_by_role("button", name="Apply").click()
    assert wait_for(lambda: "browser" in stored(**whose)["PolicyNames"], 10)
    getattr(iam, f"delete_{kind}_policy")(**whose, PolicyName="browser")


def scorecard(shown: Shown) -> None:
    """Answer for one factor, and save the card: the bucket holds that answer."""
    factor = shown.widget.get_by_role("group", name="VI Processes")
    holds = factor.get_by_role("button", name="holds", pressed=False)
    shown.figures["click on holds"] = shown.lab.answer(holds, shown.place, "1 of 12 answered")
    assert factor.get_by_role("button", pressed=True).all_inner_texts() == ["holds"]
    shown.lab.begin("factors-101", ("# Your code", "save()"))
    assert wait_for(lambda: not shown.lab.busy, 20)
    saved = shown.client("s3").get_object(Bucket=f"lab07-scorecard-{shown.account}", Key="scorecard.json")
    assert json.load(saved["Body"]) == {"VI": "holds"}


def calculator(shown: Shown) -> None:
    """Type, press keys and click: the total is always that of the pure function; nonsense is refused."""
    form = shown.widget
    now = {"billed_ms": 10, "memory_mb": 128, "front_door": "REST API", "response_kb": 3, "free_tier": False}

    def total(**fields) -> str:
        now.update(fields)
        return f"USD {money(Workload(**now).bill.total)} a month"

    def says(text: str) -> bool:
        return wait_for(lambda: text in form.locator(".lab-cost-bill").inner_text(), 10)

    assert says(total(requests=5_000_000))
    requests, memory = (form.get_by_role("spinbutton", name=name) for name in ("Requests a month", "Memory (MB)"))
    requests.fill("612345678")  # between two stops of its slider
    requests.press("Enter")
    assert says(total(requests=612_345_678)) and says("next 667 million")

    form.get_by_role("slider", name="Memory (MB)").press("ArrowRight")
    assert says(total(memory_mb=192)) and wait_for(lambda: memory.input_value() == "192", 10)
    memory.fill("20000")
    memory.press("Tab")
    form.get_by_role("alert").get_by_text("128 to 10,240").wait_for()
    assert says(total())

    arm = form.get_by_role("button", name="arm64")
    shown.figures["click on arm64"] = shown.lab.answer(
        arm, f"{shown.place} .lab-cost-bill", total(architecture="arm64")
    )
    form.get_by_label("Front door").select_option("HTTP API")
    assert says(total(front_door="HTTP API"))
    form.get_by_label("Free tier").press("Space")
    assert says(total(free_tier=True)) and says("free tier")


def own_calculator(shown: Shown) -> None:
    """Begin with one's own REPORT lines; a log makes the bill longer; warm and provisioned exclude each other."""
    form = shown.widget

    def field(name: str):
        return form.get_by_role("spinbutton", name=name)

    def says(text: str) -> bool:
        return wait_for(lambda: text in form.locator(".lab-cost-bill").inner_text(), 10)

    assert says("duration on x86_64") and says("INIT on x86_64")
    assert field("Requests a month").input_value() == "5000000" and field("Cold starts (%)").input_value() == "1"
    field("Log (kB)").fill("12")
    field("Log (kB)").press("Enter")
    assert says("CloudWatch Logs")
    field("Provisioned").fill("5")
    field("Provisioned").press("Tab")
    form.get_by_role("alert").get_by_text("set cold_percent to 0").wait_for()
    field("Provisioned").fill("0")
    field("Provisioned").press("Tab")
    assert wait_for(lambda: form.get_by_role("alert").count() == 0, 10)
    form.get_by_label("SnapStart").press("Space")
    assert says("SnapStart cache") and says("SnapStart restores")


def flame(shown: Shown) -> None:
    """See each part of the bill under its service, and hear of all of them."""
    picture = shown.widget
    words = picture.locator("> title").text_content()
    assert "lab11-shop" in words and "CloudWatch Logs, ingestion" in words
    assert picture.locator("rect").count() > 10 and picture.get_by_text("CloudWatch Logs", exact=True).count() >= 1


def console_monitor(shown: Shown) -> None:
    """The charts say what CloudWatch holds; the configuration lists the aliases."""
    form, functions = shown.widget, shown.client("lambda")
    form.get_by_role("tab", name="Monitor").click()
    form.locator("svg.lab-chart").nth(3).wait_for()
    assert int(re.search(r"invocations +(\d+)", form.locator(".lab-console-figures").inner_text())[1]) >= 350

    form.get_by_role("tab", name="Configuration").click()
    facts = form.locator(".lab-console-facts")
    for alias in functions.list_aliases(FunctionName="HelloWorld")["Aliases"]:
        facts.get_by_text(alias["Name"]).wait_for()


def load(shown: Shown) -> None:
    """See the timeline grow while the load runs, cancel by keyboard: fewer were sent than asked for."""
    before = reports(shown, "lab07-second")
    bar = shown.widget.locator(".lab-job-bar")
    shown.lab.begin("factors-71", ("requests=5, at_once=5", "requests=500, at_once=2"))
    live = shown.widget.locator(".lab-timeline-picture rect")
    assert wait_for(lambda: live.count() > 4 and "of 500" in bar.inner_text(), 20)
    assert shown.lab.busy
    cancel = shown.widget.get_by_role("button", name=re.compile("Cancel"))
    cancel.focus()
    cancel.press("Enter")
    assert wait_for(lambda: not shown.lab.busy, 10)
    answered = int(re.search(r"(\d+) of 500 requests answered · cancelled", bar.inner_text())[1])
    assert 0 < answered < 500
    assert reports(shown, "lab07-second") == before + answered
    shown.lab.begin("factors-71", ("requests=500, at_once=2", "requests=5, at_once=5"))
    assert wait_for(lambda: "5 of 5 requests answered" in bar.inner_text() and not shown.lab.busy, 20)


def sweep(shown: Shown) -> None:
    """Cancel a long sweep, then interrupt another: both cells end soon, and the function has its memory again."""

    def memory() -> int:
        return shown.client("lambda").get_function_configuration(FunctionName="lab08-count")["MemorySize"]

    cell, before = "env-34", memory()
    cancel = shown.widget.get_by_role("button", name=re.compile("Cancel"))
    shown.lab.begin(cell, ("repeats=2", "repeats=100"))
    bar = shown.widget.locator(".lab-job-bar")
    assert wait_for(lambda: re.search(r"[1-9]\d* of 606 calls", bar.inner_text()), 20)
    assert shown.lab.busy and memory() != before
    shown.figures["click on Cancel"] = shown.lab.answer(cancel, f"{shown.place} .lab-job-bar", "cancelled")
    assert wait_for(lambda: not shown.lab.busy, 10)
    assert memory() == before

    shown.lab.begin(cell)
    assert wait_for(lambda: re.search(r"[1-9]\d* of 606 calls", bar.inner_text()) and memory() != before, 20)
    shown.lab.interrupt()
    assert wait_for(lambda: not shown.lab.busy, 10)
    assert "interrupted" in bar.inner_text()
    (errors,) = [found["errors"] for found in shown.lab.cells() if found["id"] == cell]
    assert len(errors) == 1 and re.fullmatch(r"KeyboardInterrupt: \d+ of 606 calls were done", errors[0])
    assert memory() == before

    shown.lab.begin(cell, ("repeats=100", "repeats=2"))
    assert wait_for(lambda: "18 of 18 calls" in bar.inner_text() and not shown.lab.busy, 60)


def concurrency(shown: Shown) -> None:
    """Reserve 2 by keyboard and mouse, and run: the third request at once is throttled, in red; then be refused."""
    form, functions = shown.widget, shown.client("lambda")

    def settings() -> tuple[int | None, int]:
        reserved = functions.get_function_concurrency(FunctionName="lab08-door").get("ReservedConcurrentExecutions")
        listed = functions.list_provisioned_concurrency_configs(FunctionName="lab08-door")
        found = [one["RequestedProvisionedConcurrentExecutions"] for one in listed["ProvisionedConcurrencyConfigs"]]
        return reserved, sum(found)

    at_once, reserved, provisioned = (
        form.get_by_role("slider", name=name) for name in ("Requests at once", "Reserved", "Provisioned")
    )
    assert settings() == (4, 2)  # as the cell after it ran it; the form shows the same
    assert wait_for(lambda: reserved.get_attribute("aria-valuetext") == "4", 10)
    for slider, presses in ((at_once, 3), (reserved, 2), (provisioned, 1)):
        for _ in range(presses):
            slider.press("ArrowLeft")
    shown.click("Run", "6 requests, 1 of them throttled", ".lab-concurrency-status")
    assert settings() == (2, 1)
    titles = form.locator("svg rect > title").all_text_contents()
    assert "3 at once: 1 on provisioned concurrency" in titles and "3 at once: 1 throttled" in titles

    for _ in range(3):
        provisioned.press("ArrowRight")
    shown.click("Run", "should not be greater than the reservedConcurrentExecution", ".lab-concurrency-status")
    assert form.get_by_role("alert").count() == 1

    form.get_by_label("Reserve concurrency").press("Space")
    shown.click("Run", "6 requests, 0 of them throttled", ".lab-concurrency-status")
    assert settings() == (None, 4)


def inspector(shown: Shown) -> None:
    """Five events side by side; a value that is typed is marked in each; after Refresh what came meanwhile is there."""
    form, cards = shown.widget, shown.widget.locator(".lab-event")
    cards.nth(4).wait_for()
    shown_cards = [card.get_attribute("aria-label") for card in cards.all()]
    assert shown_cards == ["S3", "EventBridge", "SNS", "SQS", "Kinesis"], shown_cards
    assert form.locator("mark").count() == 5
    bucket = f"lab09-pictures-{shown.account}"
    form.get_by_label("Find").fill(bucket)
    assert wait_for(lambda: bucket in "".join(form.locator("mark").all_inner_texts()), 10)
    assert 'json.loads(b64decode(event["Records"][0]["kinesis"]["data"]))["detail"]["bucket"]' in form.inner_text()
    shown.client("lambda").invoke(FunctionName="showEvent", Payload=json.dumps({"detail": "by hand"}))
    shown.click("Refresh", "by hand")
    assert cards.first.get_attribute("aria-label") == "Invoke"
    form.get_by_label("Find").fill("nothing like it")
    assert wait_for(lambda: form.locator("mark").count() == 0 and "not in it" in form.inner_text(), 10)


def log_explorer(shown: Shown) -> None:
    """Search for a pattern, and ask a query: the form says what the log holds; what is no pattern is refused."""
    form, shop = shown.widget, "/lab10/shop"
    found = form.locator(".lab-logs-found")
    pattern = form.get_by_label("Pattern")
    assert pattern.input_value() == '{ $.level = "WARNING" }'
    logs = shown.client("logs")
    refused = logs.filter_log_events(logGroupName=shop, filterPattern='"payment refused"')["events"]
    pattern.fill('{ $.message = "payment refused" }')
    shown.click("Search", f"{len(refused)} events match", ".lab-logs-found")
    assert found.locator("svg rect").count() > 0

    form.get_by_label("Query").fill('filter message = "payment refused" | stats count(*) as refusals')
    shown.click("Run query", "refusals", ".lab-logs-found")
    assert found.locator("td").all_inner_texts() == [str(len(refused))]
    pattern.fill("{ $.message = ")
    shown.click("Search", "InvalidParameterException", ".lab-logs-found")
    pattern.fill("")
    shown.click("Search", "events match (everything)", ".lab-logs-found")


def stack_events(shown: Shown) -> None:
    """The picture has a lane for each resource that CloudFormation has told of, and says which of them failed."""
    lanes = shown.widget.locator("text").all_text_contents()
    stack = shown.client("cloudformation").describe_stack_events(StackName=told(shown))["StackEvents"]
    failed = {one["LogicalResourceId"] for one in stack if one["ResourceStatus"] == "CREATE_FAILED"}
    assert failed == {"Log"} and {"lab12-greeting", "HelloWorld", *failed} <= set(lanes)
    titles = shown.widget.locator("rect > title").all_text_contents()
    assert any(title.startswith("Log: CREATE_FAILED") and "already exists" in title for title in titles)


def change_set(shown: Shown) -> None:
    """The diff names what CloudFormation made of it: the function has its new memory."""
    changed = "~ HelloWorld (AWS::Lambda::Function) changed in its place"
    assert wait_for(lambda: changed in shown.widget.inner_text(), 10)
    assert "+ MemorySize: 256" in shown.widget.inner_text()
    events = shown.client("cloudformation").describe_stack_events(StackName=told(shown))["StackEvents"]
    assert ("HelloWorld", "UPDATE_COMPLETE") in {(one["LogicalResourceId"], one["ResourceStatus"]) for one in events}


def beside(shown: Shown) -> None:
    """Each resource that CloudFormation made stands beside the template."""
    events = shown.client("cloudformation").describe_stack_events(StackName=told(shown))["StackEvents"]
    made = {one["LogicalResourceId"] for one in events if one["ResourceStatus"] == "CREATE_COMPLETE"}
    assert wait_for(lambda: all(name in shown.widget.inner_text() for name in made - {"lab12-greeting"}), 10)
    assert "Type: AWS::Serverless::Function" in shown.widget.inner_text()


def snippets_load(shown: Shown) -> None:
    """Every request of the load was answered; CloudWatch counts them."""
    bar = shown.widget.locator(".lab-job-bar")
    assert wait_for(lambda: "60 of 60 requests answered" in bar.inner_text(), 10), bar.inner_text()
    metrics = shown.client("cloudwatch").list_metrics(Namespace="AWS/Lambda", MetricName="Invocations")["Metrics"]
    assert any("lab12-snippets-test-Front" in pair["Value"] for one in metrics for pair in one["Dimensions"])


def page_to_keep(shown: Shown) -> None:
    """It says what the progress says; here lab 00 may have been shown as solved, to see it on the map."""
    solved = sum(len(Progress(shown.home).done(f"{lab:02}")) for lab in range(13))
    said = f"{solved} exercises solved" if solved else "No exercise is solved yet."
    assert wait_for(lambda: said in shown.widget.inner_text(), 10), said


WIDGETS = (
    Widget("00_start_here", "start-07", ".widget-slider", slider),
    Widget("00_start_here", "start-25", ".lab-progress", progress_map),
    Widget("00_start_here", "start-47", ".lab-fit", questionnaire),
    Widget("01_hello_world", "hello-83", ".lab-console", console),
    Widget("01_hello_world", "hello-83", ".lab-console", console_tabs),
    Widget("04_api_gateway", "api-122", ".lab-api", api_map),
    Widget("04_api_gateway", "api-147f", ".lab-cost", calculator),
    Widget("02_iam", "iam-114", ".lab-policies", explorer),
    Widget("06_chaining", "chain-118", "svg.lab-timeline", timeline),
    Widget("03_updates", "updates-56b", ".lab-console", console_monitor),
    Widget("07_twelve_factors", "factors-71", ".lab-job", load),
    Widget("07_twelve_factors", "factors-71", ".jp-OutputArea-executeResult svg.lab-timeline", timeline, again=False),
    Widget("07_twelve_factors", "factors-97", ".lab-scorecard", scorecard),
    Widget("08_execution_environments", "env-27", "svg.lab-timeline", timeline),
    Widget("08_execution_environments", "env-34", ".lab-job", sweep),
    Widget("08_execution_environments", "env-67", ".lab-concurrency", concurrency),
    Widget("09_events", "events-39", ".lab-events", inspector),
    Widget("10_observe", "observe-29", ".lab-logs", log_explorer),
    Widget("11_what_it_costs", "cost-21", ".lab-cost", own_calculator),
    Widget("11_what_it_costs", "cost-54", "svg.lab-flame", flame),
    Widget("12_ship_it", "ship-14", ".lab-beside", beside, again=False),
    Widget("12_ship_it", "ship-27", ".lab-changes", change_set, again=False),
    Widget("12_ship_it", "ship-38", "svg.lab-stack-events", stack_events, again=False),
    Widget("12_ship_it", "ship-109", ".lab-job", snippets_load, again=False),
    Widget("12_ship_it", "ship-125", ".lab-certificate", page_to_keep),
)


def told(shown: Shown) -> str:
    """The id of the stack of lab 12's greeting, which its lab has deleted."""
    stacks = shown.client("cloudformation").list_stacks()["StackSummaries"]
    return next(one["StackId"] for one in stacks if one["StackName"] == "lab12-greeting")


def events(shown: Shown, group: str) -> list[dict]:
    pages = shown.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    return [event for page in pages for event in page["events"]]


def reports(shown: Shown, function: str) -> int:
    """How many invocations its log group has."""
    return sum(event["message"].startswith("REPORT") for event in events(shown, f"/aws/lambda/{function}"))
