"""``make outputs`` begins with this: pages that list the labs are brought up to what the labs declare.

README's table is written anew. In lab 00's table and in the glossary the name of a lab becomes a link to it.
"""

import re
from pathlib import Path

from helpers.exercises import course
from helpers.exercises.course import LABS, Standing
from helpers.state.home import ROOT

README, GLOSSARY = ROOT / "README.md", LABS / "GLOSSARY.md"
TABLE = re.compile(r"(?<=<!-- labs: `make outputs` writes this table -->\n\n).*(?=\n<!-- end of labs -->)", re.DOTALL)


def table() -> str:
    """The labs as a table in Markdown."""
    lines = ["| lab | you will | minutes |", "|---|---|---|", *map(row, course.read().labs)]
    return "\n".join(lines) + "\n"


def row(lab: Standing) -> str:
    return f"| [{lab.number} {lab.title}](labs/{lab.notebook}) | {lab.about.you_will} | {lab.about.minutes} |"


def linked(page: Path) -> str:
    """The text of a notebook, or of the glossary, with links to the other labs."""
    text = page.read_text(encoding="utf-8")
    for lab in course.read().labs:
        if lab.notebook != page.name:
            name = f"{lab.number} {lab.title}"
            text = text.replace(f"| {name} |", f"| [{name}]({lab.notebook}) |")
            text = text.replace(f"| {lab.number} |\n", f"| [{lab.number}]({lab.notebook}) |\n")
    return text


def main() -> None:
    """Write what has changed."""
    pages = {page: linked(page) for page in [*sorted(LABS.glob("[0-9]*.ipynb")), GLOSSARY]}
    pages[README] = TABLE.sub(lambda _: table(), README.read_text(encoding="utf-8"))
    for page, text in pages.items():
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
