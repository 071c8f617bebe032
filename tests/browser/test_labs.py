"""Each lab in JupyterLab, in Chromium: all cells run, widgets appear, and what a learner clicks happens."""

import functools
import re
from pathlib import Path

import boto3
import chromium
import jupyterlab
import main_paths
import notebooks
import pytest

from helpers.backend.accounts import identity, of_lab
from helpers.backend.credentials import read_secret, secret_access_key

# On a loaded machine a lab takes four minutes; a cell that hangs is ended long before.
pytestmark = [pytest.mark.labs, pytest.mark.slow, pytest.mark.once, pytest.mark.timeout(1200)]
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


@pytest.mark.parametrize("name", notebooks.NAMES)
def test_a_lab_runs_in_a_browser_and_its_widgets_do_what_they_say(name, page, server, environ, kept, figures):
    lab, account = jupyterlab.OpenLab(page, server, name), of_lab(name[:2])
    lab.run_all()
    cells = lab.cells()
    assert [(cell["id"], cell["errors"]) for cell in cells if cell["errors"] and not cell["meant_to_fail"]] == []
    assert [cell["id"] for cell in cells if cell["meant_to_fail"] and not cell["errors"]] == []

    widgets = [widget for widget in main_paths.WIDGETS if widget.lab == name]
    for cell in cells:
        if cell["views"]:
            lab.show(cell["index"])
            rendered(lab, cell)
            known = (lab.cell(cell["index"]).locator(widget.selector).count() for widget in widgets)
            assert any(known), f"{cell['id']} shows a widget that has no main path in main_paths.py"
    assert lab.scrolling(main_paths.SCROLLS) == []
    for widget in widgets:
        index = next(cell["index"] for cell in cells if cell["id"] == widget.cell)
        title = f"{widget.lab} {widget.main_path.__name__}"
        figures[title] = {"paint": lab.paint(index, widget.selector)} if widget.again else {}
        lab.show(index)
        place = f"{lab.place(index)} {widget.selector}"
        client = functools.partial(on_backend, environ, account)
        shown = main_paths.Shown(lab, place, client, account, Path(environ["LAB_HOME"]), figures[title])
        widget.main_path(shown)
        page.mouse.move(0, 0)  # or what it is over would look different
        page.set_viewport_size(chromium.TALL)
        for theme, known in THEMES.items():
            lab.theme(known)
            lab.show(index)
            shown.widget.screenshot(path=kept(f"{name}-{widget.main_path.__name__}-{theme}"))
        lab.theme(THEMES["light"])
        page.set_viewport_size(chromium.LAPTOP)
    assert lab.scrolling(main_paths.SCROLLS) == []
    for known in THEMES.values():
        lab.theme(known)
        assert (known, lab.violations(main_paths.NOT_OURS)) == (known, [])
    assert lab.said == []


def test_a_browser_that_opens_jupyterlab_where_the_engine_is_keeps_no_cookie_for_the_engine(page, server, environ):
    page.goto(server.lab("00_start_here").replace("localhost", "127.0.0.1"))
    page.wait_for_function("window.jupyterapp !== undefined")
    assert page.url.startswith(f"{server.url}/lab/")
    kept = {cookie["name"]: cookie["domain"] for cookie in page.context.cookies()}
    assert set(kept.values()) == {"localhost"} and any(name.startswith("username-") for name in kept)
    assert page.context.cookies(f"http://127.0.0.1:{environ['LAB_PORT']}") == []


def test_a_reloaded_lab_shows_its_widgets_as_pictures_until_their_cells_are_run_again(page, server):
    lab = jupyterlab.OpenLab(page, server, "00_start_here")
    lab.run_all()
    live = [cell for cell in lab.cells() if cell["views"]]
    lab.reload()
    form = shows_again(lab, "start-47", ".lab-fit")
    form.get_by_role("button", name="yes").first.click()
    form.get_by_text("1 of 10 questions answered").wait_for()
    lab.save_and_reopen()
    saved = {cell["id"]: cell for cell in lab.cells()}
    for cell in live:
        lab.show(cell["index"])
        output = filled(lab.cell(cell["index"]).locator(".jp-OutputArea-output").last)
        assert saved[cell["id"]]["views"] == []
        assert "displaying widget" not in output.inner_text() and output.inner_text().strip()
    assert live and lab.said == []


@pytest.mark.parametrize("name", notebooks.NAMES)
def test_a_lab_that_was_not_run_here_shows_its_widgets_and_pictures_as_they_were_stored(name, page, server):
    lab = jupyterlab.OpenLab(page, server, name, "stored")
    widgets = {widget.cell for widget in main_paths.WIDGETS if widget.lab == name}
    for cell in lab.cells():
        if cell["id"] in widgets or any("<img" in html for html in cell["html"]):
            lab.show(cell["index"])
            output = filled(lab.cell(cell["index"]).locator(".jp-OutputArea-output").last)
            assert "displaying widget" not in output.inner_text() and "Loading widget" not in output.inner_text()
            pictures = output.locator("img.lab-picture")
            assert pictures.count() == sum(html.count("<img") for html in cell["html"]), cell["id"]
            # In words alone a picture would be a heap: it has to be drawn.
            for picture in pictures.all():
                lab.page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
            assert output.inner_text().strip() or pictures.count(), cell["id"]


def shows_again(lab, cell: str, selector: str):
    """Run a cell after a reload that left a picture of its widget: the widget, as Playwright locates it."""
    index = next(found["index"] for found in lab.cells() if found["id"] == cell)
    lab.show(index)
    widget = lab.cell(index).locator(selector)
    assert widget.count() == 0
    lab.run_cell(cell)
    return widget


def filled(output):
    """Wait until there is something in an output: JupyterLab makes its place first."""
    output.get_by_text(re.compile(r"\S")).or_(output.locator("img.lab-picture")).first.wait_for()
    return output


def rendered(lab, cell) -> None:
    """Fail unless each of the cell's widgets has a place on the page, and none says that it could not be shown."""
    outputs = lab.cell(cell["index"]).locator(".jp-OutputArea-output .jupyter-widgets:not(.jupyter-widgets *)")
    outputs.first.wait_for()
    boxes = [output.bounding_box() for output in outputs.all()]
    assert len(boxes) == len(cell["views"])
    assert all(box["width"] > 0 and box["height"] > 0 for box in boxes)
    said = lab.cell(cell["index"]).inner_text()
    assert "Error displaying widget" not in said and "Loading widget" not in said


def on_backend(environ, account: str, service: str):
    _, key = identity({}, account)
    return boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{environ['LAB_PORT']}",
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret_access_key(read_secret(Path(environ["LAB_HOME"])), key),
    )
