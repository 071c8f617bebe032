"""``make screenshots``: keeps pictures of the widgets, as the tests in a browser have left them, for README and labs.

A picture is a line in KEPT: what it is called, which screenshot of `.lab/browser/` it is, and how much of its height is
shown. A page that shows it says so in words, ``assets/screenshots/console-light.png``; of a picture those themes are
stored that some page names.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from helpers.state.home import ROOT

WHOLE = 2000  # px: no widget is as high
KEPT = {
    "api-map": ("04_api_gateway-api_map", 520),
    "calculator": ("04_api_gateway-calculator", WHOLE),
    "console": ("01_hello_world-console", WHOLE),
    "policy-explorer": ("02_iam-explorer", WHOLE),
    "progress-map": ("00_start_here-progress_map", WHOLE),
    "scorecard": ("07_twelve_factors-scorecard", WHOLE),
}
SCREENSHOTS = ROOT / "assets" / "screenshots"
TAKEN = ROOT / ".lab" / "browser"
NAMED = re.compile(r"assets/screenshots/([\w-]+)-(light|dark)\.png")
MOST = 80_000  # bytes of one picture
COLOURS = (256, 128, 64, 32, 16)  # the first with which a picture is small enough is taken


def pages() -> list[Path]:
    """What may show pictures."""
    return [ROOT / "README.md", *sorted((ROOT / "labs").glob("[0-9]*.ipynb"))]


def named(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Name and theme of every picture that these texts show, each once."""
    yield from sorted({found for text in texts for found in NAMED.findall(text)})


def stand_in(folder: Path) -> None:
    """Put blanks where `folder`, a copy of ours, lacks a picture that a page names: it is going to be taken there."""
    for name, theme in named(page.read_text(encoding="utf-8") for page in pages()):
        picture = folder / "assets" / "screenshots" / f"{name}-{theme}.png"
        if not picture.exists():
            picture.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (1, 1)).save(picture)


def taken(name: str, theme: str) -> Path:
    """Where the browser's tests leave the screenshot."""
    return TAKEN / f"{KEPT[name][0]}-{theme}.png"


def store(screenshot: Path, kept: Path, height: int = WHOLE) -> int:
    """Write the upper `height` px of a screenshot as a small picture. Returns its bytes.

    Raises: ValueError if it cannot be small enough.
    """
    with Image.open(screenshot) as image:
        part = image.convert("RGB").crop((0, 0, image.width, min(height, image.height)))
        for colours in COLOURS:
            part.quantize(colours, dither=Image.Dither.NONE).save(kept, optimize=True)
            if kept.stat().st_size <= MOST:
                return kept.stat().st_size
    kept.unlink()
    raise ValueError(f"{screenshot} stays larger than {MOST:,} bytes: let the test show less of it.")


def main() -> int:
    """Store every picture that a page names, and remove the others. Returns 1 if one is not there to keep."""
    wanted = list(named(page.read_text(encoding="utf-8") for page in pages()))
    lacking = [name for name, theme in wanted if name not in KEPT or not taken(name, theme).exists()]
    if lacking:
        print(f"No screenshot for {', '.join(sorted(set(lacking)))}: see KEPT in {__file__}.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:  # nothing is replaced before all are known to be small
        for name, theme in wanted:
            size = store(taken(name, theme), Path(folder) / f"{name}-{theme}.png", KEPT[name][1])
            print(f"assets/screenshots/{name}-{theme}.png  {size / 1000:.0f} kB")
        shutil.rmtree(SCREENSHOTS, ignore_errors=True)
        shutil.copytree(folder, SCREENSHOTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
