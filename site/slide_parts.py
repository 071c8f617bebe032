"""Texts, cells and tables of a notebook as HTML for a slide of 1280 × 720, as deck.css has it: cut to what fits."""

import functools
import re
from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import Any

import diagrams
import stage
from nbconvert.filters import markdown2html
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
SHOWN = re.compile(r'<img class="lab-picture"[^>]*>')
LINK = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
DECK = re.compile(r"(\d\d)_\w+\.ipynb$")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORDS, COLUMNS, OUTPUT_LINES = 60, 104, 14
ROWS, ROW_WIDTH, TABLE_LINES = 9, 118, 15


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
