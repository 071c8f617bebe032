"""The slides of a lab, chosen from its notebook by a rule: no copy of a text, and no mark in the notebook.

- The lab's title, with what "you will", need, and how long it takes. "What you have seen" ends the deck: all headings.
- Each heading makes a slide: the first words below it; the cell that says most, with its output, if both fit: of a
  step's cells, the picture that is last, else the longest text, of a command only if nothing else says anything. A
  step without output shows its first cell.
- A diagram, a screenshot, a table is a slide of its own; an exercise its task; "On your own" and "In practice" points
  and tables. Appendices are left out.
- The speaker's notes are all that the lab says there; with an exercise its hint and its solution.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any

import slide_parts
import stage

from helpers.exercises import solutions

HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
EXERCISE = re.compile(r"Exercise (\d+\.\d+): ")
# What fits on a slide: characters in a line of prose; lines of code and output together if there is no prose, of which
# each line takes the room of one and a half.
WIDTH, LINES = 88, 23
LARGE_COLUMNS, LARGE_LINES = 80, 11  # where less is said, it is larger


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
        title = f"<{level}>{slide_parts.inline(self.title)}</{level}>"
        return f'<section class="{self.kind}">{title}{self.body}{notes}</section>'


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
    steps = "".join(
        f"<li>{slide_parts.inline(one.title)}</li>" for one in main[1:] if one.level == 2 and "." in one.title[:4]
    )
    headings = steps or "".join(f"<li>{slide_parts.inline(one.title)}</li>" for one in main[1:-2] if one.level == 2)
    return [*slides, Slide("What you have seen", f"<ul>{headings}</ul>", kind="summary")]


def sections(cells: list[dict[str, Any]]) -> Iterator[Section]:
    """The notebook, cut at its headings."""
    section = None
    for cell in cells:
        if cell["cell_type"] == "code":
            if section:
                section.parts.append(cell)
            continue
        before, *rest = HEADING.split(slide_parts.source(cell))
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
    notes = "".join(map(slide_parts.html, section.texts))
    texts = [slide_parts.without_blocks(text) for text in section.texts]
    blocks = slide_parts.paragraphs("\n\n".join(texts))
    if section.level == 1:
        yield Slide(
            section.title, "".join(slide_parts.html(text) for text in blocks if text.startswith("**")), notes, "title"
        )
    elif exercise := EXERCISE.match(section.title):
        solution = stage.solution(solved[exercise[1]])
        yield Slide(section.title, slide_parts.html(texts[0]), notes + slide_parts.html(solution), "exercise")
    elif section.title in ("On your own", "In practice"):
        points = [text for text in blocks if text.startswith("- ")]
        for text in points[:1]:
            yield Slide(section.title, slide_parts.html(text), notes, "points")
    elif section.parts and (body := step(section)):
        yield Slide(section.title, body, notes)
    pictures = [part for text in section.texts for part in slide_parts.pictures_of(text)]
    for picture in pictures:
        yield Slide(section.title, picture, notes, "picture")
    for table in (table for text in texts for table in slide_parts.tables(text)):
        yield Slide(section.title, table, notes, "table")


def step(section: Section) -> str:
    """The first words of a step, or those before the cell that says most; and this cell."""
    said = {number: before(section, number) for number, part in enumerate(section.parts) if is_cell(part)}
    number = telling(section.parts, said)
    if number is None:
        return slide_parts.html(slide_parts.words(section.texts[0]))
    return slide_parts.html(said[number]) + shown(section.parts[number], said[number])


def is_cell(part: str | dict[str, Any]) -> bool:
    """Whether a part is a cell that may be shown: no check, and not the place for an answer."""
    return (
        isinstance(part, dict)
        and not stage.CHECK.match(slide_parts.source(part))
        and slide_parts.source(part) != "# Your code"
    )


def before(section: Section, number: int) -> str:
    """The words on the slide if its cell is this part of the section."""
    texts = [slide_parts.words(part) for part in section.parts[:number] if isinstance(part, str)]
    return next(filter(None, [*texts[-1:], *texts]), "")


def telling(parts: list[Any], said: dict[int, str]) -> int | None:
    """Of these cells the one for the slide: the last picture, else the longest output that fits, else the first."""
    drawn = [number for number in said if slide_parts.picture_in(parts[number])]
    printed = [number for number in said if slide_parts.text_of(parts[number])]
    whole = [number for number in printed if height(parts[number]) <= room(said[number])]
    uncut = [number for number in whole if slide_parts.clipped(slide_parts.text_of(parts[number]))[-1] != "…"]
    for some in (uncut, whole):
        if some and not drawn:
            return max(
                some,
                key=lambda number: (
                    not slide_parts.source(parts[number]).startswith("!"),
                    len(slide_parts.text_of(parts[number])),
                ),
            )
    short = [number for number in said if len(slide_parts.lines(parts[number])) <= room(said[number])]
    return drawn[-1] if drawn else next(iter(short or said), None)


def room(said: str) -> int:
    """Lines of code and output for which there is room below these words."""
    return LINES - int(1.5 * sum(len(wrap(text, WIDTH)) for text in slide_parts.paragraphs(said)))


def shown(cell: dict[str, Any], said: str) -> str:
    """A cell: its code, if there is room beside a picture, and its output."""
    picture, code = slide_parts.picture_in(cell), slide_parts.lines(cell)
    if picture:
        return (slide_parts.coloured(code) if len(code) <= 4 else "") + f'<div class="drawn">{picture}</div>'
    output = slide_parts.clipped(slide_parts.text_of(cell))
    left = room(said) - len(output)
    code = code if len(code) <= left else [*code[: left - 1], "…"]
    large = len(code) + len(output) <= LARGE_LINES and max(map(len, [*code, *output])) <= LARGE_COLUMNS
    text = escape("\n".join(output))
    return f'<div class="{"large" if large else "small"}">{slide_parts.coloured(code)}' + (
        f'<pre class="output">{text}</pre></div>' if text else "</div>"
    )


def height(cell: dict[str, Any]) -> int:
    """Lines that code and output take."""
    return len(slide_parts.lines(cell)) + len(slide_parts.clipped(slide_parts.text_of(cell)))
