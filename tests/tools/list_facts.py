"""``make outputs`` writes labs/FACTS.md with this: every fact about AWS that a lab gives with a date, in one list.

Facts are the rows, points and paragraphs of a lab's section that says when it was checked ("checked November 2026",
"as of November 2026"), and every other sentence of the lab that names a month and a year. AWS's page is the one that
the fact links; if it links none, the one under which `aws_pages.toml` has it. Titles of pages are there, too.
"""

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from helpers.exercises.course import LABS

FACTS = LABS / "FACTS.md"
# {address: {title, facts}}; facts: "05 layers of a function", the lab and how the fact begins
PAGES: dict[str, dict] = tomllib.loads(Path(__file__).with_name("aws_pages.toml").read_text(encoding="utf-8"))

MONTHS = list(calendar.month_name)[1:]
DATE = re.compile(rf"\b(?:\d+ )?(?:{'|'.join(MONTHS)}) 20\d\d\b")
CHECKED = re.compile(rf"\b(?:checked|as of) ((?:{'|'.join(MONTHS)}) 20\d\d)", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
HERE = ("here",)  # columns that are not about AWS
# How a sentence begins that says little without the one before it.
BACK = ("It ", "They ", "Against that ")
HEAD = """# Facts with a date

What AWS allows, costs and has changed, from all labs: in one list, so that it can be checked again in an hour. Where a
fact says no date itself, it is as of the date above its table. `make outputs` writes this page from the labs.
"""


@dataclass(frozen=True)
class Fact:
    """A fact in words, and the pages of AWS that it links, as (title or words, address)."""

    lab: str
    text: str
    links: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Title and address of each page where it can be checked."""
        linked = [(PAGES[url]["title"] if url in PAGES else words, url) for words, url in self.links]
        named = [(page["title"], url) for url, page in PAGES.items() if any(map(self.is_meant, page.get("facts", [])))]
        return linked or named

    def is_meant(self, name: str) -> bool:
        """Whether "05 layers of a function" is this fact."""
        lab, _, beginning = name.partition(" ")
        return lab == self.lab and self.text.startswith(beginning)


def facts(notebook: Path) -> tuple[str, list[Fact]]:
    """When a lab's facts were checked, "November 2026" ("" if it does not say), and the facts in their order."""
    number, dates, found = notebook.stem[:2], [], []
    cells = nbformat.read(notebook, as_version=4).cells
    for cell in (cell for cell in cells if cell.cell_type == "markdown"):
        for section in re.split(r"^(?=## )", cell.source, flags=re.MULTILINE):
            checked = CHECKED.search(section)
            dates += [checked[1]] if checked else []
            found += [
                Fact(number, LINK.sub(r"\1", text), tuple(link for link in LINK.findall(text) if "://" in link[1]))
                for text in statements(section)
                if (checked and not CHECKED.search(text)) or (not checked and DATE.search(text))
            ]
    return max(dates, default="", key=lambda date: (date[-4:], MONTHS.index(date.split()[0]))), found


def statements(section: str) -> Iterator[str]:
    """Rows of tables as one text, points, and of the prose sentences with a date (paragraphs, if it was checked)."""
    for block in re.split(r"\n\s*\n", re.sub(r"```.*?```|<details>.*?</details>", "", section, flags=re.DOTALL)):
        lines = [line for line in block.strip().splitlines() if not line.startswith(("#", "<", "!", ">"))]
        if lines and lines[0].startswith("|"):
            yield from rows(lines)
        elif lines and lines[0].startswith("- "):
            yield from (line.removeprefix("- ") for line in lines if not line.startswith("- **Here.**"))
        else:
            yield from prose(" ".join(lines), whole=bool(CHECKED.search(section)))


def rows(lines: list[str]) -> Iterator[str]:
    """Each row of a table in Markdown: "SQS: limit 1 MB a message; price USD 0.40 a million"."""
    head, _, *body = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    for cells in body:
        kept = [(name, text) for name, text in zip(head, cells, strict=True) if name not in HERE and text]
        (_, first), *others = kept
        named = len(others) > 1
        yield f"{first}: " + "; ".join(f"{name} {text}" if named and name.isalpha() else text for name, text in others)


def prose(text: str, whole: bool) -> Iterator[str]:
    """The paragraph, or its sentences with a date; nothing of one that leads to what follows, or to another lab."""
    if not text or text.startswith(("**Clean up**", "**Next:**", "**Time**", "`lab.solution(")):
        return
    if whole:
        yield from [] if text.endswith((":", "?")) else [text]
        return
    before = ""
    for sentence in re.split(r"(?<=[.!?:])\s+(?=[A-Z`*])", text):
        if DATE.search(sentence):
            yield f"{before} {sentence}".strip() if sentence.startswith(BACK) else sentence
        before = sentence


def page() -> str:
    """The text of labs/FACTS.md."""
    parts = [HEAD]
    for notebook in sorted(LABS.glob("[0-9][0-9]_*.ipynb")):
        checked, found = facts(notebook)
        title = nbformat.read(notebook, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
        parts.append(f"## [{title}]({notebook.name})\n\nAs of {checked}.\n\n| fact | AWS's page |\n|---|---|\n")
        for fact in found:
            pages = "; ".join(f"[{words}]({url})" for words, url in fact.pages)
            parts[-1] += f"| {fact.text} | {pages} |\n"
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    FACTS.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
