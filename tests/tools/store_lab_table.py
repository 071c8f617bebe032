"""``make outputs`` begins with this: README's table of labs is written from what the labs declare about themselves."""

import re

from helpers.exercises import course
from helpers.exercises.course import Standing
from helpers.state.home import ROOT

README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- labs: `make outputs` writes this table -->\n\n).*(?=\n<!-- end of labs -->)", re.DOTALL)


def table() -> str:
    """The labs as a table in Markdown, planned ones without a link."""
    lines = ["| lab | you will | minutes |", "|---|---|---|", *map(row, course.read().labs)]
    return "\n".join(lines) + "\n"


def row(lab: Standing) -> str:
    name = f"{lab.number} {lab.title}"
    linked = f"[{name}](labs/{lab.notebook})" if lab.notebook else name
    return f"| {linked} | {lab.about.you_will} | {lab.about.minutes or 'planned'} |"


if __name__ == "__main__":
    README.write_text(TABLE.sub(lambda _: table(), README.read_text(encoding="utf-8")), encoding="utf-8")
