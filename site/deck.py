"""The slides of a lab, chosen from its notebook by a rule: no copy of a text, and no mark in the notebook.

- The lab's title, with what "you will", need, and how long it takes. "What you have seen" ends the deck: all headings.
- Each heading makes a slide: the first words below it; the cell that says most, with its output, if both fit: of a
  step's cells, the picture that is last, else the longest text, of a command only if nothing else says anything. A
  step without output shows its first cell.
- A diagram, a screenshot, a table is a slide of its own; an exercise its task; "On your own" and "In practice" points
  and tables. Appendices are left out.
- The speaker's notes are all that the lab says there; with an exercise its hint and its solution.
"""

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any

import diagrams
import stage
from nbconvert.filters import markdown2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from helpers.exercises import solutions

HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
EXERCISE = re.compile(r"Exercise (\d+\.\d+): ")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
SHOWN = re.compile(r'<img class="lab-picture"[^>]*>')
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
DECK = re.compile(r"(\d\d)_\w+\.ipynb$")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What fits on a slide of 1280 × 720, as deck.css has it: words of prose, characters in its lines; columns of code,
# lines of code and output together if there is no prose, of which each line takes the room of one and a half.
WORDS, WIDTH, COLUMNS, LINES, OUTPUT_LINES = 60, 88, 104, 23, 14
LARGE_COLUMNS, LARGE_LINES = 80, 11  # where less is said, it is larger
ROWS, ROW_WIDTH, TABLE_LINES = 9, 118, 15


@dataclass(frozen=True)
class Slide:
    """A slide: heading, HTML of what is below it, HTML of the speaker's notes."""

    title: str
    body: str
    notes: str = ""
    kind: str = "step"

    def html(self) -> str:
        """Return the slide as reveal.js wants it."""
        level = "h1" if self.kind == "title" else "h2"
        notes = f'<aside class="notes">{self.notes}</aside>' if self.notes else ""
        return f'<section class="{self.kind}"><{level}>{inline(self.title)}</{level}>{self.body}{notes}</section>'


@dataclass
class Section:
    """What stands under one heading: its texts and code cells in their order."""

    level: int
    title: str
    parts: list[str | dict[str, Any]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The texts."""
        return [part for part in self.parts if isinstance(part, str)]


def read(lab: Path) -> list[Slide]:
    """Return the slides of a notebook. Raises: StageError if a diagram has not been drawn."""
    found = list(sections(json.loads(lab.read_text(encoding="utf-8"))["cells"]))
    main = list(without_appendix(found))
    solved = solutions.read(lab.stem[:2])
    slides = [slide for section in main for slide in slides_of(section, solved)]
    steps = "".join(f"<li>{inline(one.title)}</li>" for one in main[1:] if one.level == 2 and "." in one.title[:4])
    headings = steps or "".join(f"<li>{inline(one.title)}</li>" for one in main[1:-2] if one.level == 2)
    return [*slides, Slide("What you have seen", f"<ul>{headings}</ul>", kind="summary")]


def sections(cells: list[dict[str, Any]]) -> Iterator[Section]:
    """The notebook, cut at its headings."""
    section = None
    for cell in cells:
        if cell["cell_type"] == "code":
            if section:
                section.parts.append(cell)
            continue
        before, *rest = HEADING.split(source(cell))
        if section and before.strip():
            section.parts.append(before.strip())
        for marks, title, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            if section:
                yield section
            section = Section(len(marks), title, [text.strip()] if text.strip() else [])
    if section:
        yield section


def without_appendix(found: list[Section]) -> Iterator[Section]:
    """The main line: what stands between "Appendix" and "On your own" is extra."""
    extra = False
    for section in found:
        extra = section.title.startswith("Appendix") or (extra and section.title != "On your own")
        if not extra:
            yield section


def slides_of(section: Section, solved: dict[str, solutions.Solution]) -> Iterator[Slide]:
    """The slides of a section."""
    notes = "".join(map(html, section.texts))
    texts = [without_blocks(text) for text in section.texts]
    blocks = paragraphs("\n\n".join(texts))
    if section.level == 1:
        yield Slide(section.title, "".join(html(text) for text in blocks if text.startswith("**")), notes, "title")
    elif exercise := EXERCISE.match(section.title):
        solution = stage.solution(solved[exercise[1]])
        yield Slide(section.title, html(texts[0]), notes + html(solution), "exercise")
    elif section.title in ("On your own", "In practice"):
        points = [text for text in blocks if text.startswith("- ")]
        for text in points[:1]:
            yield Slide(section.title, html(text), notes, "points")
    elif section.parts and (body := step(section)):
        yield Slide(section.title, body, notes)
    pictures = [part for text in section.texts for part in pictures_of(text)]
    for picture in pictures:
        yield Slide(section.title, picture, notes, "picture")
    for table in (table for text in texts for table in tables(text)):
        yield Slide(section.title, table, notes, "table")


def step(section: Section) -> str:
    """The first words of a step, or those before the cell that says most; and this cell."""
    said = {number: before(section, number) for number, part in enumerate(section.parts) if is_cell(part)}
    number = telling(section.parts, said)
    if number is None:
        return html(words(section.texts[0]))
    return html(said[number]) + shown(section.parts[number], said[number])


def is_cell(part: str | dict[str, Any]) -> bool:
    """Whether a part is a cell that may be shown: no check, and not the place for an answer."""
    return isinstance(part, dict) and not stage.CHECK.match(source(part)) and source(part) != "# Your code"


def before(section: Section, number: int) -> str:
    """The words on the slide if its cell is this part of the section."""
    texts = [words(part) for part in section.parts[:number] if isinstance(part, str)]
    return next(filter(None, [*texts[-1:], *texts]), "")


def telling(parts: list[Any], said: dict[int, str]) -> int | None:
    """Of these cells the one for the slide: the last picture, else the longest output that fits, else the first."""
    drawn = [number for number in said if picture_in(parts[number])]
    printed = [number for number in said if text_of(parts[number])]
    whole = [number for number in printed if height(parts[number]) <= room(said[number])]
    uncut = [number for number in whole if clipped(text_of(parts[number]))[-1] != "…"]
    for some in (uncut, whole):
        if some and not drawn:
            return max(
                some, key=lambda number: (not source(parts[number]).startswith("!"), len(text_of(parts[number])))
            )
    short = [number for number in said if len(lines(parts[number])) <= room(said[number])]
    return drawn[-1] if drawn else next(iter(short or said), None)


def room(said: str) -> int:
    """Lines of code and output for which there is room below these words."""
    return LINES - int(1.5 * sum(len(wrap(text, WIDTH)) for text in paragraphs(said)))


def shown(cell: dict[str, Any], said: str) -> str:
    """A cell: its code, if there is room beside a picture, and its output."""
    picture, code = picture_in(cell), lines(cell)
    if picture:
        return (coloured(code) if len(code) <= 4 else "") + f'<div class="drawn">{picture}</div>'
    output = clipped(text_of(cell))
    left = room(said) - len(output)
    code = code if len(code) <= left else [*code[: left - 1], "…"]
    large = len(code) + len(output) <= LARGE_LINES and max(map(len, [*code, *output])) <= LARGE_COLUMNS
    text = escape("\n".join(output))
    return f'<div class="{"large" if large else "small"}">{coloured(code)}' + (
        f'<pre class="output">{text}</pre></div>' if text else "</div>"
    )


def height(cell: dict[str, Any]) -> int:
    """Lines that code and output take."""
    return len(lines(cell)) + len(clipped(text_of(cell)))


def lines(cell: dict[str, Any]) -> list[str]:
    """The lines of a cell's code, without what is imported."""
    text = source(cell).strip().split("\n")
    kept = [line for line in text if not re.match(r"(from \S+ )?import \S", line)]
    return "\n".join(kept or text).strip().split("\n")


def clipped(text: str) -> list[str]:
    """A text as lines that are not too wide, and not too many."""
    found = [part for line in text.rstrip().split("\n") for part in wrap(line, COLUMNS, **KEEP) or [""]] if text else []
    return found if len(found) <= OUTPUT_LINES else [*found[: OUTPUT_LINES - 1], "…"]


KEEP = {"replace_whitespace": False, "drop_whitespace": False, "tabsize": 2}


def text_of(cell: dict[str, Any]) -> str:
    """What a cell printed and returned, as text."""
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        found.append("".join(output.get("text", data.get("text/plain", ""))))
    return "\n".join(text.rstrip() for text in found if text.strip())


def picture_in(cell: dict[str, Any]) -> str:
    """What a cell has drawn, as HTML; "" if nothing."""
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "image/png" in data:
            png = "".join(data["image/png"]).strip()
            found.append(f'<img alt="{stage.ALT}" src="data:image/png;base64,{png}">')
        found += SHOWN.findall("".join(data.get("text/html", "")))
    return "".join(found)


def pictures_of(text: str) -> Iterator[str]:
    """Diagrams and screenshots of a text, as HTML."""
    for block in diagrams.BLOCK.findall(text):
        stage.picture(block)  # says so if it has not been drawn
        yield f'<p><img alt="{escape(diagrams.in_words(block))}" src="diagrams/{diagrams.name(block)}"></p>'
    for alt, file in PICTURE.findall(text):
        yield f'<p><img alt="{escape(alt)}" src="{escape(file.removeprefix("../"))}"></p>'


def tables(text: str) -> Iterator[str]:
    """Tables of a text, as HTML, cut into pieces that fit."""
    for block in paragraphs(text):
        if not block.startswith("|"):
            continue
        head, rule, *rows = block.split("\n")
        piece: list[str] = []
        for row in [*rows, ""]:
            if piece and (not row or len(piece) == ROWS or sum(map(row_lines, [*piece, row])) > TABLE_LINES):
                yield html("\n".join([head, rule, *piece]))
                piece = []
            piece.append(row)


def row_lines(row: str) -> int:
    """Lines that a row of a table takes, about: its longest cell has half of the width."""
    cells = [re.sub(r"\]\([^)]*\)|[`*\[]", "", cell) for cell in row.split("|")]
    share = max(map(len, cells)) / max(1, sum(map(len, cells)))
    return 1 + int(max(map(len, cells)) / (ROW_WIDTH * max(share, 0.3)))


def words(text: str) -> str:
    """The first paragraphs of a text, up to so many words; of a long one its first sentences."""
    found: list[str] = []
    for block in paragraphs(without_blocks(text)):
        if block.startswith(("|", "- ", "<", "**Half time**", "---")):
            continue
        sentences = re.split(r"(?<=[.!?:)*])\s+(?=[A-Z`*(])", block)
        for number, sentence in enumerate(sentences):
            if len(" ".join([*found, sentence]).split()) > WORDS:
                return "\n\n".join(found) or " ".join(sentence.split()[:WORDS]) + " …"
            if number:
                found[-1] += f" {sentence}"
            else:
                found.append(sentence)
    return "\n\n".join(found)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def without_blocks(text: str) -> str:
    """A text without what is folded, fenced or a picture."""
    return PICTURE.sub("", FENCE.sub("", stage.DETAILS.sub("", text))).strip()


def source(cell: dict[str, Any]) -> str:
    """A cell's source."""
    return "".join(cell["source"])


def coloured(code: list[str]) -> str:
    """Code as HTML."""
    text = "\n".join(part for line in code for part in ([line] if len(line) <= COLUMNS + 4 else wrap(line, COLUMNS)))
    return str(highlight(text, PythonLexer(), HtmlFormatter(cssclass="code")))


def inline(text: str) -> str:
    """One line of Markdown as HTML."""
    return html(text).strip().removeprefix("<p>").removesuffix("</p>")


@functools.cache  # the notes of a step are those of each of its slides
def html(text: str) -> str:
    """Markdown as HTML. Links lead to other decks or nowhere: a slide is shown where there is no network."""
    made = markdown2html(PICTURE.sub("", FENCE.sub(fenced, text)))
    return LINK.sub(lambda link: leading(link[1], link[2]), made)


def fenced(block: re.Match[str]) -> str:
    """A fenced block; a diagram is left out of a text, for it has a slide."""
    return "" if block[1] == "mermaid" else block[0]


def leading(address: str, words: str) -> str:
    """A link's words, as a link to another lab's deck if it leads to that lab."""
    deck = DECK.search(address)
    return f'<a href="{deck[1]}.html">{words}</a>' if deck else words
