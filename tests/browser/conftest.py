"""One Chromium, one JupyterLab and one engine for all labs; figures and screenshots are kept in .lab/browser/."""

import json
import os
import shutil

import chromium
import jupyterlab
import notebooks
import pytest
import store_screenshots

from helpers.jupyter import working_copies
from helpers.state.home import ROOT

KEPT = ROOT / ".lab" / "browser"


@pytest.fixture(scope="module")
def browser():
    """Chromium. Skips where it is not installed, unless LAB_BROWSER=required, as in continuous integration."""
    if lacking := chromium.lacking():
        (pytest.fail if os.environ.get("LAB_BROWSER") == "required" else pytest.skip)(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def environ(browser, tmp_path_factory):
    """The environment of an engine of its own."""
    with notebooks.backend(tmp_path_factory.mktemp("engine")) as environ:
        yield environ


@pytest.fixture(scope="module")
def server(environ, tmp_path_factory):
    """JupyterLab on `labs/`, a learner's copies of them in `my/`, and the labs as they are stored in `stored/`."""
    folder = tmp_path_factory.mktemp("jupyterlab")
    for name in ("labs", "assets"):
        shutil.copytree(ROOT / name, folder / "files" / name)
    shutil.copytree(ROOT / "labs", folder / "files" / "stored")  # which no test runs
    store_screenshots.stand_in(folder / "files")
    working_copies.bring(labs=folder / "files" / "labs", my=folder / "files" / "my", home=folder)
    with jupyterlab.serve(folder, environ) as server:
        yield server


@pytest.fixture
def page(browser):
    """A page of a laptop's size, with nothing remembered."""
    context = browser.new_context(viewport=chromium.LAPTOP)
    context.set_default_timeout(120_000)  # in ms, four times the usual: other tests run beside it
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def kept():
    """Where screenshots go: `kept("01_hello_world-light")` is a path. They are those of the last run."""
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir(parents=True)
    return lambda name: str(KEPT / f"{name}.png")


@pytest.fixture
def figures(record_property):
    """Milliseconds by lab and name, shown when the tests end. No test fails for them: machines differ."""
    measured: dict[str, dict[str, float]] = {}
    record_property("figures", measured)  # goes with the test's report: a worker's memory is not the summary's
    return measured


def pytest_terminal_summary(terminalreporter):
    reports = [report for category in ("passed", "failed") for report in terminalreporter.getreports(category)]
    properties = [value for report in reports for name, value in report.user_properties if name == "figures"]
    figures = {widget: found for measured in properties for widget, found in measured.items()}
    if figures:
        terminalreporter.section("Widgets in Chromium, in ms; wanted: a paint <= 300, a click <= 200 above its call")
        for widget, found in figures.items():
            said = ", ".join(f"{name} {value:.0f}" for name, value in found.items())
            terminalreporter.write_line(f"{widget}: {said}")
        terminalreporter.write_line(f"Screenshots: {KEPT.relative_to(ROOT)}/")
        (KEPT / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
