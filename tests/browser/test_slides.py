"""The slides as they are laid out: nothing is cut off at the lower or the right edge."""

import chromium
import pytest
import slides

from helpers import exercises

pytestmark = [pytest.mark.slow, pytest.mark.once]
# Without reveal.js, which `make slides` brings: deck.css alone says how large things are.
CUT_OFF = """async () => {
  await Promise.all([...document.images].map((image) => image.decode()));
  return [...document.querySelectorAll("section")].flatMap((slide) => {
    const right = Math.max(...[...slide.children].map((one) => one.offsetLeft + one.scrollWidth));
    const is = [slide.querySelector("h1, h2").textContent.trim(), slide.offsetHeight, right - slide.offsetLeft];
    return is[1] > 720 || is[2] > 1280 ? [is] : [];
  });
}"""


@pytest.fixture(scope="module")
def place(browser, tmp_path_factory):
    """All decks."""
    place = tmp_path_factory.mktemp("slides")
    slides.make(place)
    return place


def test_every_slide_fits(browser, place):
    context = browser.new_context(viewport=chromium.LAPTOP, color_scheme="light")
    page = context.new_page()
    found = {}
    for number in exercises.numbers():
        page.goto((place / f"{number}.html").as_uri())
        found[number] = page.evaluate(CUT_OFF)
    context.close()
    assert {number: wrong for number, wrong in found.items() if wrong} == {}
