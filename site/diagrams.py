"""Diagrams of the labs: Mermaid's source in a notebook, its picture in `site/diagrams/`.

JupyterLab and GitHub draw them; this edition shows pictures, drawn once by `make diagrams`. For Mermaid is 3 MB of
script, and a page would need it before it can show, or print, an arrow.
"""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "diagrams"
BLOCK = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A box of a flowchart: its name, a bracket for its shape, its words.
BOX = re.compile(r'\b(\w+)(?:\[\(|\(\[|\{\{|\[)"([^"]+)"(?:\)\]|\]\)|\}\}|\])')
SAYING = re.compile(r'\s+(?:--|-\.)\s+"?(.+?)"?\s+(?:-->|\.->)\s+')  # an arrow with words on it
ARROW = re.compile(r"\s*(?:-?->>?|---|\.->)\s*")


def name(source: str) -> str:
    """The name of a diagram's picture. It follows from the source: another source is another picture."""
    return f"diagram-{hashlib.sha256(source.encode()).hexdigest()[:12]}.svg"


def in_words(source: str) -> str:
    """What a diagram says, for those who cannot see it: "you –waits→ firstFunction; firstFunction → …"."""
    _, *lines = source.strip().splitlines()
    words: dict[str, str] = dict(BOX.findall(source))
    said = [line.strip() for line in lines if not re.match(r"\s*(end$|direction )", line)]
    said = [SAYING.sub(r" –\1→ ", BOX.sub(r"\1", line.removeprefix("subgraph "))) for line in said]
    parts = [[words.get(part, part) for part in re.split(r"( –.*?→ | → )", ARROW.sub(" → ", line))] for line in said]
    text = "; ".join("".join(line) for line in parts).replace("[*]", "start or end")
    return "Diagram: " + re.sub(r",?<br>", ", ", text)
