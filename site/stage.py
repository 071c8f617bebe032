"""Pages for Sphinx, made of the labs as they are: notebooks with stored outputs, the pages beside them, README's start.

What differs from JupyterLab is put right here, in the texts, so that Sphinx needs no extension of ours: diagrams become
pictures, links within outputs lead to pages, pictures get words, and each exercise has its solution folded below it.
"""

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import diagrams

from helpers.exercises import solutions
from helpers.exercises.solutions import Solution
from helpers.state.home import ROOT

LABS = ROOT / "labs"
NOTEBOOKS = sorted(LABS.glob("[0-9][0-9]_*.ipynb"))
HERE = Path(__file__).parent
LOCALE = HERE / "locale"
CORE = 8  # labs, as lab 00 counts them
CHECK = re.compile(r'^lab\.check\("([\d.]+)"\)')
OWN = "## On your own"
DETAILS = re.compile(r"<details><summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
CODE = re.compile(r"<code>(.*?)</code>")
NOTEBOOK = re.compile(r'href="(\d\d_\w+)\.ipynb(?:#[^"]*)?"')
BADGE = re.compile(r"^\[!\[.*\n+", re.MULTILINE)  # says how the repository's tests went: a page knows nothing of it
ALT = "What this cell draws."  # matplotlib's pictures bring no words; the prose around them says what is to be seen


class StageError(Exception):
    """A page cannot be made of what is there; the message is a sentence."""


def stage(folder: Path, outputs: bool = True) -> None:
    """Write the pages into `folder`, which is emptied first; without `outputs` those of cells are left out.

    Raises: StageError if a diagram has not been drawn.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for source in (ROOT / "assets", LABS / "functions", LABS / "snippets", diagrams.FOLDER, LOCALE):
        shutil.copytree(source, folder / source.relative_to(HERE if source.parent == HERE else ROOT))
    for page in sorted(LABS.glob("*.md")):
        shutil.copy(page, folder / "labs")
    for lab in NOTEBOOKS:
        notebook = page_of(json.loads(lab.read_text(encoding="utf-8")), lab.stem[:2])
        for cell in notebook["cells"]:
            if "outputs" in cell and not outputs:
                cell["outputs"] = []
        (folder / "labs" / lab.name).write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "index.md").write_text(index((ROOT / "README.md").read_text(encoding="utf-8")), encoding="utf-8")


def page_of(notebook: dict[str, Any], lab: str) -> dict[str, Any]:
    """The notebook of `lab` ("01") as a page."""
    found = solutions.read(lab)
    cells = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        cells.append(cell)
        if cell["cell_type"] == "markdown":
            text = DETAILS.sub(lambda part: folded(part[1], CODE.sub(in_backticks, part[2])), source)
            cell["source"] = with_own(diagrams.BLOCK.sub(lambda block: picture(block[1]), text), found)
        elif check := CHECK.match(source):
            own = {"id": f"solution-{check[1].replace('.', '-')}", "cell_type": "markdown", "metadata": {}}
            cells.append(own | {"source": solution(found[check[1]])})
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/png" in data:
                cell["metadata"]["mystnb"] = {"image": {"alt": ALT}}
            if "text/html" in data:
                data["text/html"] = NOTEBOOK.sub(r'href="\1.html"', "".join(data["text/html"]))
    return notebook | {"cells": cells}


def picture(source: str) -> str:
    """A diagram's picture, in Markdown. Raises: StageError if it has not been drawn."""
    file = diagrams.FOLDER / diagrams.name(source)
    if not file.exists():
        raise StageError(
            f"The diagram that begins with {source.splitlines()[1].strip()!r} is not drawn: make diagrams."
        )
    words = re.sub(r"([\\\[\]*_`<>])", r"\\\1", diagrams.in_words(source))
    return f"![{words}](../diagrams/{file.name})"


def solution(one: Solution) -> str:
    """A solution, folded, in Markdown."""
    return folded(f"Solution {one.number}: {one.title}", f"{one.why}\n\n```python\n{one.code}\n```")


def folded(title: str, text: str) -> str:
    """What is seen after a click, as Markdown on lines of its own: only that can be translated, HTML cannot."""
    return f"<details><summary>\n\n{title}\n\n</summary>\n\n{text.strip()}\n\n</details>"


def in_backticks(code: re.Match[str]) -> str:
    """Code within HTML, as Markdown has it: there, `*` and `_` of code outside backticks would be emphasis."""
    return f"`{unescape(code[1])}`"


def with_own(text: str, found: dict[str, Solution]) -> str:
    """The text with the solutions of "On your own" at the end of that section, if it has one."""
    before, heading, rest = text.partition(OWN)
    section, following, after = rest.partition("\n## ")
    own = [solution(one) for one in found.values() if one.number.startswith("On your own")] if heading else []
    return "\n\n".join([before + heading + section, *own]) + ("\n" if own else "") + following + after


def index(readme: str) -> str:
    """The first page: README's introduction, its table of labs and how to start, and the order of all pages."""
    introduction, _, _ = BADGE.sub("", readme).partition("\n## ")
    parts = [introduction, section(readme, "The labs"), section(readme, "Start"), *contents()]
    return "\n\n".join(parts) + "\n"


def section(readme: str, heading: str) -> str:
    """One section of README. Raises: StageError if it has none of this name."""
    found = re.search(rf"^## {heading}\n.*?(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    if found is None:
        raise StageError(f"README.md has no section {heading!r}, which the web edition begins with.")
    return found[0].strip()


def contents() -> Iterator[str]:
    """The pages in their order, for the sidebar, previous and next."""
    labs = [f"labs/{lab.stem}" for lab in NOTEBOOKS]
    beside = ["labs/GLOSSARY", "labs/CHEATSHEET", "labs/FACTS"]
    for caption, pages in (("Core", labs[:CORE]), ("Deeper", labs[CORE:]), ("Beside the labs", beside)):
        yield "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"])
