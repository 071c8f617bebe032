"""The slides: that each lab has a deck which needs no other host, and the rule by which they are chosen."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import deck
import nbformat
import pytest
import slide_parts
import slides
import stage

from helpers import exercises
from helpers.exercises import course

pytestmark = pytest.mark.once
v4 = nbformat.v4


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """All decks."""
    place = tmp_path_factory.mktemp("slides")
    slides.make(place)
    return place


class Addresses(HTMLParser):
    """What a page loads, and where it leads to."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = ("src", "href", "srcset", "action", "data", "poster", "formaction", "style")
        self.found += [value for name, value in attributes if name in named]


def test_every_lab_has_a_deck_and_the_index_leads_to_it(place):
    index = Addresses((place / "index.html").read_text(encoding="utf-8")).found
    for number in exercises.numbers():
        text = (place / f"{number}.html").read_text(encoding="utf-8")
        assert text.count("<section") > 10
        assert f"{number}.html" in index


def test_no_deck_names_another_host_and_all_that_it_names_is_beside_it(place):
    reveal = {f"reveal/{name}" for name in slides.FILES}
    for file in place.glob("*.html"):
        for address in Addresses(file.read_text(encoding="utf-8")).found:
            if address.startswith("data:"):
                continue
            parts = urlsplit(address)
            assert (parts.scheme, parts.netloc) == ("", ""), f"{file.name} names {address}"
            assert parts.path in reveal or (place / parts.path).is_file(), f"{file.name} names {address}"
    own = [*place.glob("*.css"), *place.glob("*.js")]
    assert [file.name for file in own if re.search(r"//\w|@import|url\(", file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("lab", course.read().labs, ids=lambda lab: lab.number)
def test_a_deck_begins_with_the_lab_has_each_exercise_of_its_main_line_and_ends_with_what_was_seen(lab):
    found = deck.read(course.LABS / lab.notebook)
    assert found[0].title == f"{lab.number} · {lab.title}" and f"{lab.about.minutes} minutes" in found[0].body
    assert found[-1].title == "What you have seen" and found[-1].body.count("<li>") >= 5
    asked = {slide.title for slide in found if slide.kind == "exercise"}
    assert asked <= {f"Exercise {one.number}: {one.title}" for one in lab.exercises}
    assert len(asked) >= 3
    for slide in found:
        assert len(slide.body) > 20, f"{slide.title} is empty"


def slides_of(*cells, solved=None):
    notebook = [
        {"cell_type": cell.cell_type, "source": cell.source, "outputs": cell.get("outputs", [])} for cell in cells
    ]
    found = list(deck.without_appendix(list(deck.sections(notebook))))
    return [slide for section in found for slide in deck.slides_of(section, solved or {})]


def code(source, text=None, html=None):
    outputs = [v4.new_output("display_data", {"text/html": html})] if html else []
    outputs += [v4.new_output("stream", text=text)] if text else []
    return v4.new_code_cell(source, outputs=outputs)


def test_of_a_step_the_cell_with_the_longest_output_that_fits_is_shown_with_the_words_before_it():
    one, two = v4.new_markdown_cell("## 1. Call it\n\nFirst."), v4.new_markdown_cell("Then this.")
    long = code("long()", "\n".join(map(str, range(50))))
    [slide] = slides_of(one, code("short()", "ok"), two, code("middle()", "a longer answer"), long)
    text = unescape(re.sub("<.*?>", "", slide.body))
    assert "middle()" in text and "a longer answer" in text and "Then this." in text
    assert "short()" not in text and "First." not in text
    assert "First." in slide.notes and "Then this." in slide.notes


def test_a_picture_goes_before_text_and_a_command_only_stands_where_nothing_else_does():
    head = v4.new_markdown_cell("## 1. Draw\n\nSee.")
    drawn = code("draw()", html='<p>a</p><img class="lab-picture" alt="A" src="data:image/png;base64,AA">')
    [slide] = slides_of(head, code("say()", "much longer than a picture"), drawn)
    assert 'alt="A"' in slide.body and "<p>a</p>" not in slide.body
    [slide] = slides_of(head, code("!aws lambda list-functions", "a long answer of a command"), code("say()", "ok"))
    assert "say" in slide.body and "list-functions" not in slide.body


def test_an_output_that_is_too_long_everywhere_is_cut_and_says_so():
    [slide] = slides_of(v4.new_markdown_cell("## 1. Much\n\nSee."), code("much()", "x " * 5000))
    shown = re.search(r'<pre class="output">(.*?)</pre>', slide.body, re.DOTALL)[1].split("\n")
    assert len(shown) == slide_parts.OUTPUT_LINES and shown[-1] == "…"
    assert max(map(len, shown)) <= slide_parts.COLUMNS


def test_an_exercise_shows_its_task_and_only_the_notes_have_hint_and_solution():
    from helpers.exercises.solutions import Solution

    task = "### Exercise 1.1: Do it\n\n**Goal** it is done.\n\n<details><summary>Hint</summary>Try.</details>"
    solved = {"1.1": Solution("1.1", "Do it", "Because.", "do_it()")}
    cells = (code("# Your code"), code('lab.check("1.1")', "1.1 not yet"))
    [slide] = slides_of(v4.new_markdown_cell(task), *cells, solved=solved)
    assert "it is done" in slide.body
    for word in ("Try.", "do_it", "not yet", "Your code"):
        assert word not in slide.body
    assert "Try." in slide.notes and "do_it" in slide.notes


def test_an_appendix_is_left_out_and_what_follows_it_is_not():
    cells = [
        v4.new_markdown_cell(f"## {title}\n\nThis.\n\n- a point")
        for title in ("Appendix: more", "9. More", "On your own")
    ]
    assert [slide.title for slide in slides_of(*cells)] == ["On your own"]


def test_a_table_is_a_slide_and_a_long_one_several_with_its_head_on_each():
    rows = "\n".join(f"| row {number} | b |" for number in range(20))
    [_, *found] = slides_of(v4.new_markdown_cell(f"## 1. Know\n\nThis.\n\n| a | b |\n|---|---|\n{rows}"))
    assert len(found) == 3 and all("<th>a</th>" in slide.body for slide in found)
    assert "".join(slide.body for slide in found).count("row ") == 20


def test_a_diagram_is_a_slide_with_words_and_one_that_is_not_drawn_is_said():
    text = "## 1. See\n\n```mermaid\nflowchart LR\n    a --> b\n```"
    with pytest.raises(stage.StageError, match="make diagrams"):
        slides_of(v4.new_markdown_cell(text))


def test_links_lead_to_decks_or_nowhere():
    made = slide_parts.html("[lab 02](02_iam.ipynb), [AWS](https://aws.amazon.com/x), [words](GLOSSARY.md)")
    assert '<a href="02.html">lab 02</a>' in made and made.count("<a ") == 1 and "//" not in made
