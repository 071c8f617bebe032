"""``make slides``: a deck of slides of each lab in `.lab/slides`, which needs no network to be shown.

Open `index.html` there. S opens the speaker's notes, Esc all slides, `?print-pdf` after the address prints them.
``--to FOLDER`` makes them elsewhere. Exit status: 0 made; 1 a diagram is missing, or reveal.js.
"""

import argparse
import shutil
import sys
from html import escape
from pathlib import Path

import deck
import diagrams
import stage
from pygments.formatters import HtmlFormatter

from helpers.exercises import course
from helpers.state.home import ROOT

HERE = Path(__file__).parent / "deck"
REVEAL = HERE / "node_modules" / "reveal.js" / "dist"
# Of reveal.js's 5 MB what a deck loads. Its themes are not used: they fetch fonts.
FILES = ("reveal.js", "reveal.css", "plugin/notes.js")
PLACE = ROOT / ".lab" / "slides"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="reveal/reveal.css"><link rel="stylesheet" href="deck.css">
</head><body><div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="reveal/reveal.js"></script><script src="reveal/plugin/notes.js"></script><script src="deck.js"></script>
</body></html>
"""
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Slides</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="deck.css"></head><body class="index"><h1>Slides</h1>
<p>In a deck: <kbd>S</kbd> the speaker's notes, which are all that the lab says; <kbd>Esc</kbd> all slides.</p>
<table><thead><tr><th scope="col">lab</th><th scope="col">slides</th><th scope="col">minutes of the lab</th></tr>
</thead><tbody>{rows}</tbody></table></body></html>
"""


def main(arguments: list[str]) -> int:
    """Make all decks. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="make slides", description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=PLACE, help="where the decks go (.lab/slides)")
    place = parser.parse_args(arguments).to.resolve()
    try:
        made = make(place)
        bring_reveal(place)
    except stage.StageError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{sum(made.values())} slides in {len(made)} decks: {place / 'index.html'}")
    return 0


def make(place: Path) -> dict[str, int]:
    """Write the decks into `place`, which is emptied first. Returns how many slides each lab has.

    Raises: StageError if a diagram has not been drawn.
    """
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(diagrams.FOLDER, place / "diagrams")
    shutil.copytree(ROOT / "assets", place / "assets")
    style = (HERE / "deck.css").read_text(encoding="utf-8") + HtmlFormatter(style="xcode").get_style_defs(".code")
    (place / "deck.css").write_text(style, encoding="utf-8")
    shutil.copy(HERE / "deck.js", place)
    made, rows = {}, ""
    for lab in course.read().labs:
        slides = deck.read(course.LABS / lab.notebook)
        made[lab.number] = len(slides)
        page = PAGE.format(title=escape(f"{lab.number} · {lab.title}"), slides="\n".join(one.html() for one in slides))
        (place / f"{lab.number}.html").write_text(page, encoding="utf-8")
        name = f'<a href="{lab.number}.html">{lab.number} · {escape(lab.title)}</a>'
        rows += f'<tr><th scope="row">{name}</th><td>{len(slides)}</td><td>{lab.about.minutes}</td></tr>\n'
    (place / "index.html").write_text(INDEX.format(rows=rows), encoding="utf-8")
    return made


def bring_reveal(place: Path) -> None:
    """Put reveal.js beside the decks. Raises: StageError if npm has not brought it."""
    if not REVEAL.exists():
        raise stage.StageError("reveal.js is not installed: `make slides` does it.")
    for name in FILES:
        (place / "reveal" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REVEAL / name, place / "reveal" / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
