"""``make outputs`` writes labs/FACTS.md with this: every fact about AWS that a lab gives with a date, in one list.

Facts are the rows, points and paragraphs of a lab's section that says when it was checked ("checked November 2026",
"as of November 2026"), and every other sentence of the lab that names a month and a year. AWS's page is the one that
the fact links, or has in a column "AWS's page"; else the one under which `aws_pages.toml` has it; else those that the
section names, in quotes. Titles of linked pages are in `aws_pages.toml`, too.
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
LEADS = re.compile(rf"(?:{'|'.join(MONTHS)}) 20\d\d\)?:\s*$")  # to a table
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
NAMED = re.compile(r" \[([^\]]+)\]\(\)")  # as `rows` adds a page that is named and not linked
QUOTED = re.compile(r"[\"“]([A-Z][^\"”]+)[\"”]")
HERE = ("here", "on this machine", "this machine")  # columns that are not about AWS
# How a sentence begins that says little without the one before it.
BACK = ("It ", "They ", "Against that ")
HEAD = """# Facts with a date

What AWS allows, costs and has changed, from all labs: in one list, so that it can be checked again in an hour. Where a
fact says no date itself, it is as of the date above its table. `make outputs` writes this page from the labs.
"""


@dataclass(frozen=True)
class Fact:
    """A fact in words, and pages of AWS as (title or words, address or ""): of its own, and of its section."""

    lab: str
    text: str
    links: tuple[tuple[str, str], ...] = ()
    section: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Title and address of each page where it can be checked; the address is "" if only the title is known."""
        named = [(page["title"], url) for url, page in PAGES.items() if any(map(self.is_meant, page.get("facts", [])))]
        known = {page["title"]: url for url, page in PAGES.items()}
        return [
            (PAGES[url]["title"] if url in PAGES else words, url or known.get(words, ""))
            for words, url in self.links or named or self.section
        ]

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
            sources = [text for text in section.splitlines() if re.search(r"AWS's pages?\b|^Sources?:", text)]
            titles = tuple((title, "") for title in QUOTED.findall(" ".join(sources)))
            found += [fact(number, text, titles) for text in statements(section)]
    return max(dates, default="", key=lambda date: (date[-4:], MONTHS.index(date.split()[0]))), found


def fact(lab: str, text: str, section: tuple[tuple[str, str], ...]) -> Fact:
    """The fact of a text in Markdown."""
    links = [link for link in LINK.findall(text) if "://" in link[1]] + [(title, "") for title in NAMED.findall(text)]
    return Fact(lab, LINK.sub(r"\1", NAMED.sub("", text)), tuple(links), section)


def statements(section: str) -> Iterator[str]:
    """What a section says of AWS: if it was checked, all rows, points and paragraphs; else what has a date.

    That is also the table under words that end with a date and a colon.
    """
    checked = led = bool(CHECKED.search(section))
    for block in re.split(r"\n\s*\n", re.sub(r"```.*?```|<details>.*?</details>", "", section, flags=re.DOTALL)):
        lines = [line for line in block.strip().splitlines() if not line.startswith(("#", "<", "!", ">"))]
        if lines and lines[0].startswith("|"):
            yield from (text for text in rows(lines) if led or DATE.search(text))
        elif lines and lines[0].startswith("- "):
            points = [line.removeprefix("- ") for line in lines if not line.startswith("- **Here.**")]
            yield from (text for text in points if led or DATE.search(text))
        else:
            yield from prose(" ".join(lines), whole=checked)
        led = checked or bool(LEADS.search(block))


def rows(lines: list[str]) -> Iterator[str]:
    """Each row of a table in Markdown: "SQS: limit 1 MB a message; price USD 0.40 a million"."""
    head, _, *body = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]] for line in lines]
    for cells in body:
        row = [(name, text) for name, text in zip(head, cells, strict=False) if name not in HERE and text]
        first, *others = [(name, text) for name, text in row if name != "AWS's page"]
        page = "".join(f" [{text}]()" for name, text in row if name == "AWS's page")
        texts = [f"{name} {text}" if len(others) > 1 and name.isalpha() else text for name, text in others]
        yield f"{first[1]}: {'; '.join(texts)}{page}"


def prose(text: str, whole: bool) -> Iterator[str]:
    """The paragraph, or its sentences with a date; nothing of one that leads to what follows, or to another lab."""
    if not text or text.startswith(("**Clean up**", "**Next:**", "**Time**", "`lab.solution(", "Source")):
        return
    if whole:
        yield from [] if text.endswith((":", "?")) or CHECKED.search(text) else [text]
        return
    before = ""
    for sentence in re.split(r"(?<=[.!?:])\s+(?=[A-Z`*])", text):
        if DATE.search(sentence) and not LEADS.search(sentence):
            yield f"{before} {sentence}".strip() if sentence.startswith(BACK) else sentence
        before = sentence


def page() -> str:
    """The text of labs/FACTS.md."""
    parts = [HEAD]
    for notebook in sorted(LABS.glob("[0-9][0-9]_*.ipynb")):
        checked, found = facts(notebook)
        title = nbformat.read(notebook, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
        parts.append(f"## [{title}]({notebook.name})\n\nAs of {checked}.\n\n| fact | AWS's page |\n|---|---|\n")
        for one in found:
            pages = "; ".join(f"[{words}]({url})" if url else words for words, url in one.pages)
            parts[-1] += f"| {one.text} | {pages} |\n"
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    FACTS.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
