"""The list of facts about AWS: complete, and as the labs have them now."""

import re

import nbformat
import pytest
from list_facts import DATE, FACTS, PAGES, Fact, facts, page

from helpers.exercises.course import LABS

NOTEBOOKS = sorted(LABS.glob("[0-9][0-9]_*.ipynb"))
ALL = [fact for notebook in NOTEBOOKS for fact in facts(notebook)[1]]


@pytest.fixture
def notebook(tmp_path):
    """`notebook("text", …)` is a lab 01 with these cells of prose."""

    def notebook(*texts):
        path = tmp_path / "01_hello.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts]), path)
        return path

    return notebook


def test_the_list_is_what_the_labs_say():
    assert FACTS.read_text(encoding="utf-8") == page(), "make outputs writes it"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_lab_says_when_its_facts_were_checked(path):
    checked, found = facts(path)
    assert DATE.fullmatch(checked)
    assert found


def test_what_names_a_page_for_a_fact_names_a_fact_of_a_lab():
    named = [name for one in PAGES.values() for name in one.get("facts", [])]
    assert [name for name in named if not any(fact.is_meant(name) for fact in ALL)] == []


def test_no_page_of_aws_is_named_twice_and_none_is_needless():
    titles = [one["title"] for one in PAGES.values()]
    assert len(set(titles)) == len(titles)
    used = {url for fact in ALL for _, url in fact.pages}
    assert sorted(set(PAGES) - used) == []


def test_rows_points_and_paragraphs_of_a_section_that_was_checked_are_facts(notebook):
    checked = """## In practice

    How AWS differs (checked November 2026):

    | | AWS | here |
    |---|---|---|
    | [cold start](https://docs.example/start) | up to 1 s | 0.1 s |

    | | limit | price |
    |---|---|---|
    | SQS | 1 MB | USD 0.40 |

    - **Here.** Functions are processes.
    - Aliases cost nothing.

    A layer costs nothing.

    What goes where?

    **Next:** [02](02_iam.ipynb)."""
    found = facts(notebook("## 1. Begin\n\nNo date.", re.sub(r"(?m)^ +", "", checked)))
    assert found == (
        "November 2026",
        [
            Fact("01", "cold start: up to 1 s", (("cold start", "https://docs.example/start"),)),
            Fact("01", "SQS: limit 1 MB; price USD 0.40"),
            Fact("01", "Aliases cost nothing."),
            Fact("01", "A layer costs nothing."),
        ],
    )


def test_a_table_under_words_that_end_with_a_date_is_of_that_date(notebook):
    prices = "| | price |\n|---|---|\n| a request | USD 0.0000002 |"
    _, found = facts(notebook(f"## 2. Count\n\nFor `us-east-1`, November 2026:\n\n{prices}\n\n{prices}"))
    assert found == [Fact("01", "a request: USD 0.0000002")], "once: the second one says no date"


def test_pages_that_a_row_or_the_section_names_without_a_link_are_given_by_their_titles(notebook):
    table = (
        "| | price | AWS's page |\n|---|---|---|\n| a gateway | USD 0.045 | Gateways of Utopia |\n\n- One GB is free."
    )
    lab = notebook(f'## In practice\n\nChecked November 2026; AWS\'s pages "Lambda quotas", "New":\n\n{table}')
    row, point = facts(lab)[1]
    quotas = next(url for url, one in PAGES.items() if one["title"] == "Lambda quotas")
    assert (row.text, row.pages) == ("a gateway: USD 0.045", [("Gateways of Utopia", "")])
    assert point.pages == [("Lambda quotas", quotas), ("New", "")]


def test_elsewhere_sentences_with_a_month_and_a_year_are_facts_with_what_they_refer_to(notebook):
    text = "INIT is billed. It has been since 1 August 2025. May 12 is no date. An event had 256 KB until October 2025."
    _, found = facts(notebook(f"## 1. Begin\n\n{text}"))
    assert [fact.text for fact in found] == [
        "INIT is billed. It has been since 1 August 2025.",
        "An event had 256 KB until October 2025.",
    ]


def test_a_fact_can_be_checked_on_the_page_that_it_links_or_else_on_the_one_that_is_named_for_it():
    quotas = next(url for url, one in PAGES.items() if one["title"] == "Lambda quotas")
    assert Fact("01", "any", (("limits", quotas),)).pages == [("Lambda quotas", quotas)]
    assert Fact("01", "any", (("limits", "https://new.example"),)).pages == [("limits", "https://new.example")]
    assert Fact("05", "layers of a function: 5").pages == [("Lambda quotas", quotas)]
    assert Fact("04", "layers of a function: 5").pages == []
