"""The web edition, built without network: its links, what its pages fetch, and a phone, and the dark."""

import gzip
import os
import re
import resource
import shutil
import subprocess
import sys
from types import SimpleNamespace

import build
import chromium
import jupyterlab
import notebooks
import pages
import pytest

from helpers.state.home import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.once]
NAMES = ["index", *(f"labs/{name}" for name in (*notebooks.NAMES, "GLOSSARY", "CHEATSHEET", "FACTS"))]
GERMAN = "de/labs/00_start_here"
BYTES, COMPRESSED = 500_000, 200_000  # of a page with all that it fetches: of the first, and of each as hosts send it
SECONDS = 60  # of processor time for all pages: of the clock it is less on two cores, if nothing else runs
PHONE = {"width": 360, "height": 740}
PADDING = 8  # px that Furo's headings have beyond the text
WITHOUT_NETWORK = ("unshare", "--net")
# As in JupyterLab (page.js): what WCAG asks for, without axe-core's own best practices.
AXE = """async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((one) => `${id}: ${one.html}: ${one.failureSummary}`));
}"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# How much wider than the page it is, or what it shows without scrolling within itself. The page itself cuts off.
TOO_WIDE = """() => {
  const one = document.querySelector("article");
  return Math.max(one.scrollWidth - one.clientWidth, one.getBoundingClientRect().right - innerWidth, 0);
}"""
UNFOLDED = """async () => {
  for (const one of document.querySelectorAll("article details")) one.open = true;
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame); // their events have come
}"""


@pytest.fixture(scope="module")
def built(browser, tmp_path_factory):
    """The pages, as `make site` builds them: in a namespace without network, where this machine allows one.

    Wants the browser, so that nothing of tests/browser runs where there is none.
    """
    build.install()
    place = tmp_path_factory.mktemp("site")
    alone = WITHOUT_NETWORK if subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True).returncode == 0 else ()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*alone, sys.executable, ROOT / "site" / "build.py", "--to", place],
        env={**os.environ, "GITHUB_REPOSITORY": "owner/lambda-labs"},
        capture_output=True,
        text=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout + done.stderr
    html = place / "html"
    read = {file: pages.Page(file) for file in sorted(html.rglob("*.html")) if "_static" not in file.parts}
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield SimpleNamespace(html=html, pages=read, said=done.stdout, seconds=used)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def url(built):
    with pages.served(built.html) as url:
        yield url


def test_all_pages_are_built_within_a_minute(built):
    assert {f"{name}.html" for name in NAMES} <= {str(path.relative_to(built.html)) for path in built.pages}
    assert built.seconds <= SECONDS, built.said


def test_every_link_leads_to_a_page_and_an_anchor_that_are_there(built):
    assert pages.broken(built.pages) == []


def test_no_page_and_no_style_loads_anything_from_another_host(built):
    loads = {load for page in built.pages.values() for load in page.loads}
    styles = "".join(file.read_text(encoding="utf-8") for file in built.html.rglob("*.css"))
    assert [
        load for load in loads | set(re.findall(r"""url\(["']?([^"')]*)""", styles)) if pages.is_elsewhere(load)
    ] == []


def test_every_page_can_be_run_elsewhere_and_a_lab_leads_to_itself(built):
    for name in NAMES:
        links = built.pages[built.html / f"{name}.html"].links
        lab = name.removeprefix("labs/") if name.removeprefix("labs/") in notebooks.NAMES else "00_start_here"
        assert "https://codespaces.new/owner/lambda-labs?quickstart=1" in links
        assert f"https://mybinder.org/v2/gh/owner/lambda-labs/HEAD?urlpath=lab/tree/my/{lab}.ipynb" in links
        assert any(re.fullmatch(r"(\.\./index\.html|)#start", link) for link in links), name


def test_next_leads_through_all_pages_in_their_order(built):
    file, walked = built.html / "index.html", []
    while file:
        walked.append(str(file.relative_to(built.html).with_suffix("")))
        following = re.search(r'class="next-page" href="([^"]+)"', file.read_text(encoding="utf-8"))
        file = (file.parent / following[1]).resolve() if following else None
    assert walked == NAMES


def test_every_colour_that_outputs_take_from_jupyterlab_is_defined(built):
    text = "".join(file.read_text(encoding="utf-8") for file in built.pages)
    defined = re.findall(r"(--jp-[\w-]+):", (built.html / "_static" / "site.css").read_text(encoding="utf-8"))
    assert set(re.findall(r"var\((--jp-[\w-]+)", text)) == set(defined)


def test_the_lab_in_german_has_the_links_of_the_english_one_and_leads_there_and_back(built):
    german, english = (built.pages[built.html / f"{name}.html"] for name in (GERMAN, NAMES[1]))
    assert "<h1>00 · Hier geht es los" in german.path.read_text(encoding="utf-8")
    assert (there := f"../{GERMAN}.html") in english.links and (back := f"../../{NAMES[1]}.html") in german.links
    assert {link for link in german.links if "#" not in link} - {back} == {
        link for link in english.links if "#" not in link
    } - {there}


@pytest.mark.parametrize("name", [*NAMES, GERMAN])
def test_a_page_is_small_asks_this_server_only_and_is_usable_on_a_phone_light_and_dark(name, browser, url):
    context = browser.new_context(viewport=PHONE, color_scheme="light")
    context.set_default_timeout(120_000)
    page = context.new_page()
    answers, said = [], []
    page.on("response", lambda answer: answers.append(answer))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{url}/{name}.html")
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [one.url for one in answers if not one.url.startswith((f"{url}/", "data:"))] == []
    bodies = [one.body() for one in answers if one.url.startswith(url)]
    assert sum(map(len, bodies)) <= BYTES or name != "index"
    assert sum(len(gzip.compress(body)) for body in bodies) <= COMPRESSED

    page.evaluate(UNFOLDED)
    assert page.evaluate(TOO_WIDE) <= PADDING
    page.add_script_tag(path=jupyterlab.AXE)
    assert page.evaluate(AXE, WCAG) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(AXE, ["color-contrast"]) == []
    page.emulate_media(media="print")
    assert page.evaluate(TOO_WIDE) <= PADDING
    context.close()


def test_the_search_finds_a_word_and_the_button_makes_a_page_dark(browser, url):
    context = browser.new_context(viewport=chromium.LAPTOP, color_scheme="light")
    page = context.new_page()
    page.goto(f"{url}/search.html?q=canary")
    page.get_by_role("link", name="03 · Updates").first.wait_for()
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    for _ in range(3):  # auto, light, dark: in an order that depends on the browser's
        page.get_by_role("button", name="Toggle Light / Dark / Auto color theme").last.click()
        if page.evaluate("document.body.dataset.theme") == "dark":
            break
    assert page.evaluate(colour) != light
    context.close()
