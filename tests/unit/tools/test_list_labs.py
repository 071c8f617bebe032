"""The pages that list the labs."""

from list_labs import GLOSSARY, README, TABLE, linked, table

from helpers.exercises.course import LABS


def test_readme_lists_the_labs_as_they_declare_themselves():
    assert TABLE.search(README.read_text(encoding="utf-8"))[0] == table()


def test_every_page_that_lists_the_labs_links_them():
    for page in [*LABS.glob("*.ipynb"), GLOSSARY]:
        assert linked(page) == page.read_text(encoding="utf-8")


def test_the_name_of_a_lab_becomes_a_link_but_not_to_itself(tmp_path):
    page = tmp_path / "00_start_here.ipynb"
    page.write_text("| core | 00 Start here | a |\n| | 02 IAM | b |")
    assert linked(page).splitlines() == [
        "| core | 00 Start here | a |",
        "| | [02 IAM](02_iam.ipynb) | b |",
    ]
    page.write_text("| role | who may | 02 |\n| event | a JSON | 00 |\n")
    assert linked(page) == "| role | who may | [02](02_iam.ipynb) |\n| event | a JSON | 00 |\n"
