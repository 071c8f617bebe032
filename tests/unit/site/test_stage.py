"""What a notebook becomes before Sphinx reads it."""

import json

import pytest
import stage

from helpers.exercises import solutions
from helpers.exercises.solutions import Solution
from helpers.state.home import ROOT

OWN = Solution("On your own 1", "Look twice", "Because.", "look()")


def read(lab):
    return json.loads(lab.read_text(encoding="utf-8"))


def cell(source, **data):
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}}]
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": outputs}


def page(*cells):
    return stage.page_of({"cells": list(cells)}, "01")["cells"]


@pytest.mark.parametrize("lab", stage.NOTEBOOKS, ids=lambda lab: lab.stem)
def test_every_solution_of_a_lab_is_folded_on_its_page_once(lab):
    text = "\n".join("".join(cell["source"]) for cell in stage.page_of(read(lab), lab.stem[:2])["cells"])
    for number in solutions.read(lab.stem[:2]):
        assert text.count(f"<summary>\n\nSolution {number}: ") == 1, number


@pytest.mark.parametrize("lab", stage.NOTEBOOKS, ids=lambda lab: lab.stem)
def test_code_and_text_that_was_stored_stay_as_they_are(lab):
    def kept(notebook):
        code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        plain = [output["data"].get("text/plain") for cell in code for output in cell["outputs"] if "data" in output]
        return [cell["source"] for cell in code], plain

    assert kept(stage.page_of(read(lab), lab.stem[:2])) == kept(read(lab))


def test_a_solution_says_why_before_it_shows_the_code():
    assert stage.solution(OWN) == (
        "<details><summary>\n\nSolution On your own 1: Look twice\n\n</summary>\n\nBecause.\n\n"
        "```python\nlook()\n```\n\n</details>"
    )


def test_a_hint_becomes_markdown_with_its_code_in_backticks():
    (staged,) = page(
        {"cell_type": "markdown", "source": "<details><summary>Hint</summary>See <code>a &lt; _b_</code>.</details>"}
    )
    assert staged["source"] == "<details><summary>\n\nHint\n\n</summary>\n\nSee `a < _b_`.\n\n</details>"


def test_solutions_of_ones_own_tasks_end_their_section():
    text = stage.with_own("## On your own\n\n- Look.\n\n## In practice\n\nMore.", {OWN.number: OWN})
    assert text.index("- Look.") < text.index("Look twice") < text.index("\n## In practice\n\nMore.")
    assert stage.with_own("## In practice", {OWN.number: OWN}) == "## In practice"


def test_links_within_outputs_lead_to_pages():
    (staged,) = page(
        cell("map", **{"text/html": ['<a href="02_iam.ipynb">02</a> ', '<a href="00_a.ipynb#cell-id=b">']})
    )
    assert staged["outputs"][0]["data"]["text/html"] == '<a href="02_iam.html">02</a> <a href="00_a.html">'


def test_a_plot_has_words():
    (staged,) = page(cell("plot", **{"image/png": "iVBORw0KGgo="}))
    assert staged["metadata"]["mystnb"]["image"]["alt"]


def test_a_diagram_that_is_not_drawn_is_said_in_a_sentence():
    with pytest.raises(stage.StageError, match=r"begins with 'new --> box' is not drawn: make diagrams"):
        page({"cell_type": "markdown", "metadata": {}, "source": "```mermaid\nflowchart LR\n    new --> box\n```"})


def test_a_readme_without_the_section_is_said_in_a_sentence():
    with pytest.raises(stage.StageError, match="no section 'The labs'"):
        stage.index("# Title\n\nText.\n\n## Start\n\nmake lab\n")


def test_the_first_page_names_every_page_and_has_no_badge():
    text = stage.index((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "badge" not in text
    assert [lab.stem for lab in stage.NOTEBOOKS if f"\nlabs/{lab.stem}\n" not in text] == []
    assert all(f"\nlabs/{page.stem}\n" in text for page in (ROOT / "labs").glob("*.md"))
