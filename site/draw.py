"""``make diagrams``: draws every diagram of the labs with Mermaid in Chromium, and removes pictures that none needs.

One picture serves light and dark pages: `static/site.css` inverts it. `diagrams.py` says why they are stored.
"""

import json
import os
import re
import sys
from pathlib import Path

import diagrams
import stage

from helpers.state.home import ROOT

BROWSER = ROOT / "tests" / "browser"
MERMAID = BROWSER / "node_modules" / "@mermaid-js" / "tiny" / "dist" / "mermaid.tiny.js"
NATURAL = {"useMaxWidth": False}  # a picture has the size at which its words can be read
SETTINGS = {
    "startOnLoad": False,
    "securityLevel": "strict",
    "theme": "neutral",
    "handDrawnSeed": 1,  # round shapes are drawn with chance, even where no hand is wanted
    "fontFamily": "Arial, Helvetica, sans-serif",
    **dict.fromkeys(("flowchart", "sequence", "state"), NATURAL),
}
DRAW = (
    "async ([settings, id, source]) => { mermaid.initialize(settings); return (await mermaid.render(id, source)).svg; }"
)


def main() -> int:
    """Draw what is lacking, or everything if asked to (``all``). Returns the exit status."""
    sys.path.append(str(BROWSER))
    import chromium

    if lacking := chromium.lacking({**os.environ, "LAB_BROWSER": ""}):
        print(lacking, file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    diagrams.FOLDER.mkdir(exist_ok=True)
    wanted = {diagrams.name(source): source for lab in stage.NOTEBOOKS for source in sources(lab)}
    for picture in diagrams.FOLDER.iterdir():
        if picture.name not in wanted or "all" in sys.argv[1:]:
            picture.unlink()
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        page = browser.new_page()
        page.add_script_tag(path=MERMAID)
        for name, source in wanted.items():
            picture = diagrams.FOLDER / name
            if not picture.exists():
                svg = page.evaluate(DRAW, [SETTINGS, picture.stem, source])
                picture.write_text(shorter(svg.replace("<br>", "<br/>")) + "\n", encoding="utf-8")
                print(picture.relative_to(ROOT))
        browser.close()
    return 0


def shorter(svg: str) -> str:
    """The same picture in a third of the bytes: coordinates of a tenth of a pixel, no notes for Mermaid itself."""
    svg = re.sub(r' data-points="[^"]*"', "", svg)
    return re.sub(r"-?\d+\.\d{2,}", lambda found: f"{float(found[0]):.1f}", svg)


def sources(lab: Path) -> list[str]:
    """The sources of a lab's diagrams."""
    cells = json.loads(lab.read_text(encoding="utf-8"))["cells"]
    return [source for cell in cells for source in diagrams.BLOCK.findall("".join(cell["source"]))]


if __name__ == "__main__":
    sys.exit(main())
